"""The pace to one recipient: three messages at once, then one every six seconds (Twilio's advice for WhatsApp).

One column keeps it: ``paced_until``, when the recipient's budget would be full again.
"""

from __future__ import annotations

from datetime import datetime, timedelta

PACE = timedelta(seconds=6)
BURST = 3


def earliest_by_pace(paced_until: datetime | None, now: datetime) -> datetime:
    """When the next message to a recipient may leave, given when its budget would be full again."""
    return max(now, (paced_until or now) - PACE * (BURST - 1))


def spend_pace(paced_until: datetime | None, now: datetime) -> datetime:
    """``paced_until`` after one more message."""
    return max(paced_until or now, now) + PACE
