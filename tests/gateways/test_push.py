"""Web Push, sent to a push service that opens what it gets as a browser would."""

from __future__ import annotations

import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from bot.cli import main
from bot.contracts import PushMessage
from bot.errors import PushBusy, PushGone, PushOutcomeUnknown, PushRefused, SettingsError, WayError
from bot.gateways.fake_twilio import running
from bot.gateways.fake_twilio.server import WsgiServer
from bot.gateways.fake_twilio.wire import ConnectionDropped
from bot.gateways.push import Door, WebPusher, public_door
from bot.gateways.vapid import public_key
from bot.settings import read_settings
from tests.gateways.push_service import PushService

KEY = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAE"  # the number 1: nobody's
CONTACT = "mailto:sapa@contoh.go.id"


@pytest.fixture
def service() -> PushService:
    return PushService()


@pytest.fixture
def url(service: PushService) -> Iterator[str]:
    with running(service) as url:
        yield url


def on_this_machine(url: str) -> Callable[[str], Door]:
    """The checker of the tests: their push service is here, and speaks http."""
    port = int(url.rsplit(":", 1)[1])
    return lambda endpoint: Door("http", "127.0.0.1", port, "127.0.0.1")


@pytest.fixture
def pusher(url: str) -> WebPusher:
    return WebPusher(KEY, CONTACT, on_this_machine(url))


def message(service: PushService, url: str = "http://127.0.0.1", **more: Any) -> PushMessage:
    told = {"title": "Tiket menunggu", "body": "KK hilang – batas 10.15 😀", "url": "/desk/7", "tag": "PKP-2611-0042K"}
    return PushMessage(**{"endpoint": f"{url}/send/abc?d=1", **service.keys, **told, "ttl": 900, **more})


def trouble(pusher: WebPusher, pushed: PushMessage) -> WayError:
    with pytest.raises(WayError) as caught:
        pusher.push(pushed)
    assert "send/abc" not in str(caught.value)
    return caught.value


# --- what arrives -------------------------------------------------------------------------------------------
def test_only_the_browser_reads_what_was_pushed(pusher: WebPusher, service: PushService) -> None:
    pusher.push(message(service))
    assert service.opened() == {
        "title": "Tiket menunggu",
        "body": "KK hilang – batas 10.15 😀",
        "url": "/desk/7",
        "tag": "PKP-2611-0042K",
    }
    assert b"Tiket" not in service.got[0].content


def test_it_is_signed_for_this_service_with_our_key(pusher: WebPusher, service: PushService, url: str) -> None:
    pusher.push(message(service))
    claims, key = service.claims()
    assert (claims["aud"], claims["sub"], key) == (url, CONTACT, public_key(KEY))
    assert time.time() < claims["exp"] <= time.time() + 24 * 3600


def test_it_says_how_long_and_how_soon_and_what_it_replaces(pusher: WebPusher, service: PushService) -> None:
    pusher.push(message(service))
    pusher.push(message(service, body="lain"))
    pusher.push(message(service, tag="PKP-2611-0043M"))
    headers = [one.headers for one in service.got]
    assert (headers[0]["TTL"], headers[0]["URGENCY"]) == ("900", "high")
    assert headers[0]["TOPIC"] == headers[1]["TOPIC"] != headers[2]["TOPIC"]
    assert len(headers[0]["TOPIC"]) <= 32


# --- trouble ------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (404, PushGone),
        (410, PushGone),
        (400, PushRefused),
        (403, PushRefused),
        (413, PushRefused),
        (302, PushRefused),
        (429, PushBusy),
        (503, PushBusy),
    ],
)
def test_each_answer_says_whether_trying_again_helps(
    pusher: WebPusher, service: PushService, status: int, kind: type[WayError]
) -> None:
    service.status = status
    error = trouble(pusher, message(service))
    assert (type(error), error.code) == (kind, status)
    assert len(service.got) == 1, "no redirect is followed, nothing is sent twice"


def test_a_lost_answer_leaves_open_whether_it_arrived(service: PushService) -> None:
    def drop(environ: dict[str, Any], start_response: Any) -> list[bytes]:
        raise ConnectionDropped

    with running(drop) as url:
        error = trouble(WebPusher(KEY, CONTACT, on_this_machine(url)), message(service))
    assert isinstance(error, PushOutcomeUnknown)
    assert error.may_have_arrived


def test_a_service_that_is_down_is_tried_again(service: PushService) -> None:
    error = trouble(WebPusher(KEY, CONTACT, on_this_machine("http://127.0.0.1:9")), message(service))
    assert (type(error), error.reason) == (PushBusy, "no_connection")


