"""``…/Messages/<sid>/Media…`` and the CDN its contents are redirected to."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import repeat

from bot.gateways.fake_twilio.errors import Refused
from bot.gateways.fake_twilio.faults import Door, Fault, Faults, Trouble
from bot.gateways.fake_twilio.messages_api import meet_read_faults
from bot.gateways.fake_twilio.paging import page_json, page_size
from bot.gateways.fake_twilio.records import Media, media_json
from bot.gateways.fake_twilio.store import Store
from bot.gateways.fake_twilio.wire import Answer, ConnectionDropped, Request, answer_json

ENOUGH = 64 * 1024  # bytes of a piece of what never ends


@dataclass
class MediaApi:
    """``cdn`` is the origin of the CDN, e.g. ``http://localhost:8101``; empty = the caller's own way here.

    ``with_credentials`` counts contents asked of the CDN with an Authorization header.
    """

    account_sid: str
    store: Store
    faults: Faults
    cdn: str = ""
    with_credentials: int = 0

    def list(self, request: Request, message_sid: str) -> Answer:
        meet_read_faults(self.faults)
        media = [one for one in self.store.media_of(message_sid) if not one.deleted]
        size = page_size(request)
        values = [media_json(one, self.account_sid) for one in media[:size]]
        return answer_json(page_json(request, "media_list", values, size, ""))

    def fetch(self, request: Request, message_sid: str, sid: str) -> Answer:
        meet_read_faults(self.faults)
        return answer_json(media_json(self._found(message_sid, sid), self.account_sid))

    def delete(self, request: Request, message_sid: str, sid: str) -> Answer:
        self._found(message_sid, sid)
        self.store.delete_media(sid)
        return Answer(204)

    def content(self, request: Request, message_sid: str, sid: str) -> Answer:
        """Redirects, as Twilio does."""
        media = self._found(message_sid, sid)
        location = media.url or f"{self.cdn or request.origin}/cdn/{media.token}"
        return Answer(307, headers=(("Location", location),))

    def from_cdn(self, request: Request, token: str) -> Answer:
        """The bytes; needs no credentials: the path is the secret."""
        if request.header("Authorization"):
            self.with_credentials += 1
        fault = self.faults.take(Door.MEDIA)
        if fault is not None and fault.kind is not Trouble.DRIP:
            time.sleep(fault.seconds)
            if fault.kind is Trouble.DROP:
                raise ConnectionDropped
            if fault.kind is Trouble.REFUSE:
                raise Refused(fault.code)
        media = self.store.media_by_token(token)
        if media is None or media.deleted or media.content is None:
            raise Refused(20404)
        return _spoiled(media.content, media.content_type, fault) or Answer(200, media.content, media.content_type)

    def _found(self, message_sid: str, sid: str) -> Media:
        media = self.store.media(sid)
        if media is None or media.deleted or media.message_sid != message_sid:
            raise Refused(20404)
        return media


def _spoiled(content: bytes, content_type: str, fault: Fault | None) -> Answer | None:
    """The contents as the fault wants them; None when it leaves them alone."""
    length = (("Content-Length", str(len(content))),)
    if fault is None:
        return None
    match fault.kind:
        case Trouble.SHORT:
            return Answer(200, content_type=content_type, headers=length, pieces=[content[: len(content) // 2]])
        case Trouble.ENDLESS:
            return Answer(200, content_type=content_type, pieces=repeat((content or b"?").ljust(ENOUGH, b"?")))
        case Trouble.DRIP:
            return Answer(200, content_type=content_type, headers=length, pieces=_drops(content, fault.seconds))
    return None


def _drops(content: bytes, seconds: float) -> Iterator[bytes]:
    for place in range(len(content)):
        yield content[place : place + 1]
        time.sleep(seconds)
