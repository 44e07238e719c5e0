"""Templates: sent through the official client, found again in Twilio's list, answered by their buttons."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.contracts import OutgoingMessage, TemplateMessage
from bot.errors import TwilioBusy, TwilioOutcomeUnknown, TwilioRefused, WayError
from bot.gateways.fake_twilio import FakeTwilioControl, create_fake_twilio, running
from bot.gateways.twilio import TwilioMessenger
from bot.knowledge import load_templates
from tests.gateways.test_fake_twilio import ACCOUNT, AT_ONCE, OFFICE, TOKEN, Sapa

KNOWLEDGE = Path(__file__).parents[2] / "data" / "knowledge"
ALERT = load_templates(KNOWLEDGE)["alert"]
SID = "HX" + "a" * 32
OFFICER = "whatsapp:+6281100000009"
TOLD = {
    "number": "PKP-2611-0042K",
    "level": "terlambat",
    "subject": "KK hilang/rusak",
    "deadline": "hari ini pukul 10.15 WITA",
    "notice": "7",
}
MESSAGE = ALERT.message(TOLD, sender=OFFICE, recipient=OFFICER, content_sid=SID, reference="7", about="notice")
FREE_TEXT = OutgoingMessage(OFFICE, OFFICER, "Halo")


@pytest.fixture
def sapa() -> Iterator[Sapa]:
    app = Sapa()
    with running(app) as url:
        app.url = url
        yield app


@pytest.fixture
def control(sapa: Sapa) -> Iterator[FakeTwilioControl]:
    app = create_fake_twilio(ACCOUNT, TOKEN, sapa.url)
    with running(app) as url:
        control = FakeTwilioControl(url)
        control.template(
            SID, ALERT.body, variables=ALERT.samples, buttons=[(one.title, one.payload) for one in ALERT.buttons]
        )
        yield control
    app.close()


@pytest.fixture
def messenger(control: FakeTwilioControl, sapa: Sapa) -> TwilioMessenger:
    return TwilioMessenger(ACCOUNT, TOKEN, control.base_url, sapa.url)


def trouble(messenger: TwilioMessenger, message: TemplateMessage = MESSAGE) -> WayError:
    with pytest.raises(WayError) as caught:
        messenger.send_template(message)
    return caught.value


# --- sending ------------------------------------------------------------------------------------------------
def test_a_template_reaches_the_phone_filled(messenger: TwilioMessenger, control: FakeTwilioControl) -> None:
    sent = messenger.send_template(MESSAGE)
    [seen] = control.sent(OFFICER)
    assert (seen.sid, seen.body, seen.buttons) == (sent.sid, MESSAGE.body, ["AMBIL"])
    assert "PKP-2611-0042K" in seen.body
    assert "{{" not in seen.body


def test_a_template_whose_answer_was_lost_is_found_by_how_it_reads(
    messenger: TwilioMessenger, control: FakeTwilioControl
) -> None:
    control.fault("drop", stored=True)
    assert isinstance(trouble(messenger), TwilioOutcomeUnknown)
    listed = messenger.list_sent(OFFICER, datetime.now(UTC) - timedelta(minutes=1))
    assert [one.body for one in listed] == [MESSAGE.body]


def test_receipts_name_what_they_are_about(messenger: TwilioMessenger, control: FakeTwilioControl, sapa: Sapa) -> None:
    control.callbacks(steps=AT_ONCE)
    control.fault("undelivered", code=63024, times=1)
    messenger.send_template(MESSAGE)
    messenger.send(replace(FREE_TEXT, reference="7"))
    assert control.wait_until(lambda: len(sapa.queries) >= 6)
    assert set(sapa.queries) == {"notice=7", "message=7"}
    assert all(signed for _, _, signed in sapa.got)


@pytest.mark.parametrize(
    ("variables", "says"),
    [
        ({"1": "PKP-2611-0042K", "3": "KK", "4": "besok"}, "Perihal: KK."),
        ({"2": "KK"}, "tiket PKP-2611-0042K"),
    ],
)
def test_what_is_left_out_is_the_approved_sample(
    messenger: TwilioMessenger, variables: dict[str, str], says: str
) -> None:
    assert says in messenger.send_template(replace(MESSAGE, variables=variables)).body


def test_any_value_is_made_fit_for_whatsapp(messenger: TwilioMessenger) -> None:
    unfit = TOLD | {"number": "PKP-1", "subject": "KK\nhilang\t dan     rusak 😭", "deadline": " "}
    message = ALERT.message(unfit, sender=OFFICE, recipient=OFFICER, content_sid=SID)
    assert messenger.send_template(message).body == message.body
    assert "KK hilang dan rusak 😭. Batas waktu: -." in message.body


# --- trouble ------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("value", ["", "satu\ndua", "satu\tdua", "a     b"])
def test_values_that_whatsapp_refuses_are_refused(
    messenger: TwilioMessenger, control: FakeTwilioControl, value: str
) -> None:
    error = trouble(messenger, replace(MESSAGE, variables={"1": value}))
    assert (type(error), error.code, control.sent()) == (TwilioRefused, 21656, [])


@pytest.mark.parametrize("sid", ["HX" + "b" * 32, "HX1", "alert"])
def test_a_template_the_account_has_not_is_an_installation_to_put_right(messenger: TwilioMessenger, sid: str) -> None:
    error = trouble(messenger, replace(MESSAGE, content_sid=sid))
    assert (type(error), error.code, error.reason) == (TwilioBusy, 21655, "installation")


@pytest.mark.parametrize(
    ("code", "kind"), [(63014, TwilioRefused), (20429, TwilioBusy), (20003, TwilioBusy), (20500, TwilioOutcomeUnknown)]
)
def test_errors_mean_the_same_as_for_any_message(
    messenger: TwilioMessenger, control: FakeTwilioControl, code: int, kind: type[WayError]
) -> None:
    control.fault("refuse", code=code)
    assert type(trouble(messenger)) is kind


def test_variables_need_a_template(messenger: TwilioMessenger, control: FakeTwilioControl) -> None:
    assert trouble(messenger, replace(MESSAGE, content_sid="")).code == 21654
    assert control.sent() == []


# --- the 24 hours -------------------------------------------------------------------------------------------
def test_a_template_passes_where_free_text_does_not(messenger: TwilioMessenger, control: FakeTwilioControl) -> None:
    control.callbacks(steps=AT_ONCE)
    control.window(3600)
    messenger.send(FREE_TEXT)
    messenger.send_template(MESSAGE)
    assert control.wait_until(lambda: ends(control) == [("undelivered", 63016), ("read", None)])


def test_free_text_passes_once_the_other_side_has_written(
    messenger: TwilioMessenger, control: FakeTwilioControl
) -> None:
    control.callbacks(steps=AT_ONCE)
    control.window(3600)
    control.write(OFFICER, OFFICE, "halo", deliveries=0)
    messenger.send(FREE_TEXT)
    assert control.wait_until(lambda: ends(control) == [("read", None)])
    control.window(0)
    messenger.send(FREE_TEXT)
    assert control.wait_until(lambda: ends(control)[1:] == [("undelivered", 63016)])


def test_a_window_closed_on_demand_spares_templates(messenger: TwilioMessenger, control: FakeTwilioControl) -> None:
    control.fault("refuse", code=63016, times=None)
    messenger.send_template(MESSAGE)
    with pytest.raises(TwilioRefused):
        messenger.send(FREE_TEXT)


def ends(control: FakeTwilioControl) -> list[tuple[str, int | None]]:
    return [(one.status, one.error_code) for one in control.sent(OFFICER)]


# --- the button ---------------------------------------------------------------------------------------------
def test_a_pressed_button_tells_which_ticket(
    messenger: TwilioMessenger, control: FakeTwilioControl, sapa: Sapa
) -> None:
    sent = messenger.send_template(MESSAGE)
    control.press(sent.sid, wait=True)
    _, form, signed = sapa.got[-1]
    assert signed
    assert (form["MessageType"], form["ButtonText"], form["ButtonPayload"], form["Body"]) == (
        "button",
        "AMBIL",
        "AMBIL PKP-2611-0042K",
        "AMBIL",
    )
    assert (form["From"], form["To"], form["OriginalRepliedMessageSid"]) == (OFFICER, OFFICE, sent.sid)


def test_there_is_no_button_to_press_on_free_text(messenger: TwilioMessenger, control: FakeTwilioControl) -> None:
    sent = messenger.send(FREE_TEXT)
    with pytest.raises(Exception, match="has 0 buttons"):
        control.press(sent.sid)


# --- the account --------------------------------------------------------------------------------------------
def test_templates_outlive_a_restart_and_a_reset(tmp_path: Path, sapa: Sapa) -> None:
    for _ in range(2):
        app = create_fake_twilio(ACCOUNT, TOKEN, sapa.url, tmp_path / "twilio.db")
        with running(app) as url:
            control = FakeTwilioControl(url)
            known = [one["sid"] for one in control.templates()]
            control.template(SID, ALERT.body)
            control.reset()
        app.close()
    assert known == [SID]
