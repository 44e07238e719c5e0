"""Office minutes as the supervisor reads them."""

from __future__ import annotations

from bot.web.accounts.language import t

HOUR = 60


def office_span(minutes: int | None) -> str:
    """45 m, 1 j 20 m; a dash where nothing was measured. Hours are not made days of: an office day has no fixed
    length."""
    if minutes is None:
        return "–"
    hours, rest = divmod(minutes, HOUR)
    if not hours:
        return t("office_minutes", minutes=rest)
    return t("office_hours_minutes", hours=hours, minutes=rest) if rest else t("office_hours", hours=hours)
