"""Content templates: what Twilio's console keeps in reality, and how a message is made of one.

Rules: https://www.twilio.com/docs/content/using-variables-with-content-api and …/docs/api/errors/21656.
"""

from __future__ import annotations

import json
import re
import sqlite3
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot.gateways.fake_twilio.errors import Refused

SCHEMA = "CREATE TABLE IF NOT EXISTS template (sid TEXT PRIMARY KEY, content TEXT NOT NULL)"
SID = re.compile(r"HX[0-9a-f]{32}")
PLACE = re.compile(r"\{\{\s*(\w+)\s*\}\}")
WHATSAPP_REFUSES = re.compile(r"[\n\t]| {5,}")
NOT_FOUND, BAD_VARIABLES, SID_MISSING = 21655, 21656, 21654


@dataclass(frozen=True, slots=True)
class Template:
    """``variables``: the samples, which stand in for what a message leaves out. ``buttons``: (title, id); both may
    name variables."""

    sid: str
    body: str
    variables: Mapping[str, str] = field(default_factory=dict)
    buttons: tuple[tuple[str, str], ...] = ()

    @classmethod
    def from_json(cls, wish: Mapping[str, Any]) -> Template:
        """Raises KeyError, TypeError or ValueError for a wish that is none."""
        if not SID.fullmatch(str(wish["sid"])):
            raise ValueError("a ContentSid is HX and 32 hexadecimal digits")
        buttons = tuple((str(one["title"]), str(one["id"])) for one in wish.get("buttons", ()))
        return cls(str(wish["sid"]), str(wish["body"]), dict(wish.get("variables", {})), buttons)

    def as_json(self) -> dict[str, Any]:
        buttons = [{"title": title, "id": payload} for title, payload in self.buttons]
        return {"sid": self.sid, "body": self.body, "variables": dict(self.variables), "buttons": buttons}


@dataclass(frozen=True, slots=True)
class Filled:
    body: str
    buttons: tuple[tuple[str, str], ...]


class Templates:
    """Kept in the file of the messages; they are the account's, so a reset leaves them."""

    def __init__(self, path: Path | None) -> None:
        self._lock = threading.Lock()
        self._db = sqlite3.connect(path or ":memory:", check_same_thread=False, isolation_level=None)
        self._db.execute(SCHEMA)

    def put(self, template: Template) -> None:
        content = json.dumps(template.as_json())
        with self._lock:
            self._db.execute("INSERT OR REPLACE INTO template (sid, content) VALUES (?, ?)", (template.sid, content))

    def all(self) -> list[Template]:
        with self._lock:
            rows = self._db.execute("SELECT content FROM template ORDER BY sid").fetchall()
        return [Template.from_json(json.loads(content)) for (content,) in rows]

    def fill(self, sid: str, variables: str) -> Filled:
        """``variables`` is ContentVariables, a JSON object. Raises Refused."""
        if not sid:
            raise Refused(SID_MISSING)
        template = next((one for one in self.all() if one.sid == sid), None)
        if template is None:
            raise Refused(NOT_FOUND)
        values = {**template.variables, **_values(variables)}
        buttons = tuple((_filled(title, values), _filled(payload, values)) for title, payload in template.buttons)
        return Filled(_filled(template.body, values), buttons)

    def close(self) -> None:
        with self._lock:
            self._db.close()


def _values(variables: str) -> dict[str, str]:
    try:
        values = json.loads(variables or "{}")
    except ValueError:
        raise Refused(BAD_VARIABLES) from None
    if not isinstance(values, dict) or not all(isinstance(one, str) and _is_fit(one) for one in values.values()):
        raise Refused(BAD_VARIABLES)
    return values


def _is_fit(value: str) -> bool:
    return bool(value) and not WHATSAPP_REFUSES.search(value)


def _filled(text: str, values: Mapping[str, str]) -> str:
    try:
        return PLACE.sub(lambda place: values[place[1]], text)
    except KeyError:
        raise Refused(BAD_VARIABLES) from None
