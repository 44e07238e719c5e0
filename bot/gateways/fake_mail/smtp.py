"""The server's side of SMTP, on aiosmtpd."""

from __future__ import annotations

import asyncio
import time

from aiosmtpd.smtp import SMTP, Envelope, Session

from bot.gateways.fake_mail.faults import Faults, Stage, Trouble
from bot.gateways.fake_mail.inbox import Inbox

TAKEN = "250 OK"


class Keeper:
    """What aiosmtpd calls at each step of a conversation; the answers are SMTP replies."""

    def __init__(self, inbox: Inbox, faults: Faults) -> None:
        self._inbox = inbox
        self._faults = faults

    async def handle_MAIL(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        envelope.mail_from = address
        return await self._in_trouble(server, Stage.SENDER)

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        reply = await self._in_trouble(server, Stage.RECIPIENT, address)
        if reply == TAKEN:
            envelope.rcpt_tos.append(address)
        return reply

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        fault = self._faults.take(Stage.CONTENT, envelope.rcpt_tos[0])
        if fault is None or (fault.kind is not Trouble.ANSWER and fault.stored):
            self._inbox.put(list(envelope.rcpt_tos), _as_sent(envelope), time.time())
        return TAKEN if fault is None else await self._meet(server, fault.kind, fault.code, fault.seconds)

    async def _in_trouble(self, server: SMTP, stage: Stage, recipient: str = "") -> str:
        fault = self._faults.take(stage, recipient)
        return TAKEN if fault is None else await self._meet(server, fault.kind, fault.code, fault.seconds)

    async def _meet(self, server: SMTP, kind: Trouble, code: int, seconds: float) -> str:
        await asyncio.sleep(seconds)
        if kind is Trouble.DROP and isinstance(server.transport, asyncio.WriteTransport):
            server.transport.abort()
        return f"{code} trouble on demand" if kind is Trouble.ANSWER else TAKEN


def _as_sent(envelope: Envelope) -> bytes:
    content = envelope.content or b""
    return content if isinstance(content, bytes) else content.encode()
