"""Which WhatsApp templates were approved for an office, and under which ContentSid."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.models import OfficeTemplate


def store_template(session: Session, office_id: int, name: str, content_sid: str) -> None:
    """From now on this name is sent as this ContentSid."""
    wanted = select(OfficeTemplate).where(OfficeTemplate.office_id == office_id, OfficeTemplate.name == name)
    template = session.scalar(wanted)
    if template is None:
        session.add(OfficeTemplate(office_id=office_id, name=name, content_sid=content_sid))
    else:
        template.content_sid = content_sid


def approved_templates(session: Session, office_id: int) -> Mapping[str, str]:
    """Name → ContentSid."""
    wanted = select(OfficeTemplate).where(OfficeTemplate.office_id == office_id)
    return {one.name: one.content_sid for one in session.scalars(wanted)}
