"""When to send: the pace to one recipient, and the growing wait between tries.

The pace: three messages at once, then one every six seconds (Twilio's advice for WhatsApp).
One column keeps it: ``paced_until``, when the recipient's budget would be full again.
"""

from __future__ import annotations

import random
from datetime import datetime, timedelta

PACE = timedelta(seconds=6)
BURST = 3
FIRST_DELAY = 2.0
LONGEST_DELAY = timedelta(minutes=10)


def earliest_by_pace(paced_until: datetime | None, now: datetime) -> datetime:
    """When the next message to a recipient may leave, given when its budget would be full again."""
    return max(now, (paced_until or now) - PACE * (BURST - 1))


def spend_pace(paced_until: datetime | None, now: datetime) -> datetime:
    """``paced_until`` after one more message."""
    return max(paced_until or now, now) + PACE


def retry_delay(attempts: int, longest: timedelta = LONGEST_DELAY) -> timedelta:
    """Doubles with every attempt up to ``longest``, spread by half to either side so that retries do not bunch."""
    seconds = min(FIRST_DELAY * 2 ** min(max(attempts - 1, 0), 30), longest.total_seconds())
    return timedelta(seconds=seconds * random.uniform(0.5, 1.5))
