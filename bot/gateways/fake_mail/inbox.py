"""What was taken, as a mail program shows it."""

from __future__ import annotations

import threading
from collections import deque
from dataclasses import asdict, dataclass
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

KEPT = 5_000  # a mail is a few kB; the long kill test sends 1,800


@dataclass(frozen=True, slots=True)
class KeptMail:
    """``number`` grows with every mail; ``received`` in seconds since 1970."""

    number: int
    recipient: str
    sender: str
    subject: str
    text: str
    html: str
    message_id: str
    received: float

    def as_json(self) -> dict[str, object]:
        return asdict(self)


class Inbox:
    """The newest mails, of everybody. Safe for many threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._mails: deque[KeptMail] = deque(maxlen=KEPT)
        self._taken = 0

    def put(self, recipients: list[str], content: bytes, now: float) -> None:
        """Raises nothing for content that is no mail: it is shown as it came."""
        message = message_from_bytes(content, policy=default)
        with self._lock:
            for recipient in recipients:
                self._taken += 1
                self._mails.append(
                    KeptMail(
                        self._taken,
                        recipient,
                        str(message["From"] or ""),
                        str(message["Subject"] or ""),
                        _part(message, "plain"),
                        _part(message, "html"),
                        str(message["Message-ID"] or ""),
                        now,
                    )
                )

    def listed(self, recipient: str, since: int) -> list[KeptMail]:
        """Newer than a number, oldest first; of everybody when no recipient is named."""
        with self._lock:
            return [one for one in self._mails if one.number > since and recipient in ("", one.recipient)]

    def clear(self) -> None:
        with self._lock:
            self._mails.clear()


def _part(message: EmailMessage, kind: str) -> str:
    body = message.get_body((kind,))
    return "" if body is None else str(body.get_content()).replace("\r\n", "\n")
