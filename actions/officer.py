"""What an officer writes from their own WhatsApp, and what they are told: pure, tolerant, never a citizen's question.

Numbers are typed by thumb between two visitors: without dashes, in small letters, the end of it only, O for 0.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, timedelta

from actions.words import words
from bot.contracts import CitizenText, Claim, ClaimOutcome, OfficerMessage, Reply, Unknown, WaitingList

_AS_A_CITIZEN = re.compile(r"\W*warga\b[\s:;,.–-]*", re.IGNORECASE)
_TAKE = frozenset({"ambil", "ambl", "ambil2", "mbil", "abil", "ambi", "amil", "klaim", "claim"})
_WAITING = frozenset({"antrean", "antrian", "antre", "antri", "antreian", "daftar", "menunggu"})
_AROUND = frozenset(
    {"saya", "sy", "no", "nomor", "nmr", "tiket", "yang", "yg", "ya", "pak", "bu", "min", "dong", "tolong"}
)
_A_NUMBER = re.compile(r"(?:[A-Z]{2,5})?[0-9OILSBZ]{1,12}[A-Z]?")
_A_WHOLE_NUMBER = re.compile(r"[A-Z]{2,5}[0-9OILSBZ]{8,12}[A-Z]")
_ALIKE = str.maketrans("OILSBZ", "011582")
_AN_HOUR, _A_DAY = 60, 1440  # minutes


def read_officer(text: str, payload: str = "") -> OfficerMessage:
    """What is wanted; a button's payload reads like a text and goes first."""
    for said in (payload, text):
        if as_citizen := _AS_A_CITIZEN.match(said):
            rest = said[as_citizen.end() :].strip()
            return CitizenText(rest) if rest else Unknown()
        found = _read(tuple(word for word in words(said) if word not in _AROUND))
        if not isinstance(found, Unknown):
            return found
    return Unknown()


def _read(said: tuple[str, ...]) -> OfficerMessage:
    takes = bool(said) and said[0] in _TAKE
    if (said and said[0] in _WAITING) or (takes and len(said) == 1):
        return WaitingList()  # who takes without saying what is shown what there is
    number = "".join(said[1:] if takes else said).upper()
    holds_digits = any(sign.isdigit() for sign in number)
    if holds_digits and (_A_NUMBER if takes else _A_WHOLE_NUMBER).fullmatch(number):
        return Claim(number)
    return Unknown()


def fits(claim: Claim, number: str) -> bool:
    """Whether a ticket's number is the one written: the whole of it, without the office, only the count; with or
    without the check letter."""
    prefix, month, rest = number.split("-")
    count, letter = rest[:-1], rest[-1]
    written = (f"{prefix}{month}{count}", f"{month}{count}", count, str(int(count)))
    ends = (f"{start}{end}" for start in written for end in ("", letter))
    return _alike(claim.number) in map(_alike, ends)


def claim_told(outcome: ClaimOutcome, number: str = "", officer: str = "") -> Reply:
    """What became of a claim. ``officer``: who has it already."""
    return Reply(f"officer_{outcome.value}", {"number": number, "officer": officer})


def waiting_told(waiting: Sequence[tuple[str, datetime]], now: datetime) -> Reply:
    """Who waits: numbers in the queue's order, and since when."""
    if not waiting:
        return Reply("officer_nobody_waits")
    lines = (f"{place}. *{number}*, {_so_long(now - since)}" for place, (number, since) in enumerate(waiting, start=1))
    return Reply("officer_waiting", {"count": str(len(waiting)), "waiting": "\n".join(lines)})


def help_told() -> Reply:
    return Reply("officer_help")


def _so_long(waited: timedelta) -> str:
    minutes = max(int(waited.total_seconds()) // 60, 0)
    if minutes < _AN_HOUR:
        return f"menunggu {minutes} menit"
    return f"menunggu {minutes // _AN_HOUR} jam" if minutes < _A_DAY else f"menunggu {minutes // _A_DAY} hari"


def _alike(number: str) -> str:
    return number.translate(_ALIKE)
