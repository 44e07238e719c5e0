"""The stand-in Twilio, entered as Sapa enters the real one: by the official client and by signed webhooks."""

from __future__ import annotations

import base64
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
import requests
import urllib3
from twilio.base.exceptions import TwilioRestException
from twilio.http.http_client import TwilioHttpClient
from twilio.request_validator import RequestValidator
from twilio.rest import Client

from bot.gateways.fake_twilio import FakeTwilioControl, create_fake_twilio, running
from bot.gateways.fake_twilio.control import StandInRefused, StandInUnreachable
from bot.gateways.fake_twilio.records import Media, Message
from bot.gateways.fake_twilio.store import Store

ACCOUNT = "AC" + "0" * 32
TOKEN = "invented-token"
OFFICE = "whatsapp:+6281100000000"
RINA = "whatsapp:+6281100000001"
NUR = "whatsapp:ID.inventedname"
AT_ONCE = [["queued", 0], ["sent", 0], ["delivered", 0], ["read", 0]]


class Sapa:
    """Stands for Sapa's webhooks: keeps what comes, with whether its signature is right."""

    def __init__(self) -> None:
        self.url = ""
        self.status = 200
        self.got: list[tuple[str, dict[str, str], bool]] = []
        self.queries: list[str] = []
        self._lock = threading.Lock()

    def __call__(self, environ: dict[str, Any], start_response: Any) -> list[bytes]:
        body = environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"] or 0)).decode()
        form = dict(parse_qsl(body, keep_blank_values=True))
        query = environ["QUERY_STRING"]
        url = self.url + environ["PATH_INFO"] + (f"?{query}" if query else "")
        signed = RequestValidator(TOKEN).validate(url, form, environ.get("HTTP_X_TWILIO_SIGNATURE", ""))
        with self._lock:
            self.got.append((environ["PATH_INFO"], form, signed))
            self.queries += [query] if query else []
        start_response(f"{self.status} Whatever", [("Content-Length", "0")])
        return [b""]

    def statuses(self, sid: str) -> list[str]:
        return [form["MessageStatus"] for path, form, _ in self.got if form["MessageSid"] == sid]


@pytest.fixture
def sapa() -> Iterator[Sapa]:
    app = Sapa()
    with running(app) as url:
        app.url = url
        yield app


@pytest.fixture
def control(sapa: Sapa) -> Iterator[FakeTwilioControl]:
    app = create_fake_twilio(ACCOUNT, TOKEN, sapa.url, None)
    with running(app) as url:
        yield FakeTwilioControl(url)
    app.close()


@pytest.fixture
def twilio(control: FakeTwilioControl) -> Client:
    return client_of(control)


def client_of(control: FakeTwilioControl, token: str = TOKEN, timeout: float = 5.0) -> Client:
    client = Client(ACCOUNT, token, http_client=TwilioHttpClient(timeout=timeout))
    client.api.base_url = control.base_url
    return client


def send(twilio: Client, body: str = "Halo", to: str = RINA, **more: Any) -> Any:
    return twilio.messages.create(to=to, from_=OFFICE, body=body, **more)


def refusal(call: Any) -> tuple[int, int | None]:
    with pytest.raises(TwilioRestException) as caught:
        call()
    return caught.value.status, caught.value.code


# --- messages -----------------------------------------------------------------------------------------------
def test_it_takes_a_message_and_gives_it_back(twilio: Client) -> None:
    created = send(twilio, "Selamat pagi *Ibu*\nbaris dua")
    found = twilio.messages(created.sid).fetch()
    assert (created.status, found.body, found.to, found.from_) == ("queued", created.body, RINA, OFFICE)
    assert created.sid.startswith("SM")
    assert len(created.sid) == 34
    assert abs((datetime.now(UTC) - found.date_created).total_seconds()) < 3
    assert found.direction == "outbound-api"


