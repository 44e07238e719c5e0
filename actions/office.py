"""Where the office is, how to reach it, and what the queue is like."""

from __future__ import annotations

from dataclasses import replace

from actions.faq import special_case
from actions.hours import open_now
from actions.keywords import read_keyword
from actions.subject import after, say, subject_named, tell
from actions.way import way_label
from bot.contracts import Choice, Decision, Reading, Talk
from bot.knowledge import Knowledge

PERSON = Choice("Bicara dengan petugas", "talk_to_human")


def ask_location(reading: Reading, talk: Talk, knowledge: Knowledge) -> Decision:
    named = reading.service or (keyword.service if (keyword := read_keyword(reading.text, knowledge)) else None)
    subject = subject_named(named, knowledge)
    if subject and subject.service:
        way = say("where_service", talk, subject, subject=subject.name, way=way_label(subject.service, knowledge))
        return replace(after(way, place := _place(talk, knowledge)), memory=replace(place.memory, service=subject.id))
    return _place(talk, knowledge)


def _place(talk: Talk, knowledge: Knowledge) -> Decision:
    office = knowledge.office
    address, districts = office.fact("office_address"), office.fact("kecamatan_services")
    if not address:
        unknown = say("location_unknown", talk, None, (PERSON,), office=office.name, districts=districts)
        return after(unknown, open_now(talk, knowledge))
    link = office.fact("maps_link")
    place = say("location", talk, office=office.name, address=address, map=link, districts=districts)
    return after(place, open_now(talk, knowledge))


def ask_contact(reading: Reading, talk: Talk, knowledge: Knowledge) -> Decision:
    if answer := special_case(reading, None, knowledge):
        return tell(answer, talk)
    office = knowledge.office
    channels = "\n".join(f"• {way.name}: {way.reach}" for way in office.channels)
    return say(
        "contact",
        talk,
        None,
        (PERSON,),
        office=office.name,
        channels=channels,
        number=office.fact("official_number"),
        email=office.fact("official_email"),
    )


def ask_queue(reading: Reading, talk: Talk, knowledge: Knowledge) -> Decision:
    return after(say("queue", talk, None, (PERSON,)), open_now(talk, knowledge))
