"""faq.yml: ready answers. Their ``intent`` is the FAQ's own key, not an intent of the taxonomy."""

from __future__ import annotations

import re
from typing import Annotated, ClassVar

from pydantic import Field, model_validator

from bot.knowledge.entry import Entry
from bot.knowledge.services import Text

_VARIABLE = re.compile(r"{(\w+)}")


class Faq(Entry):
    """A ready answer; ``variables`` are exactly the ``{names}`` in it. An empty one drops its sentence."""

    unused: ClassVar[frozenset[str]] = frozenset({"question", "paraphrases", "verify_note"})

    id: Text
    intent: Text
    service: Text | None = None
    answer: Annotated[Text, Field(max_length=900)]
    variables: tuple[Text, ...] = ()
    verify: bool = False

    @model_validator(mode="after")
    def _declares_its_variables(self) -> Faq:
        named = set(_VARIABLE.findall(self.answer))
        if undeclared := named - set(self.variables):
            raise ValueError(f"the answer uses undeclared {sorted(undeclared)}")
        if idle := set(self.variables) - named:
            raise ValueError(f"the answer does not use {sorted(idle)}")
        return self