def test_a_list_pages_newest_first_and_misses_none_when_more_arrive_meanwhile(twilio: Client) -> None:
    bodies = [f"pesan {n}" for n in range(7)]
    for body in bodies:
        send(twilio, body)
    pages = twilio.messages.page(page_size=3)
    seen = [message.body for message in pages]
    send(twilio, "menyela")
    while pages.next_page_url:
        pages = pages.next_page()
        seen += [message.body for message in pages]
    assert seen == bodies[::-1]
    assert len(twilio.messages.list(page_size=2)) == 8
    assert len(twilio.messages.list(page_size=2, limit=3)) == 3


def test_a_list_can_be_narrowed_by_recipient_sender_and_time(twilio: Client, control: FakeTwilioControl) -> None:
    send(twilio, "untuk Rina")
    send(twilio, "untuk Nur", to=NUR)
    control.write(RINA, OFFICE, "dari Rina", deliveries=0)
    now = datetime.now(UTC)
    hour = timedelta(hours=1)
    assert [m.body for m in twilio.messages.list(to=NUR)] == ["untuk Nur"]
    assert [m.body for m in twilio.messages.list(to=OFFICE, from_=RINA)] == ["dari Rina"]
    assert len(twilio.messages.list(date_sent_after=now - hour, date_sent_before=now + hour)) == 3
    assert twilio.messages.list(date_sent_after=now + hour) == []
    assert twilio.messages.list(date_sent_before=now - hour) == []
    assert len(twilio.messages.list(date_sent=now)) == 3


def test_a_deleted_message_is_gone_at_twilio_but_stays_on_the_phone(twilio: Client, control: FakeTwilioControl) -> None:
    sid = send(twilio).sid
    assert twilio.messages(sid).delete()
    assert refusal(twilio.messages(sid).fetch) == (404, 20404)
    assert twilio.messages.list() == []
    assert [message.sid for message in control.sent(RINA)] == [sid]


def test_a_body_can_be_redacted(twilio: Client) -> None:
    sid = send(twilio, "rahasia").sid
    twilio.messages(sid).update(body="")
    assert twilio.messages(sid).fetch().body == ""


# --- refusals -----------------------------------------------------------------------------------------------
def test_it_refuses_a_wrong_token(control: FakeTwilioControl) -> None:
    assert refusal(lambda: send(client_of(control, token="wrong"))) == (401, 20003)


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"to": ""}, 21604),
        ({"to": "whatsapp:rina"}, 21211),
        ({"from_": ""}, 21603),
        ({"from_": "+6281100000000"}, 21910),
        ({"body": ""}, 21619),
        ({"body": "x" * 1601}, 21617),
        ({"status_callback": "kantor"}, 21609),
    ],
)
def test_it_refuses_what_twilio_refuses(twilio: Client, wrong: dict[str, str], code: int) -> None:
    message = {"to": RINA, "from_": OFFICE, "body": "Halo"} | wrong
    assert refusal(lambda: twilio.messages.create(**message)) == (400, code)
    assert twilio.messages.list() == []


def test_the_longest_body_is_taken(twilio: Client) -> None:
    assert len(send(twilio, "x" * 1600).body) == 1600


@pytest.mark.parametrize(
    ("code", "status"), [(20429, 429), (63016, 400), (63014, 400), (21610, 400), (20500, 500), (500, 500)]
)
def test_creates_fail_on_demand_as_often_as_asked(
    twilio: Client, control: FakeTwilioControl, code: int, status: int
) -> None:
    control.fault("refuse", code=code, times=2)
    assert [refusal(lambda: send(twilio)) for _ in range(2)] == [(status, code)] * 2
    assert send(twilio).status == "queued"
    assert control.faults()[0]["hits"] == 2


def test_trouble_can_be_for_one_recipient_until_it_is_cleared(twilio: Client, control: FakeTwilioControl) -> None:
    control.fault("refuse", code=21610, recipient=RINA, times=None)
    assert refusal(lambda: send(twilio)) == refusal(lambda: send(twilio)) == (400, 21610)
    assert send(twilio, to=NUR).to == NUR
    control.clear_faults()
    assert send(twilio).to == RINA


