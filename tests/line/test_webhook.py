"""The door: what Twilio posts is kept once and answered at once; anything else is turned away."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
import requests
from sqlalchemy import func, select

from bot.contracts import MessageKind
from bot.models import Attachment, Contact, InboundMessage, StrayDelivery
from tests.installation import ACCOUNT, CITIZEN, OFFICE, TOKEN, Installation, installation

MESSAGES = "/webhooks/twilio/messages"


def form(**more: str) -> dict[str, str]:
    return {
        "MessageSid": "SM" + "1" * 32,
        "AccountSid": ACCOUNT,
        "From": CITIZEN,
        "To": OFFICE,
        "Body": "halo",
        "NumMedia": "0",
    } | more


def kept(sapa: Installation) -> list[InboundMessage]:
    with sapa.database.reading() as session:
        return list(session.scalars(select(InboundMessage).order_by(InboundMessage.id)))


def test_a_signed_message_is_kept_with_its_whole_form(deaf_sapa: Installation) -> None:
    answer = deaf_sapa.post(MESSAGES, form(ProfileName="Ibu R.", SomethingNew="x"))
    assert answer.status_code == 200
    assert answer.headers["Content-Type"].startswith("text/xml")
    assert answer.text.endswith("<Response/>")
    [message] = kept(deaf_sapa)
    assert message.form["SomethingNew"] == "x"
    assert message.kind is MessageKind.TEXT


def test_a_repeated_delivery_is_kept_once(deaf_sapa: Installation) -> None:
    for _ in range(3):
        assert deaf_sapa.post(MESSAGES, form()).status_code == 200
    assert len(kept(deaf_sapa)) == 1


def test_a_new_citizens_messages_that_come_at_once_are_one_conversation(deaf_sapa: Installation) -> None:
    forms = [form(MessageSid=f"SM{number}") for number in range(8)]
    with ThreadPoolExecutor(len(forms)) as pool:
        assert {answer.status_code for answer in pool.map(lambda one: deaf_sapa.post(MESSAGES, one), forms)} == {200}
    messages = kept(deaf_sapa)
    assert len({message.conversation_id for message in messages}) == 1
    assert sorted(message.seq for message in messages) == list(range(1, 9))


@pytest.mark.parametrize("token", ["not-the-token", ""])
def test_a_wrong_signature_is_refused_and_nothing_kept(deaf_sapa: Installation, token: str) -> None:
    assert deaf_sapa.post(MESSAGES, form(), token=token).status_code == 403
    assert kept(deaf_sapa) == []


def test_a_missing_signature_is_refused_and_nothing_kept(deaf_sapa: Installation) -> None:
    url = deaf_sapa.settings.public_url + MESSAGES
    assert requests.post(url, data=form(), timeout=5).status_code == 403
    assert requests.post(url + "/../status", data=form(), timeout=5).status_code == 403
    assert kept(deaf_sapa) == []


def test_a_changed_form_is_refused(deaf_sapa: Installation) -> None:
    url = deaf_sapa.settings.public_url + MESSAGES
    from twilio.request_validator import RequestValidator

    signature = RequestValidator(TOKEN).compute_signature(url, form())
    answer = requests.post(url, data=form(Body="lain"), headers={"X-Twilio-Signature": signature}, timeout=5)
    assert answer.status_code == 403


def test_wrong_method_and_wrong_content_type_are_turned_away(deaf_sapa: Installation) -> None:
    url = deaf_sapa.settings.public_url + MESSAGES
    assert requests.get(url, timeout=5).status_code == 405
    assert requests.post(url, json=form(), timeout=5).status_code == 415
    assert kept(deaf_sapa) == []


def test_the_token_being_rotated_out_still_counts(database_url: str) -> None:
    with installation(database_url, "http://127.0.0.1:9", twilio_auth_token_previous="old-token") as sapa:
        assert sapa.post(MESSAGES, form(), token="old-token").status_code == 200
        assert sapa.post(MESSAGES, form(MessageSid="SM2")).status_code == 200
        assert len(kept(sapa)) == 2


def test_a_sender_without_a_number_is_a_citizen_like_any_other(deaf_sapa: Installation) -> None:
    sender = "whatsapp:ID." + "a1B2" * 30
    assert deaf_sapa.post(MESSAGES, form(From=sender)).status_code == 200
    with deaf_sapa.database.reading() as session:
        assert session.scalar(select(Contact.address)) == sender


def test_a_message_to_no_office_is_kept_as_a_stray(deaf_sapa: Installation) -> None:
    for _ in range(2):
        assert deaf_sapa.post(MESSAGES, form(To="whatsapp:+6281199999999")).status_code == 200
    with deaf_sapa.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(StrayDelivery)) == 1
    metrics = requests.get(deaf_sapa.settings.public_url + "/metrics", timeout=5).text
    assert 'sapa_backlog{kind="strays"} 1.0' in metrics


def test_every_file_of_a_message_has_a_row(deaf_sapa: Installation) -> None:
    media = {"NumMedia": "2"}
    for place in range(2):
        media |= {f"MediaUrl{place}": f"https://api.twilio.com/m/{place}", f"MediaContentType{place}": "image/jpeg"}
    deaf_sapa.post(MESSAGES, form(**media))
    with deaf_sapa.database.reading() as session:
        files = session.execute(select(Attachment.place, Attachment.state).order_by(Attachment.place)).all()
    assert [(place, str(state)) for place, state in files] == [(0, "pending"), (1, "pending")]


ODD_BODIES = {
    "nul": "ktp\x00 hilang",
    "64 kB": "ا" * 65_536,
    "emoji": "👨‍👩‍👧‍👦🙏🏽",
    "right to left": "‮ktp hilang‬ שלום",
    "empty": "",
}


@pytest.mark.parametrize("body", ODD_BODIES.values(), ids=ODD_BODIES.keys())
def test_an_odd_body_is_kept(deaf_sapa: Installation, body: str) -> None:
    assert deaf_sapa.post(MESSAGES, form(Body=body)).status_code == 200
    [message] = kept(deaf_sapa)
    assert message.body == body.replace("\x00", "")
    assert message.form["Body"] == body


KINDS = {
    MessageKind.BUTTON: {"ButtonText": "Ya", "ButtonPayload": "ya"},
    MessageKind.LIST_CHOICE: {"ListId": "ktp_hilang", "ListTitle": "KTP hilang"},
    MessageKind.LOCATION: {"Latitude": "-4.83", "Longitude": "119.55", "Body": ""},
    MessageKind.STICKER: {
        "NumMedia": "1",
        "MediaUrl0": "https://x/1",
        "MediaContentType0": "image/webp",
        "MessageType": "sticker",
        "Body": "",
    },
    MessageKind.IMAGE: {"NumMedia": "1", "MediaUrl0": "https://x/1", "MediaContentType0": "image/webp", "Body": ""},
    MessageKind.VOICE: {"NumMedia": "1", "MediaUrl0": "https://x/1", "MediaContentType0": "audio/ogg", "Body": ""},
    MessageKind.VIDEO: {"NumMedia": "1", "MediaUrl0": "https://x/1", "MediaContentType0": "video/mp4", "Body": ""},
    MessageKind.CONTACT: {"NumMedia": "1", "MediaUrl0": "https://x/1", "MediaContentType0": "text/vcard", "Body": ""},
    MessageKind.DOCUMENT: {"NumMedia": "1", "MediaUrl0": "https://x/1", "MediaContentType0": "application/pdf"},
    MessageKind.UNSUPPORTED: {"MessageType": "hologram", "Body": ""},
}


@pytest.mark.parametrize("kind", KINDS, ids=str)
def test_every_kind_of_message_is_told_apart(deaf_sapa: Installation, kind: MessageKind) -> None:
    assert deaf_sapa.post(MESSAGES, form(**KINDS[kind])).status_code == 200
    assert [message.kind for message in kept(deaf_sapa)] == [kind]
