"""What happened in the invented office before the pictures are taken."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.contracts import Actor, Outcome, Role
from bot.desk import answers, backlog, claims
from bot.flow.watch import raise_alerts
from bot.models import Contact, Conversation, Post, Staff, Ticket
from bot.rules import OfficeRules
from tests.installation import Installation
from tests.pictures import picture_of

TUESDAY = datetime(2026, 11, 24, 0, 30, tzinfo=UTC)  # 08.30 WITA
JPEG = "image/jpeg"
BIRTH = ("kk", "surat_ket_lahir", "buku_nikah", "f_2_01")
BLURRED = "buku_nikah"
LONG_NAME = "Muhammad Nur Alamsyah Daeng Situju bin Abdul Rahman Karaeng Labakkang"
RINA, SITTI, NUR, BASRI, WATI, ANWAR = (f"whatsapp:+6281100000{number}" for number in range(201, 207))


def a_morning(sapa: Installation) -> None:
    """Six citizens between 08.30 and 09.50: one waits too long, one sent papers, one is answered, one was done with."""
    sapa.clock.set(TUESDAY)
    _asks(sapa, WATI, "Wati", "akta kematian bapak saya bagaimana", "mau bicara dengan petugas")
    reply(sapa, "Ridwan", WATI, "Selamat pagi, Bu Wati. Suratnya cukup dari kelurahan. Ada lagi yang ditanyakan?")
    _asks(sapa, WATI, "Wati", "sudah jelas, terima kasih pak")
    _done(sapa, "Ridwan", WATI)
    _asks(sapa, RINA, "Rina", "kk sy hilang bgmn urusnya", "saya mau bicara dengan petugas")
    sapa.clock.advance(minutes=10)
    send_papers(sapa)
    sapa.clock.advance(minutes=25)
    _asks(sapa, NUR, LONG_NAME, "sudah tiga minggu ktp saya tidak jadi, tidak ada kabar", "petugas")
    sapa.clock.advance(minutes=10)
    _asks(sapa, BASRI, "Basri", "ada yg minta uang katanya petugas capil")
    _asks(sapa, ANWAR, "Anwar", "pindah ke makassar syaratnya apa", "mau bicara dengan orang saja")
    reply(sapa, "Ridwan", ANWAR, "Baik, Pak Anwar, saya periksa dulu sebentar.")
    sapa.clock.advance(minutes=8)
    alarm(sapa)


def send_papers(sapa: Installation) -> None:
    """A mother sends four papers for her child's birth certificate; one of them is not sharp."""
    _asks(sapa, SITTI, "Sitti", "mau kirim berkas akta lahir bayi", "setuju", "1", "1", "1")
    sapa.clock.advance(minutes=1)
    for place, document in enumerate(BIRTH):
        picture = picture_of(document, place, defects=["blurred"] if document == BLURRED else [])
        sapa.write("", citizen=SITTI, profile_name="Sitti", media=[(JPEG, picture)])
    sapa.settle(120)
    _asks(sapa, SITTI, "Sitti", "buku nikah", "kirim", "ya")


def a_crowd(sapa: Installation, count: int) -> None:
    """So many more wait, one every second."""
    with sapa.database.transaction(conversation_office(sapa)) as session:
        for number in range(count):
            at = sapa.clock() + timedelta(seconds=number)
            contact = Contact(address=f"whatsapp:+62811{number:08}", profile_name=f"Warga {number}", created_at=at)
            session.add(contact)
            session.flush()
            talk = Conversation(contact_id=contact.id)
            session.add(talk)
            session.flush()
            waits = {"kind": "talk_to_human", "opened_at": at, "queued_at": at}
            session.add(Ticket(conversation_id=talk.id, number=f"PKP-2611-{5000 + number}K", **waits))


def conversation_office(sapa: Installation) -> int:
    return _office(sapa, conversation_of(sapa, RINA))


def a_day_later(sapa: Installation) -> None:
    """The clock goes on to Wednesday morning, and nobody did anything."""
    sapa.clock.advance(hours=24, minutes=20)
    alarm(sapa)


def alarm(sapa: Installation) -> None:
    """The clock looks what is due; it and the worker are alive."""
    with sapa.database.transaction() as session:
        for process in ("worker", "clock"):
            backlog.beat(session, process, sapa.clock())
    raise_alerts(sapa.database, sapa.line.assistant.rules, (), sapa.clock())


def conversation_of(sapa: Installation, citizen: str) -> int:
    with sapa.database.reading() as session:
        found = select(Conversation.id).join(Contact, Contact.id == Conversation.contact_id)
        return session.scalars(found.where(Contact.address == citizen)).one()


def actor_of(session: Session, first_name: str) -> Actor:
    found = select(Post).join(Staff, Staff.id == Post.staff_id).where(Staff.name.startswith(first_name))
    post = session.scalars(found).one()
    return Actor(post.id, post.office_id, Role(post.role))


def rules_of(sapa: Installation) -> OfficeRules:
    return sapa.line.assistant.rules("PKP")


def _asks(sapa: Installation, citizen: str, name: str, *bodies: str) -> None:
    for body in bodies:
        sapa.clock.advance(seconds=40)
        sapa.ask(body, citizen=citizen, profile_name=name)


def reply(sapa: Installation, first_name: str, citizen: str, words: str) -> None:
    """Takes the conversation and answers."""
    sapa.clock.advance(minutes=2)
    conversation = conversation_of(sapa, citizen)
    with sapa.database.transaction(_office(sapa, conversation)) as session:
        actor = actor_of(session, first_name)
        answers.reply(
            session,
            actor,
            conversation,
            words,
            send_key=f"{first_name} {words[:20]}",
            rules=rules_of(sapa),
            now=sapa.clock(),
        )
    sapa.settle()


def _done(sapa: Installation, first_name: str, citizen: str) -> None:
    sapa.clock.advance(minutes=2)
    conversation = conversation_of(sapa, citizen)
    with sapa.database.transaction(_office(sapa, conversation)) as session:
        actor, rules, now = actor_of(session, first_name), rules_of(sapa), sapa.clock()
        claims.claim(session, actor, conversation, rules, now)
        answers.resolve(session, actor, conversation, Outcome.ANSWERED, farewell="", rules=rules, now=now)


def _office(sapa: Installation, conversation: int) -> int:
    with sapa.database.reading() as session:
        return session.get_one(Conversation, conversation).office_id
