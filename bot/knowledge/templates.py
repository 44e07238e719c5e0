"""templates.yml: the WhatsApp templates an office has approved, and how one is filled.

What WhatsApp refuses is refused here first, since an approval takes a day:
https://www.twilio.com/docs/content/using-variables-with-content-api and …/docs/content/twilio-quick-reply.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, StringConstraints, model_validator

from bot.contracts import FilledTemplate, TemplateMessage
from bot.knowledge.entry import Entry, build_list, read_file, section
from bot.knowledge.services import Text

FILE = "templates.yml"
PLACE = re.compile(r"\{\{(\d+)\}\}")
AT_THE_EDGE = re.compile(r"^\W*\{\{\d+\}\}|\{\{\d+\}\}\W*$")
ADJACENT = re.compile(r"\{\{\d+\}\}\s*\{\{")
LONGEST_VALUE = 250  # Twilio's advice; a value may have more, the whole message 1,024
NOTHING = "-"  # an empty value is refused (error 21656)


class Variable(Entry):
    name: Text
    sample: Text


class Button(Entry):
    """``payload`` comes back when it is pressed, and may name variables; ``title`` is fixed by the approval."""

    title: Annotated[Text, Field(max_length=20)]
    payload: Annotated[Text, Field(max_length=200)]


class Template(Entry):
    """One template. ``{{1}}`` in ``body`` and payloads is the first variable."""

    name: Annotated[str, StringConstraints(pattern=r"^[a-z_]{1,40}$")]
    category: Literal["UTILITY"]
    language: Literal["id", "en"]
    body: Annotated[Text, Field(max_length=1024)]
    variables: tuple[Variable, ...] = ()
    buttons: Annotated[tuple[Button, ...], Field(max_length=3)] = ()

    @model_validator(mode="after")
    def _whatsapp_takes_it(self) -> Template:
        numbers = [str(number) for number in range(1, len(self.variables) + 1)]
        if sorted(PLACE.findall(self.body)) != numbers:
            raise ValueError("the body must hold each variable once, from {{1}} on")
        if strange := {n for button in self.buttons for n in PLACE.findall(button.payload)} - set(numbers):
            raise ValueError(f"a button names {{{{{min(strange)}}}}}, which is no variable")
        if AT_THE_EDGE.search(self.body) or ADJACENT.search(self.body):
            raise ValueError("no variable may begin or end the body, or stand next to another")
        if len(PLACE.sub("", self.body).split()) < 2 * len(numbers) + 1:
            raise ValueError("too few words for so many variables")
        return self

    @property
    def samples(self) -> dict[str, str]:
        """Number → sample, as Twilio wants them with a new template."""
        return {str(number): variable.sample for number, variable in enumerate(self.variables, start=1)}

    def fill(self, values: Mapping[str, str]) -> FilledTemplate:
        """``values`` by the variables' names. Raises KeyError for one that is missing."""
        variables = {str(number): _fit(values[one.name]) for number, one in enumerate(self.variables, start=1)}
        return FilledTemplate(self.name, variables, PLACE.sub(lambda place: variables[place[1]], self.body))

    def message(
        self,
        values: Mapping[str, str],
        *,
        sender: str,
        recipient: str,
        content_sid: str,
        reference: str = "",
        about: str = "message",
    ) -> TemplateMessage:
        """The template filled, as `fill` does it, and addressed."""
        filled = self.fill(values)
        return TemplateMessage(sender, recipient, content_sid, filled.variables, filled.body, reference, about)

    def values(self, body: str) -> dict[str, str] | None:
        """What a filled template says, by the variables' names; None: the text is another one's."""
        texts_and_numbers = enumerate(PLACE.split(self.body))
        wanted = (f"(?P<v{part}>.+?)" if place % 2 else re.escape(part) for place, part in texts_and_numbers)
        found = re.fullmatch("".join(wanted), body)
        return found and {one.name: found[f"v{number}"] for number, one in enumerate(self.variables, start=1)}


def load_templates(folder: Path) -> dict[str, Template]:
    """By name. Raises KnowledgeError naming file and entry."""
    return build_list(Template, section(read_file(folder / FILE), "templates", FILE), "name", FILE)


def _fit(value: str) -> str:
    """WhatsApp refuses line breaks, tabs and wide gaps in a value."""
    return " ".join(value.split())[:LONGEST_VALUE] or NOTHING
