"""E-mail by SMTP: a connection a mail, since alerts are few.

What an error means for a mail is decided here: refused for good, not taken but worth another try, or unknown.
"""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, localtime, make_msgid

import structlog

from bot.contracts import Mail, MailServer
from bot.errors import MailBusy, MailOutcomeUnknown, MailRefused

log = structlog.get_logger()

SECONDS = 10.0  # a connection, and each answer
SENDER_NAME = "Sapa"


class SmtpMailer:
    """``trust`` verifies the server's certificate; None: as this machine does."""

    def __init__(self, server: MailServer, seconds: float = SECONDS, trust: ssl.SSLContext | None = None) -> None:
        self._server = server
        self._seconds = seconds
        self._trust = trust

    def send(self, mail: Mail) -> None:
        content = self._content(mail)
        with self._connected() as smtp:
            self._hand_over(smtp, mail.recipient, content)

    def _hand_over(self, smtp: smtplib.SMTP, recipient: str, content: bytes) -> None:
        try:
            code, _ = smtp.mail(self._server.sender)
            if code // 100 != 2:
                raise _not_ours(code)  # our own address, so no mail at all would pass
            code, _ = smtp.rcpt(recipient)
            if code // 100 != 2:
                raise _meaning(code)
        except (OSError, smtplib.SMTPException) as error:
            raise MailBusy(type(error).__name__) from None
        try:
            code, _ = smtp.data(content)
        except smtplib.SMTPDataError as error:
            raise _meaning(error.smtp_code) from None
        except (OSError, smtplib.SMTPException) as error:
            raise MailOutcomeUnknown(type(error).__name__) from None
        if code // 100 != 2:
            raise _meaning(code)

    @contextmanager
    def _connected(self) -> Iterator[smtplib.SMTP]:
        """A server that has let us in. Whatever goes wrong until then is no mail's fault."""
        try:
            smtp = self._open()
        except smtplib.SMTPResponseException as error:
            raise _not_ours(error.smtp_code) from None
        except (smtplib.SMTPNotSupportedError, ssl.SSLError) as error:  # no STARTTLS, no way to sign in, no trust
            raise _not_ours(0, type(error).__name__) from None
        except (OSError, smtplib.SMTPException) as error:
            raise MailBusy(type(error).__name__) from None
        try:
            yield smtp
        finally:
            with suppress(OSError, smtplib.SMTPException):  # the mail is decided already
                smtp.quit()
            smtp.close()

    def _open(self) -> smtplib.SMTP:
        server = self._server
        trust = self._trust or ssl.create_default_context()
        smtp: smtplib.SMTP
        if server.security == "tls":
            smtp = smtplib.SMTP_SSL(server.host, server.port, timeout=self._seconds, context=trust)
        else:
            smtp = smtplib.SMTP(server.host, server.port, timeout=self._seconds)
        try:
            if server.security == "starttls":
                smtp.starttls(context=trust)
            if server.user:
                smtp.login(server.user, server.password)
            smtp.ehlo_or_helo_if_needed()
        except BaseException:
            smtp.close()
            raise
        return smtp

    def _content(self, mail: Mail) -> bytes:
        """Raises MailRefused for an address that is none."""
        local, _, domain = self._server.sender.rpartition("@")
        message = EmailMessage(policy=SMTP)
        message["From"] = Address(SENDER_NAME, local, domain)
        try:
            message["To"] = Address(addr_spec=mail.recipient)
            mail.recipient.encode("ascii")
        except (ValueError, IndexError, MessageError):
            raise MailRefused("address") from None
        message["Subject"] = " ".join(mail.subject.split())
        message["Date"] = format_datetime(localtime())
        message["Message-ID"] = f"<{mail.reference}@{domain}>" if mail.reference else make_msgid(domain=domain)
        message["Auto-Submitted"] = "auto-generated"  # so that no holiday answer comes back (RFC 3834)
        message.set_content(mail.text)
        if mail.html:
            message.add_alternative(mail.html, subtype="html")
        return message.as_bytes()


def _meaning(code: int) -> MailRefused | MailBusy:
    return MailRefused("refused", code) if code // 100 == 5 else MailBusy("busy", code)


def _not_ours(code: int, reason: str = "installation") -> MailBusy:
    """Not about this mail but about us: wrong password, an address that may not send. Tried again until somebody
    has put it right, and an alarm."""
    if code // 100 == 4:
        return MailBusy("busy", code)
    log.error("mail_server_refuses_us", code=code, reason=reason)
    return MailBusy("installation", code or None)
