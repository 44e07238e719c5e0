"""Where a submission or ticket stands, in a citizen's words."""

from __future__ import annotations

from bot.contracts import OwnSubmission, SubmissionState, TicketState

_TICKET = {
    TicketState.OPEN: "sudah kami terima, menunggu diperiksa petugas",
    TicketState.IN_PROGRESS: "sedang diperiksa petugas",
    TicketState.WAITING_FOR_CITIZEN: "menunggu balasan dari Bapak/Ibu",
    TicketState.RESOLVED: "sudah selesai ditangani petugas",
    TicketState.CLOSED: "sudah selesai ditangani petugas",
}


def ticket_word(state: str) -> str:
    """A ticket's state as a citizen hears it; an unknown one as "sedang ditangani petugas"."""
    return _TICKET[TicketState(state)] if state in set(TicketState) else "sedang ditangani petugas"


def state_of(submission: OwnSubmission, missing: int) -> str:
    """``missing``: how many papers are still to be sent."""
    if submission.state is SubmissionState.COLLECTING:
        return f"belum *diajukan*, tinggal {missing} berkas" if missing else "belum *diajukan*"
    if submission.state is SubmissionState.RETURNED:
        return "menunggu foto ulang dari Bapak/Ibu"
    if submission.state is SubmissionState.ACCEPTED:
        return "berkasnya diterima, sedang diproses petugas"
    if submission.state in (SubmissionState.CANCELLED, SubmissionState.EXPIRED):
        return "dibatalkan" if submission.state is SubmissionState.CANCELLED else "tidak jadi diajukan"
    return ticket_word(submission.ticket_state or "")