@pytest.mark.parametrize("stored", [True, False])
def test_an_answer_that_comes_too_late_may_have_been_carried_out_or_not(
    control: FakeTwilioControl, stored: bool
) -> None:
    control.fault("late", seconds=0.6, stored=stored)
    with pytest.raises(requests.exceptions.Timeout):
        send(client_of(control, timeout=0.2))
    assert len(control.sent(RINA)) == int(stored)


@pytest.mark.parametrize("stored", [True, False])
def test_a_dropped_connection_may_have_been_carried_out_or_not(control: FakeTwilioControl, stored: bool) -> None:
    control.fault("drop", stored=stored)
    with pytest.raises(requests.exceptions.ConnectionError):
        send(client_of(control))
    assert len(control.sent(RINA)) == int(stored)


def test_lists_fail_on_demand(twilio: Client, control: FakeTwilioControl) -> None:
    control.fault("refuse", on="read", code=20503)
    with pytest.raises(Exception, match="Unable to fetch page"):
        twilio.messages.list()
    assert twilio.messages.list() == []


def test_a_wish_that_makes_no_sense_is_refused_with_a_sentence(control: FakeTwilioControl) -> None:
    with pytest.raises(StandInRefused, match="not understood"):
        control.fault("catch fire")


# --- status callbacks ---------------------------------------------------------------------------------------
def callback(sapa: Sapa) -> str:
    return f"{sapa.url}/webhooks/twilio/status"


def test_statuses_move_on_and_are_told_in_order_and_signed(
    twilio: Client, control: FakeTwilioControl, sapa: Sapa
) -> None:
    control.callbacks(steps=[["queued", 0], ["sent", 0.02], ["delivered", 0.04], ["read", 0.06]])
    sid = send(twilio, status_callback=callback(sapa)).sid
    assert control.wait_until(lambda: len(sapa.statuses(sid)) == 4)
    assert sapa.statuses(sid) == ["queued", "sent", "delivered", "read"]
    assert all(signed for _, _, signed in sapa.got)
    form = sapa.got[-1][1]
    assert {form["To"], form["From"], form["AccountSid"]} == {RINA, OFFICE, ACCOUNT}
    assert twilio.messages(sid).fetch().status == "read"
    assert control.counts()["callbacks"]["posted"] == {"queued": 1, "sent": 1, "delivered": 1, "read": 1}


@pytest.mark.parametrize(
    ("habits", "told"),
    [
        ({"order": "reversed"}, ["read", "delivered", "sent", "queued"]),
        ({"twice": True}, ["queued", "queued", "sent", "sent", "delivered", "delivered", "read", "read"]),
        ({"told": False}, []),
    ],
)
def test_callbacks_come_out_of_order_twice_or_not_at_all_on_demand(
    twilio: Client, control: FakeTwilioControl, sapa: Sapa, habits: dict[str, Any], told: list[str]
) -> None:
    control.callbacks(steps=AT_ONCE, **habits)
    sid = send(twilio, status_callback=callback(sapa)).sid
    assert control.wait_until(lambda: control.counts()["callbacks"]["pending"] == 0)
    assert sapa.statuses(sid) == told
    assert twilio.messages(sid).fetch().status == "read"


def test_late_callbacks_do_not_hold_up_the_message(twilio: Client, control: FakeTwilioControl, sapa: Sapa) -> None:
    control.callbacks(steps=AT_ONCE, late=0.3)
    sid = send(twilio, status_callback=callback(sapa)).sid
    assert control.wait_until(lambda: twilio.messages(sid).fetch().status == "read", seconds=0.25)
    assert sapa.statuses(sid) == []
    assert control.wait_until(lambda: len(sapa.statuses(sid)) == 4)


