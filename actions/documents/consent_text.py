"""The text about personal data: its version, whether it was agreed to as it stands, and the question itself."""

from __future__ import annotations

from datetime import timedelta

from actions.documents.step import CONSENT, Step, option
from bot.contracts import ENDED_FOR, UNSENT_FOR, ConsentAnswer, Documents, Reply
from bot.knowledge import Knowledge, Service

CONSENT_VERSION = "2026-11"
"""Of the sentence ``consent``: whoever changes what it says changes this too, and everybody is asked again."""


def agreed(documents: Documents) -> bool:
    """Whether the citizen agreed to the text as it stands: to a changed one nobody has agreed yet."""
    return documents.consent is ConsentAnswer.AGREED and documents.consent_version == CONSENT_VERSION


def consent_step(service: Service, knowledge: Knowledge, submission: int | None = None) -> Step:
    """``submission``: the one it is asked for again; None: a yes opens one."""
    asked = Reply(
        "consent",
        {
            "office": knowledge.office.name,
            "purpose": knowledge.office.fact("purpose") or "memeriksa dan memproses layanan yang diminta",
            "subject": service.short_name,
            "hours": str(UNSENT_FOR // timedelta(hours=1)),
            "days": str(ENDED_FOR.days),
        },
    )
    of = f":{submission}" if submission else ""
    choices = (
        option("SETUJU", f"consent:agreed{of}", service=service.id),
        option("TIDAK", f"consent:refused{of}", service=service.id),
    )
    return Step((asked,), choices, CONSENT)
