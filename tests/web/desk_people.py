"""A citizen who waits, and officers who see it: for tests of the desk's pages."""

from __future__ import annotations

import html
import re
from datetime import UTC, datetime, timedelta

from sqlalchemy import select

from bot.contracts import HandOverReason
from bot.desk import queue
from bot.flow.watch import raise_alerts
from bot.models import Conversation, Office, Ticket
from tests.installation import CITIZEN, Installation
from tests.people import Browser

SEND_KEY = re.compile(r'name="send_key" value="([^"]+)"')
TUESDAY = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)  # 09.00 WITA, the office is open


def on_tuesday(sapa: Installation) -> None:
    """Deadlines run in office hours alone, so the tests choose theirs."""
    sapa.clock.ahead = TUESDAY - datetime.now(UTC)


def waits(sapa: Installation, *, citizen: str = CITIZEN, name: str = "Rina", prefix: str = "PKP", **more: str) -> int:
    """A citizen of this office waits for an officer; the conversation's id."""
    sapa.write("halo, mau tanya", citizen=citizen, profile_name=name)
    with sapa.database.transaction() as session:
        office = session.scalars(select(Office).where(Office.prefix == prefix)).one()
        conversation = session.scalars(select(Conversation).order_by(Conversation.id.desc()).limit(1)).one()
        queue.hand_over(
            session,
            office.id,
            conversation.id,
            kind=more.get("kind", "talk_to_human"),
            reason=HandOverReason.WISH,
            service=more.get("service"),
            since=sapa.clock(),
            now=sapa.clock(),
        )
        conversation.answer_due_at = None
        return conversation.id


def tick(sapa: Installation) -> None:
    """The clock raises what is due."""
    raise_alerts(sapa.database, sapa.line.assistant.rules, ("mail", "push"), sapa.clock())


def act(officer: Browser, conversation_id: int, verb: str, **form: object) -> tuple[int, str]:
    """Status and text of what a form of the conversation's page answers."""
    page = f"/desk/{conversation_id}"
    answer = officer.post(f"{page}/{verb}", form_on=page, **form)
    return answer.status_code, html.unescape(answer.text)


def reply(officer: Browser, conversation_id: int, body: str, key: str = "") -> tuple[int, str]:
    return act(officer, conversation_id, "reply", body=body, send_key=key or send_key(officer, conversation_id))


def send_key(officer: Browser, conversation_id: int) -> str:
    found = SEND_KEY.search(officer.get(f"/desk/{conversation_id}").text)
    assert found
    return found[1]


def shown(officer: Browser, url: str) -> str:
    answer = officer.get(url)
    assert answer.status_code == 200, answer.status_code
    return html.unescape(answer.text)


def tickets(sapa: Installation, conversation_id: int) -> list[Ticket]:
    with sapa.database.reading() as session:
        return list(
            session.scalars(select(Ticket).where(Ticket.conversation_id == conversation_id).order_by(Ticket.id))
        )


def later(sapa: Installation, **by: float) -> None:
    sapa.clock.ahead += timedelta(**by)