@pytest.mark.parametrize(("status", "code"), [("undelivered", 63016), ("failed", 63014)])
def test_a_message_that_was_taken_can_fail_later(
    twilio: Client, control: FakeTwilioControl, sapa: Sapa, status: str, code: int
) -> None:
    control.fault("undelivered", status=status, code=code)
    sid = send(twilio, status_callback=callback(sapa)).sid
    assert control.wait_until(lambda: status in sapa.statuses(sid))
    assert sapa.got[-1][1]["ErrorCode"] == str(code)
    found = twilio.messages(sid).fetch()
    assert (found.status, found.error_code) == (status, code)


def test_a_status_can_be_told_by_hand(twilio: Client, control: FakeTwilioControl, sapa: Sapa) -> None:
    control.callbacks(steps=[])
    sid = send(twilio, status_callback=callback(sapa)).sid
    assert control.tell(sid, "failed", 63014) == 200
    assert sapa.statuses(sid) == ["failed"]


def test_a_silent_receiver_holds_up_no_create(twilio: Client, control: FakeTwilioControl) -> None:
    control.callbacks(steps=AT_ONCE)
    begun = time.monotonic()
    for _ in range(20):
        send(twilio, status_callback="http://127.0.0.1:9/webhooks/twilio/status")
    assert time.monotonic() - begun < 2
    assert control.wait_until(lambda: control.counts()["callbacks"]["refused"] == 80)


# --- a citizen writes ---------------------------------------------------------------------------------------
def test_what_a_citizen_writes_reaches_the_webhook_signed_and_is_listed(
    twilio: Client, control: FakeTwilioControl, sapa: Sapa
) -> None:
    sid = control.write(RINA, OFFICE, "kk sy hilang bgmn urusnya", profile_name="Rina", wait=True)
    path, form, signed = sapa.got[0]
    assert signed
    assert path == "/webhooks/twilio/messages"
    assert form["Body"] == "kk sy hilang bgmn urusnya"
    assert (form["MessageSid"], form["SmsMessageSid"], form["From"], form["To"]) == (sid, sid, RINA, OFFICE)
    assert (form["ProfileName"], form["WaId"], form["NumMedia"]) == ("Rina", "6281100000001", "0")
    listed = twilio.messages.list(to=OFFICE)[0]
    assert (listed.sid, listed.direction, listed.status) == (sid, "inbound", "received")


@pytest.mark.parametrize("body", ["", "😭😭", "مرحبا", "a\x00b", "x" * 65536, "a & b = c + d %41", " \n "])
def test_any_body_arrives_unchanged_and_signed(control: FakeTwilioControl, sapa: Sapa, body: str) -> None:
    control.write(RINA, OFFICE, body, wait=True)
    _, form, signed = sapa.got[0]
    assert signed
    assert form["Body"] == body


def test_a_user_name_has_no_number(control: FakeTwilioControl, sapa: Sapa) -> None:
    control.write(NUR, OFFICE, "halo", wait=True)
    assert sapa.got[0][1]["From"] == NUR
    assert "WaId" not in sapa.got[0][1]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (
            {"latitude": -4.8386, "longitude": 119.5485, "label": "Rumah"},
            {"MessageType": "location", "Latitude": "-4.838600", "Longitude": "119.548500", "Label": "Rumah"},
        ),
        (
            {"button_text": "Ya", "button_payload": "yes"},
            {"MessageType": "button", "ButtonText": "Ya", "ButtonPayload": "yes", "Body": "Ya"},
        ),
        (
            {"list_id": "kk", "list_title": "KK hilang"},
            {"MessageType": "interactive", "ListId": "kk", "ListTitle": "KK hilang"},
        ),
        ({"media": [("text/vcard", b"BEGIN:VCARD")]}, {"MessageType": "contacts", "NumMedia": "1"}),
        (
            {"media": [("image/webp", b"RIFF")], "kind": "sticker"},
            {"MessageType": "sticker", "MediaContentType0": "image/webp"},
        ),
        (
            {"media": [("audio/ogg", b"OggS")]},
            {"MessageType": "audio", "MediaContentType0": "audio/ogg", "Body": ""},
        ),
        ({"body": "x", "extra": {"Forwarded": "true"}}, {"MessageType": "text", "Forwarded": "true"}),
    ],
)
def test_every_kind_of_message_has_twilios_parameters(
    control: FakeTwilioControl, sapa: Sapa, written: dict[str, Any], expected: dict[str, str]
) -> None:
    control.write(RINA, OFFICE, wait=True, **written)
    _, form, signed = sapa.got[0]
    assert signed
    assert expected.items() <= form.items()


