"""Where the stand-in keeps messages and media: one SQLite connection, in a file or in memory.

A lock serialises all use, so that a create costs tens of microseconds and no other process is ever involved.
``synchronous=OFF``: a power cut may lose the last messages of a demo, which is all that is at stake.
"""

from __future__ import annotations

import json
import sqlite3
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.gateways.fake_twilio.records import Media, Message

SCHEMA = """
CREATE TABLE IF NOT EXISTS message (
    seq INTEGER PRIMARY KEY, sid TEXT NOT NULL UNIQUE, direction TEXT NOT NULL, sender TEXT NOT NULL,
    recipient TEXT NOT NULL, citizen TEXT NOT NULL, body TEXT NOT NULL, status TEXT NOT NULL,
    error_code INTEGER, created REAL NOT NULL, sent REAL, updated REAL NOT NULL, callback TEXT NOT NULL,
    form TEXT NOT NULL, webhook_status INTEGER, num_media INTEGER NOT NULL,
    deleted INTEGER NOT NULL DEFAULT 0, changed INTEGER NOT NULL,
    born INTEGER NOT NULL);
CREATE INDEX IF NOT EXISTS message_recipient ON message (recipient, seq);
CREATE INDEX IF NOT EXISTS message_sender ON message (sender, seq);
CREATE INDEX IF NOT EXISTS message_changed ON message (changed);
CREATE TABLE IF NOT EXISTS media (
    seq INTEGER PRIMARY KEY, sid TEXT NOT NULL UNIQUE, message_sid TEXT NOT NULL, content_type TEXT NOT NULL,
    content BLOB, token TEXT NOT NULL UNIQUE, created REAL NOT NULL, url TEXT NOT NULL,
    deleted INTEGER NOT NULL DEFAULT 0);
CREATE TABLE IF NOT EXISTS phone_picture (sid TEXT PRIMARY KEY, content BLOB);
CREATE INDEX IF NOT EXISTS media_message ON media (message_sid, seq);
"""
COLUMNS = (
    "sid, direction, sender, recipient, body, status, created, sent, updated, error_code, callback, form, "
    "webhook_status, num_media, deleted, changed, born, seq"
)
FORM = COLUMNS.split(", ").index("form")
MEDIA_COLUMNS = "sid, message_sid, content_type, content, token, created, url, deleted"
Value = str | int | float | bytes | None


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which messages a list asks for. Dates in seconds since 1970; ``before_seq`` continues a former page."""

    recipient: str = ""
    sender: str = ""
    since: float | None = None
    until: float | None = None
    before_seq: int | None = None

    def conditions(self) -> tuple[str, list[Value]]:
        # A queued message has no date sent yet; it counts by the date it was created.
        tests: list[tuple[str, Value]] = [
            ("recipient = ?", self.recipient or None),
            ("sender = ?", self.sender or None),
            ("coalesce(sent, created) >= ?", self.since),
            ("coalesce(sent, created) < ?", self.until),
            ("seq < ?", self.before_seq),
        ]
        chosen = [(test, value) for test, value in tests if value is not None]
        return " AND ".join(["deleted = 0", *(test for test, _ in chosen)]), [value for _, value in chosen]


class Store:
    def __init__(self, path: Path | None) -> None:
        if path is not None:
            path.parent.mkdir(parents=True, exist_ok=True)
        self._lock = threading.Lock()
        self._db = sqlite3.connect(path or ":memory:", check_same_thread=False, isolation_level=None)
        self._db.executescript("PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF;" + SCHEMA)
        # Versions start from the clock, so that a page opened before a restart still sees what comes after.
        self._version = max(time.time_ns() // 1_000_000, self._read_int("SELECT max(changed) FROM message"))

    @property
    def version(self) -> int:
        """Grows with every change."""
        return self._version

    def close(self) -> None:
        with self._lock:
            self._db.close()

    def clear(self) -> None:
        with self._lock:
            self._db.executescript("DELETE FROM message; DELETE FROM media; DELETE FROM phone_picture;")
            self._version += 1

    # --- writing ---
    def add(self, message: Message, media: Sequence[Media] = ()) -> None:
        message.num_media = len(media)
        message.updated = message.updated or message.created
        with self._lock:
            self._version += 1
            message.changed = message.born = self._version
            self._db.execute("BEGIN")
            message.seq = self._insert(message)
            for one in media:
                values = (one.sid, one.message_sid, one.content_type, one.content)
                self._db.execute(
                    f"INSERT INTO media ({MEDIA_COLUMNS}) VALUES (?,?,?,?,?,?,?,?)",
                    (*values, one.token, one.created, one.url, one.deleted),
                )
            self._db.execute("COMMIT")

    def _insert(self, m: Message) -> int:
        who = (m.sid, m.direction, m.sender, m.recipient, m.citizen, m.body)
        state = (m.status, m.error_code, m.created, m.sent, m.updated)
        rest = (m.callback, json.dumps(m.form), m.webhook_status, m.num_media, m.changed, m.born)
        cursor = self._db.execute(
            "INSERT INTO message (sid, direction, sender, recipient, citizen, body, status, error_code, "
            "created, sent, updated, callback, form, webhook_status, num_media, changed, born) "
            "VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
            (*who, *state, *rest),
        )
        return cursor.lastrowid or 0

    def set_status(self, sid: str, status: str, error_code: int | None = None) -> None:
        """Also notes the date sent, when the message leaves the queue for the first time."""
        now = time.time()
        with self._lock:
            self._version += 1
            self._db.execute(
                "UPDATE message SET status = ?, error_code = ?, updated = ?, changed = ?, "
                "sent = CASE WHEN ? = 'queued' THEN sent ELSE coalesce(sent, ?) END WHERE sid = ?",
                (status, error_code, now, self._version, status, now, sid),
            )

    def set_webhook_status(self, sid: str, status: int) -> None:
        self._change("UPDATE message SET webhook_status = ?, changed = ? WHERE sid = ?", status, sid)

    def set_body(self, sid: str, body: str) -> None:
        self._change("UPDATE message SET body = ?, changed = ? WHERE sid = ?", body, sid)

    def delete_message(self, sid: str) -> None:
        self._change("UPDATE message SET deleted = ?, changed = ? WHERE sid = ?", 1, sid)
        self._forget("message_sid = ?", sid)

    def delete_media(self, sid: str) -> None:
        self._forget("sid = ?", sid)

    def _forget(self, which: str, value: str) -> None:
        """Twilio keeps no bytes of what was deleted; the phone that sent it does."""
        here = f"FROM media WHERE {which} AND content IS NOT NULL"
        with self._lock:
            self._db.execute(f"INSERT OR IGNORE INTO phone_picture SELECT sid, content {here}", (value,))
            self._db.execute(f"UPDATE media SET deleted = 1, content = NULL WHERE {which}", (value,))

    def _change(self, statement: str, value: Value, sid: str) -> None:
        with self._lock:
            self._version += 1
            self._db.execute(statement, (value, self._version, sid))

    # --- reading ---
    def message(self, sid: str) -> Message | None:
        found = self._messages("WHERE sid = ? AND deleted = 0", [sid])
        return found[0] if found else None

    def listed(self, wanted: Wanted, limit: int) -> list[Message]:
        """Newest first."""
        where, values = wanted.conditions()
        return self._messages(f"WHERE {where} ORDER BY seq DESC LIMIT ?", [*values, limit])

    def changed_since(self, version: int, citizens: Sequence[str], limit: int) -> list[Message]:
        """Messages changed after this version, oldest first; the newest ``limit`` of them. With no citizens,
        of everybody. Includes what was deleted at Twilio: a phone keeps its messages."""
        marks = ",".join("?" * len(citizens))
        only = f"AND citizen IN ({marks})" if citizens else ""
        found = self._messages(f"WHERE changed > ? {only} ORDER BY seq DESC LIMIT ?", [version, *citizens, limit])
        return found[::-1]

    def unfinished(self) -> list[Message]:
        """Messages Sapa sent whose way to the phone was cut short by a restart."""
        return self._messages("WHERE direction != 'inbound' AND status IN ('queued', 'sent', 'delivered')", [])

    def last_inbound(self, citizen: str, office: str) -> float | None:
        """When this citizen last wrote to the office, in seconds since 1970."""
        found = self._messages("WHERE sender = ? AND recipient = ? ORDER BY seq DESC LIMIT 1", [citizen, office])
        return found[0].created if found else None

    def media_of(self, message_sid: str) -> list[Media]:
        return self._media("WHERE message_sid = ? ORDER BY seq", message_sid)

    def media(self, sid: str) -> Media | None:
        found = self._media("WHERE sid = ?", sid)
        return found[0] if found else None

    def on_phone(self, sid: str) -> bytes | None:
        """A picture's bytes as the phone keeps them that sent it."""
        with self._lock:
            kept = self._db.execute("SELECT content FROM phone_picture WHERE sid = ?", (sid,)).fetchone()
        found = self.media(sid)
        return kept[0] if kept else found.content if found else None

    def media_by_token(self, token: str) -> Media | None:
        found = self._media("WHERE token = ?", token)
        return found[0] if found else None

    def totals(self) -> dict[str, int]:
        """Messages by direction."""
        with self._lock:
            rows = self._db.execute("SELECT direction, count(*) FROM message GROUP BY direction").fetchall()
        return dict(rows)

    def _messages(self, rest: str, values: Sequence[Value]) -> list[Message]:
        with self._lock:
            rows = self._db.execute(f"SELECT {COLUMNS} FROM message {rest}", values).fetchall()
        return [message_of(row) for row in rows]

    def _media(self, rest: str, value: str) -> list[Media]:
        with self._lock:
            rows = self._db.execute(f"SELECT {MEDIA_COLUMNS} FROM media {rest}", (value,)).fetchall()
        return [Media(*row) for row in rows]

    def _read_int(self, statement: str) -> int:
        return int(self._db.execute(statement).fetchone()[0] or 0)


def message_of(row: tuple[Any, ...]) -> Message:
    """Of a row of COLUMNS, which stand in the order of Message's fields."""
    values = (*row[:FORM], json.loads(row[FORM]), *row[FORM + 1 :])
    return Message(*values)