@pytest.mark.parametrize("keys", [{"p256dh": "AAAA"}, {"p256dh": "é"}, {"p256dh": ""}, {"auth": "AAA"}])
def test_a_subscription_whose_keys_fit_no_lock_is_gone(
    pusher: WebPusher, service: PushService, keys: dict[str, str]
) -> None:
    assert isinstance(trouble(pusher, replace(message(service), **keys)), PushGone)


def test_what_no_service_takes_is_not_sent(pusher: WebPusher, service: PushService) -> None:
    error = trouble(pusher, message(service, body="x" * 3000))
    assert (type(error), error.reason, service.got) == (PushRefused, "too_large", [])


# --- whom it calls ------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "endpoint",
    [
        "http://8.8.8.8/send/abc",
        "https://127.0.0.1/send/abc",
        "https://localhost/send/abc",
        "https://[::1]/send/abc",
        "https://[::ffff:127.0.0.1]/send/abc",
        "https://[fe80::1]/send/abc",
        "https://[2002:7f00:1::1]/send/abc",
        "https://10.0.0.1/send/abc",
        "https://169.254.169.254/latest/meta-data",
        "https://0.0.0.0/send/abc",
        "https://100.64.0.1/send/abc",
        "https://224.0.0.1/send/abc",
        "https://2130706433/send/abc",
        "https://user@8.8.8.8/send/abc",
        "https://8.8.8.8:99999/send/abc",
        "https:///send/abc",
        "file:///etc/passwd",
        "",
    ],
)
def test_nothing_but_a_public_https_address_is_called(service: PushService, endpoint: str) -> None:
    error = trouble(WebPusher(KEY, CONTACT), replace(message(service), endpoint=endpoint))
    assert (type(error), error.reason) == (PushGone, "endpoint")


def found(*addresses: str) -> Callable[..., list[Any]]:
    families = [socket.AF_INET6 if ":" in address else socket.AF_INET for address in addresses]
    answer = [(kind, None, 6, "", (address, 443)) for kind, address in zip(families, addresses, strict=True)]
    return lambda *_, **__: answer


def test_a_public_name_is_called_at_the_address_that_was_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", found("2606:4700::1", "8.8.8.8"))
    door = public_door("https://push.contoh.id/send/abc")
    assert (door.address, door.host, door.origin) == ("8.8.8.8", "push.contoh.id", "https://push.contoh.id")


@pytest.mark.parametrize(("host", "comes_through"), [("localhost", True), ("push.contoh.id", False)])
def test_whoever_answers_at_that_address_must_prove_the_name(
    service: PushService, certificate: Path, monkeypatch: pytest.MonkeyPatch, host: str, comes_through: bool
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    server = WsgiServer(("127.0.0.1", 0), service)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    port = server.server_address[1]
    pusher = WebPusher(KEY, CONTACT, lambda _: Door("https", host, port, "127.0.0.1"))
    try:
        if comes_through:
            pusher.push(message(service))
            assert service.got[0].headers["HOST"] == f"localhost:{port}"
        else:
            error = trouble(pusher, message(service))
            assert (type(error), error.reason, service.got) == (PushBusy, "not_trusted", [])
    finally:
        server.shutdown()
        server.server_close()


def test_a_name_with_one_private_address_is_not_called(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", found("8.8.8.8", "192.168.1.1"))
    with pytest.raises(PushGone):
        public_door("https://push.contoh.id/send/abc")


def test_a_name_that_is_not_found_now_may_be_found_later() -> None:
    with pytest.raises(PushBusy):
        public_door("https://push.contoh.invalid/send/abc")


# --- the key ------------------------------------------------------------------------------------------------
def test_a_new_key_is_one_that_the_settings_take(monkeypatch: pytest.MonkeyPatch) -> None:
    line = CliRunner().invoke(main, ["new-vapid-key"]).output.strip()
    name, _, key = line.partition("=")
    monkeypatch.setenv(name, key)
    assert read_settings().vapid_key == key
    assert public_key(key).startswith("B")
    assert len(public_key(key)) == 87


@pytest.mark.parametrize("key", ["kurz", "A" * 43, "_" * 42 + "8", "é" * 43, "A" * 86])
def test_a_key_that_is_none_stops_the_start_with_a_sentence(monkeypatch: pytest.MonkeyPatch, key: str) -> None:
    monkeypatch.setenv("SAPA_VAPID_KEY", key)
    with pytest.raises(SettingsError, match="new-vapid-key") as caught:
        read_settings()
    assert key not in str(caught.value)