def test_a_message_written_while_the_webhook_was_down_is_found_in_the_list_only(
    twilio: Client, control: FakeTwilioControl, sapa: Sapa
) -> None:
    sid = control.write(RINA, OFFICE, "ada orang?", deliveries=0, wait=True)
    assert sapa.got == []
    assert [message.sid for message in twilio.messages.list(to=OFFICE)] == [sid]
    assert control.redeliver(sid) == [200]


def test_the_same_message_is_delivered_twice_on_demand(control: FakeTwilioControl, sapa: Sapa) -> None:
    sid = control.write(RINA, OFFICE, "halo", deliveries=2, wait=True)
    assert [form["MessageSid"] for _, form, _ in sapa.got] == [sid, sid]
    assert sapa.got[0] == sapa.got[1]


def test_the_thread_tells_what_the_webhook_answered(control: FakeTwilioControl, sapa: Sapa) -> None:
    sapa.status = 503
    control.write(RINA, OFFICE, "halo", wait=True)
    assert control.thread([RINA]).messages[0].webhook_status == 503


# --- media --------------------------------------------------------------------------------------------------
PICTURE = b"\x89PNG\r\n\x1a\n invented"


def picture(control: FakeTwilioControl, sapa: Sapa) -> tuple[str, str]:
    """MessageSid and MediaUrl0 of a citizen's picture."""
    sid = control.write(RINA, OFFICE, "ini fotonya", media=[("image/png", PICTURE)], wait=True)
    return sid, sapa.got[-1][1]["MediaUrl0"]


def test_a_picture_is_fetched_with_credentials_over_a_redirect(control: FakeTwilioControl, sapa: Sapa) -> None:
    sid, url = picture(control, sapa)
    assert sid.startswith("MM")
    assert url.startswith(control.base_url)
    assert requests.get(url, timeout=5).status_code == 401
    first = requests.get(url, auth=(ACCOUNT, TOKEN), timeout=5, allow_redirects=False)
    assert first.status_code == 307
    followed = requests.get(url, auth=(ACCOUNT, TOKEN), timeout=5)
    assert (followed.content, followed.headers["Content-Type"]) == (PICTURE, "image/png")


def test_the_cdn_can_be_another_host_that_must_not_see_the_credentials(control: FakeTwilioControl, sapa: Sapa) -> None:
    _, url = picture(control, sapa)
    control.cdn(f"http://localhost:{urlsplit(control.base_url).port}")
    answer = requests.get(url, auth=(ACCOUNT, TOKEN), timeout=5)
    assert answer.content == PICTURE
    assert control.counts()["media_asked_with_credentials"] == 0
    careless = {"Authorization": "Basic " + base64.b64encode(b"leaked").decode()}
    requests.get(answer.url, headers=careless, timeout=5)
    assert control.counts()["media_asked_with_credentials"] == 1


def test_media_are_listed_fetched_and_deleted(twilio: Client, control: FakeTwilioControl, sapa: Sapa) -> None:
    sid, url = picture(control, sapa)
    listed = twilio.messages(sid).media.list()
    assert [(one.content_type, one.parent_sid) for one in listed] == [("image/png", sid)]
    assert twilio.messages(sid).media(listed[0].sid).fetch().sid == listed[0].sid
    assert twilio.messages(sid).media(listed[0].sid).delete()
    assert twilio.messages(sid).media.list() == []
    assert requests.get(url, auth=(ACCOUNT, TOKEN), timeout=5).status_code == 404
    assert control.media(listed[0].sid) == ("image/png", PICTURE)


