"""Citizens' files fetched from the stand-in Twilio, and what its redirects may not do to us."""

from __future__ import annotations

import ipaddress
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any
from urllib.parse import urlsplit

import pytest

from bot.errors import FileLost, FileRefused, MediaBusy, SapaError
from bot.gateways.base import MediaFetcher
from bot.gateways.fake_twilio import FakeTwilioControl, create_fake_twilio, running
from bot.gateways.guarded import is_public
from bot.gateways.media import LARGEST_BYTES, TwilioMedia

ACCOUNT = "AC" + "0" * 32
TOKEN = "invented-token"
OFFICE = "whatsapp:+6281100000000"
RINA = "whatsapp:+6281100000001"
PATH = f"/2010-04-01/Accounts/{ACCOUNT}/Messages/MM1/Media/ME1"
PICTURE = b"\x89PNG\r\n\x1a\n invented" * 20


@pytest.fixture
def control() -> Iterator[FakeTwilioControl]:
    app = create_fake_twilio(ACCOUNT, TOKEN, "http://127.0.0.1:9", None)
    with running(app) as url:
        yield FakeTwilioControl(url)
    app.close()


class Elsewhere:
    """Another host: keeps what it was asked, and answers with a picture or sends on to ``location``."""

    def __init__(self) -> None:
        self.asked: list[dict[str, Any]] = []
        self.location = ""
        self.url = ""

    def __call__(self, environ: dict[str, Any], start_response: Any) -> list[bytes]:
        self.asked.append(environ)
        body = b"" if self.location else PICTURE
        place = [("Location", self.location)] if self.location else []
        start_response("302 Found" if self.location else "200 OK", [("Content-Length", str(len(body))), *place])
        return [body]


@pytest.fixture
def elsewhere(control: FakeTwilioControl) -> Iterator[Elsewhere]:
    """Where the stand-in redirects to."""
    app = Elsewhere()
    with running(app) as url:
        app.url = url
        control.cdn(url)
        yield app


def media_of(control: FakeTwilioControl, **more: Any) -> MediaFetcher:
    return TwilioMedia(ACCOUNT, TOKEN, control.base_url, **more)


def picture(control: FakeTwilioControl, content: bytes = PICTURE) -> str:
    """The MediaUrl0 of a citizen's picture."""
    sid = control.write(RINA, OFFICE, media=[("image/png", content)], deliveries=0)
    [message] = [one for one in control.thread([RINA]).messages if one.sid == sid]
    return message.form["MediaUrl0"]


def test_a_picture_comes_over_twilios_redirect(control: FakeTwilioControl) -> None:
    found = media_of(control).fetch(picture(control))
    assert (found.body, found.content_type) == (PICTURE, "image/png")
    assert control.counts()["media_asked_with_credentials"] == 0


def test_another_host_is_not_shown_the_credentials(control: FakeTwilioControl, elsewhere: Elsewhere) -> None:
    assert media_of(control, may_reach=lambda address: True).fetch(picture(control)).body == PICTURE
    [asked] = elsewhere.asked
    assert "HTTP_AUTHORIZATION" not in asked


