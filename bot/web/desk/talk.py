"""What was said in a conversation, a page at a time: its messages, with the notes and files that belong among them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from bot.desk import notes, papers, thread
from bot.desk.papers import SubmissionPapers
from bot.web.desk.papers_shown import show_files
from bot.web.desk.shown import Shower
from bot.web.whatsapp_text import whatsapp_html


@dataclass(frozen=True, slots=True)
class ShownNote:
    id: int
    author: str
    body: str
    at: str


def talk(
    session: Session,
    show: Shower,
    conversation_id: int,
    submissions: Collection[SubmissionPapers],
    before: int | None = None,
) -> dict[str, Any]:
    """For ``_messages.html``: the newest, or those before a sequence number."""
    said = thread.lines(session, conversation_id, before=before)
    files = papers.files_of_messages(session, conversation_id, said.lines[0].seq if said.lines else 0)
    return {
        "lines": show.lines(said.lines),
        "earlier_than": said.lines[0].seq if said.is_cut else None,
        "notes": _notes(session, show, conversation_id, said, before),
        "files": {seq: show_files(show, found, submissions) for seq, found in files.items()},
        "whatsapp_html": whatsapp_html,
    }


def _notes(
    session: Session, show: Shower, conversation_id: int, said: thread.Said, before: int | None
) -> dict[int, list[ShownNote]]:
    """By the number of the message they stand behind; 0: before all that were ever said. Those of another page stand
    there."""
    shown: dict[int, list[ShownNote]] = {}
    numbers = [line.seq for line in said.lines]
    for note in notes.of_conversation(session, conversation_id):
        behind = max((seq for seq in numbers if seq <= note.after_seq), default=0)
        if (behind == 0 and said.is_cut) or (before is not None and note.after_seq >= before):
            continue
        shown.setdefault(behind, []).append(ShownNote(note.id, note.author, note.body, show.moment(note.at)))
    return shown