def test_of_a_deleted_picture_twilio_keeps_no_bytes() -> None:
    store = Store(None)
    store.add(
        Message("SM1", "inbound", RINA, OFFICE, "foto", "received", 0.0),
        [Media("ME1", "SM1", "image/png", PICTURE, "token", 0.0)],
    )
    store.delete_media("ME1")
    (left,) = store.media_of("SM1")
    assert (left.deleted, left.content) == (True, None)
    assert store.on_phone("ME1") == PICTURE, "the phone that sent it has it still"
    store.close()


def test_media_contents_fail_on_demand(control: FakeTwilioControl, sapa: Sapa) -> None:
    _, url = picture(control, sapa)
    control.fault("refuse", on="media", code=20503)
    assert requests.get(url, auth=(ACCOUNT, TOKEN), timeout=5).status_code == 503
    assert requests.get(url, auth=(ACCOUNT, TOKEN), timeout=5).content == PICTURE


# --- looking on ---------------------------------------------------------------------------------------------
def test_the_thread_shows_both_directions_and_then_only_what_changed(
    twilio: Client, control: FakeTwilioControl
) -> None:
    control.callbacks(steps=[])
    control.write(RINA, OFFICE, "halo", deliveries=0)
    send(twilio, "Selamat pagi")
    send(twilio, "untuk orang lain", to=NUR)
    thread = control.thread([RINA])
    assert [(message.inbound, message.body) for message in thread.messages] == [
        (True, "halo"),
        (False, "Selamat pagi"),
    ]
    assert control.news([RINA], thread.version) is None
    send(twilio, "satu lagi")
    news = control.news([RINA], thread.version)
    assert news is not None
    assert [message.body for message in news.messages] == ["satu lagi"]


def test_messages_outlive_a_restart_and_go_on_their_way(tmp_path: Path, sapa: Sapa) -> None:
    store = tmp_path / "twilio.db"
    first = create_fake_twilio(ACCOUNT, TOKEN, sapa.url, store)
    with running(first) as url:
        control = FakeTwilioControl(url)
        control.callbacks(steps=[["queued", 0], ["sent", 30]])
        sid = send(client_of(control), status_callback=callback(sapa)).sid
        control.write(RINA, OFFICE, "foto", media=[("image/png", PICTURE)])
        version = control.thread().version
    first.close()
    second = create_fake_twilio(ACCOUNT, TOKEN, sapa.url, store)
    with running(second) as url:
        control = FakeTwilioControl(url)
        assert control.thread().version >= version
        assert control.media(control.thread([RINA]).messages[1].media[0].sid) == ("image/png", PICTURE)
        assert control.wait_until(lambda: client_of(control).messages(sid).fetch().status == "read")
        assert control.wait_until(lambda: sapa.statuses(sid)[-1:] == ["read"])
    second.close()


def test_a_page_of_another_site_cannot_write_through_the_browser(control: FakeTwilioControl) -> None:
    form = {"from": RINA, "to": OFFICE, "body": "halo"}
    assert requests.post(f"{control.base_url}/control/inbound", data=form, timeout=5).status_code == 415


def test_reset_leaves_nothing(twilio: Client, control: FakeTwilioControl) -> None:
    send(twilio)
    control.fault("refuse", code=20429, times=None)
    control.reset()
    assert (control.counts()["created"], control.faults(), control.sent()) == (0, [], [])


def test_it_tells_its_cpu_time(control: FakeTwilioControl) -> None:
    assert control.cpu_seconds() > 0


def test_an_absent_stand_in_is_a_temporary_error() -> None:
    with pytest.raises(StandInUnreachable) as caught:
        FakeTwilioControl("http://127.0.0.1:9").counts()
    assert not caught.value.permanent


def test_connections_are_kept_open(control: FakeTwilioControl) -> None:
    with urllib3.HTTPConnectionPool("127.0.0.1", urlsplit(control.base_url).port, maxsize=1) as pool:
        for _ in range(3):
            pool.request("GET", "/control/counts")
        assert pool.num_connections == 1