def test_an_address_inside_our_network_is_not_asked(control: FakeTwilioControl, elsewhere: Elsewhere) -> None:
    with pytest.raises(FileLost):
        media_of(control).fetch(picture(control))
    # a name is told by what it leads to
    control.cdn(f"http://localhost:{urlsplit(elsewhere.url).port}")
    with pytest.raises(FileLost):
        media_of(control).fetch(picture(control))
    assert elsewhere.asked == []


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.1.2.3",
        "192.168.0.1",
        "169.254.169.254",
        "0.0.0.0",
        "::1",
        "fe80::1",
        "fd00::1",
        "::ffff:10.0.0.1",
        "::ffff:127.0.0.1",
        "224.0.0.1",
        "100.64.0.1",
        # what stands for an address inside, or for one of ours alone
        "64:ff9b::10.0.0.1",
        "64:ff9b::169.254.169.254",
        "64:ff9b:1::1",
        "64:ff9b:1::8.8.8.8",
        "2002:7f00:1::",
        "2002:a9fe:a9fe::1",
        "::127.0.0.1",
        "::8.8.8.8",
        "::ffff:0:127.0.0.1",
        "fec0::1",
        "2001::1",
        "ff02::1",
        "ff0e::1",
    ],
)
def test_what_is_not_of_the_public_internet_is_told(address: str) -> None:
    assert not is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize(
    "address", ["8.8.8.8", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::8.8.8.8", "2002:808:808::1"]
)
def test_what_is_of_the_public_internet_may_be_reached(address: str) -> None:
    assert is_public(ipaddress.ip_address(address))


def test_redirects_end(control: FakeTwilioControl, elsewhere: Elsewhere) -> None:
    elsewhere.location = elsewhere.url + "/again"
    with pytest.raises(MediaBusy):
        media_of(control, may_reach=lambda address: True).fetch(picture(control))
    assert len(elsewhere.asked) == 3


@pytest.mark.parametrize("location", ["file:///etc/passwd", "ftp://127.0.0.1/x", "http://user:word@127.0.0.1/", "//"])
def test_a_redirect_leads_to_http_only(control: FakeTwilioControl, elsewhere: Elsewhere, location: str) -> None:
    elsewhere.location = location
    with pytest.raises(SapaError):
        media_of(control, may_reach=lambda address: True).fetch(picture(control))


def test_a_redirect_from_https_does_not_leave_it(monkeypatch: pytest.MonkeyPatch) -> None:
    media = TwilioMedia(ACCOUNT, TOKEN, "https://api.twilio.test", may_reach=lambda address: True)

    class Redirect:
        status = 302
        headers = {"Location": "http://cdn.test/picture"}  # noqa: RUF012

        def close(self) -> None: ...

    monkeypatch.setattr(media._inside, "request", lambda *args, **more: Redirect())
    monkeypatch.setattr(media._outside, "request", lambda *args, **more: pytest.fail("asked without https"))
    with pytest.raises(FileLost):
        media.fetch("https://api.twilio.test" + PATH)


@pytest.mark.parametrize(
    "other",
    [
        "http://127.0.0.1:9/2010-04-01/Accounts/AC0/Messages/MM0/Media/ME0",
        "http://{host}@127.0.0.1:9/2010-04-01/Accounts/AC0/Messages/MM0/Media/ME0",
        "http://{host}/2010-04-01/Accounts/AC0/Messages/MM0",
        "http://{host}/2010-04-01/Accounts/AC0/Messages/MM0/Media/ME0/../../../../..",
        "http://{host}/control/counts",
        "http://[/",
        "",
    ],
)
def test_only_twilios_media_are_fetched_or_erased(control: FakeTwilioControl, other: str) -> None:
    url = other.format(host=urlsplit(control.base_url).netloc)
    with pytest.raises(FileLost):
        media_of(control).fetch(url)
    with pytest.raises(FileLost):
        media_of(control).erase(url)


def test_an_erased_picture_is_gone_and_may_be_erased_again(control: FakeTwilioControl) -> None:
    url, media = picture(control), media_of(control)
    media.erase(url)
    [message] = control.thread([RINA]).messages
    assert message.media[0].deleted_at_twilio
    media.erase(url)


@pytest.mark.parametrize("status", ["404 Not Found", "410 Gone"])
def test_what_twilio_has_not_got_now_may_be_there_later(status: str) -> None:
    def twilio(environ: dict[str, Any], start_response: Any) -> list[bytes]:
        start_response(status, [("Content-Length", "0")])
        return [b""]

    with running(twilio) as url:
        media = TwilioMedia(ACCOUNT, TOKEN, url)
        with pytest.raises(MediaBusy):
            media.fetch(url + PATH)
        media.erase(url + PATH)


def test_trouble_passes(control: FakeTwilioControl) -> None:
    url, media = picture(control), media_of(control)
    for kind in ("refuse", "drop", "short"):
        control.fault(kind, on="media")
        with pytest.raises(MediaBusy):
            media.fetch(url)
        assert media.fetch(url).body == PICTURE


def test_a_wrong_token_is_our_installations_fault_and_nothing_is_lost(control: FakeTwilioControl) -> None:
    url = picture(control)
    wrong = TwilioMedia(ACCOUNT, "another", control.base_url)
    with pytest.raises(MediaBusy):
        wrong.fetch(url)
    with pytest.raises(MediaBusy):
        wrong.erase(url)


def test_what_never_ends_is_cut_at_the_bound(control: FakeTwilioControl) -> None:
    control.fault("endless", on="media")
    with pytest.raises(FileRefused, match="bytes"):
        media_of(control).fetch(picture(control))


def test_what_says_it_is_too_large_is_not_fetched(control: FakeTwilioControl) -> None:
    with pytest.raises(FileRefused, match="bytes"):
        media_of(control).fetch(picture(control, b"x" * (LARGEST_BYTES + 1)))


def test_a_host_that_is_slow_meets_the_end(control: FakeTwilioControl) -> None:
    url, media = picture(control), media_of(control, read_seconds=0.3, total_seconds=0.4)
    control.fault("late", on="media", seconds=2)
    control.fault("drip", on="media", seconds=0.1)
    for _ in range(2):
        start = time.monotonic()
        with pytest.raises(MediaBusy):
            media.fetch(url)
        assert time.monotonic() - start < 1.9


HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n"
DRIPPING = {
    "a head that never ends": HEAD + b"X-Wait: " + b"." * 10_000,
    "a body of no told length": HEAD + b"\r\n" + PICTURE * 100,
    "a body of a told length": HEAD + f"Content-Length: {len(PICTURE * 100)}\r\n\r\n".encode() + PICTURE * 100,
}


@pytest.mark.parametrize("name", DRIPPING)
def test_a_host_that_sends_a_byte_now_and_then_meets_the_end(name: str) -> None:
    with dripping(DRIPPING[name]) as url:
        media = TwilioMedia(ACCOUNT, TOKEN, url, read_seconds=1.0, total_seconds=0.6)
        start = time.monotonic()
        with pytest.raises(MediaBusy):
            media.fetch(url + PATH)
        assert time.monotonic() - start < 3


@contextmanager
def dripping(said: bytes) -> Iterator[str]:
    """A server that says this to whoever connects, a few bytes at a time and never silent for long."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def drip() -> None:
            with suppress(OSError), server.accept()[0] as connected:
                for place in range(0, len(said), 8):
                    connected.sendall(said[place : place + 8])
                    time.sleep(0.01)

        thread = threading.Thread(target=drip, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}"
        thread.join(5)


def test_no_address_is_told_in_an_error(control: FakeTwilioControl) -> None:
    url = picture(control)
    gone = TwilioMedia(ACCOUNT, TOKEN, "http://127.0.0.1:9")
    with pytest.raises(MediaBusy) as busy:
        gone.fetch("http://127.0.0.1:9" + urlsplit(url).path)
    assert urlsplit(url).path not in str(busy.value)
    assert busy.value.__suppress_context__
