"""What a turn asks: which readings of its messages to answer, each once.

People send one sentence in pieces, two questions in one message, and a greeting around both. So:

1. a message that answers pending choices is that choice, whatever the NLU would read in it;
2. pieces of one sentence are read together, when a piece alone says too little;
3. further questions of a message (`Reading.also`) count like messages of their own;
4. a question that names no service speaks of the one named beside it;
5. small talk is left out beside a question, and nothing is answered twice.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from actions.additions import addition
from actions.choices import is_address, numbers_in, picked, reading_of
from actions.documents.captions import is_caption
from actions.documents.reading import read_documents
from actions.keywords import read_command, read_keyword
from actions.second_look import is_sure, second_look
from actions.subject import covers
from actions.waiting import about_the_wait
from actions.words import words
from bot.contracts import Memory, Reading, ReadingSource, Said, Talk, Turn
from bot.knowledge import Knowledge

AT_MOST = 3
_SMALL_TALK = frozenset({"greet", "thank", "goodbye", "affirm", "deny", "help", "out_of_scope"})
_ON_A_CARD = frozenset({"ask_cost", "ask_duration"})
_OF_FILES = frozenset({"delete_document", "replace_document"})
_THANKS = ("🙏", "👍", "❤", "😊", "👌")


@dataclass(frozen=True, slots=True)
class Questions:
    """``clear`` are to be answered, in order; ``unclear`` were not understood; ``unread`` counts texts that nobody
    could read (the NLU is down and no keyword helps); ``left_over`` says that something clear is left unanswered."""

    clear: tuple[Reading, ...] = ()
    unclear: tuple[Reading, ...] = ()
    unread: int = 0
    left_over: bool = False


def questions(turn: Turn, talk: Talk, knowledge: Knowledge) -> Questions:
    texts = [
        said for said in turn.said if (said.text.strip() or said.payload) and not is_caption(said, talk, knowledge)
    ]
    picks = [reading for said in texts for reading in _picks(said, talk.memory, knowledge)]
    unpicked = [said for said in texts if not _picks(said, talk.memory, knowledge)]
    read = [_answering(said.answered_to, _read(said, turn, talk, knowledge)) for said in unpicked]
    pieces = [reading for reading in read if reading is not None]
    if turn.together and len(pieces) > 1 and _is_one_sentence(pieces, turn.together, knowledge):
        answered = {said.answered_to for said in unpicked if said.answered_to is not None}
        pieces = [replace(turn.together, answered_to=answered.pop() if len(answered) == 1 else None)]
    every = [one for reading in (*picks, *pieces) for one in (reading, *reading.also)]
    clear = _once(_about_the_same([one for one in every if is_sure(one)], knowledge), knowledge)
    if len(clear) > AT_MOST:
        clear = _without_told_by_a_card(clear, knowledge)
    return Questions(
        clear=clear[:AT_MOST],
        unclear=tuple(one for one in every if not is_sure(one)),
        unread=sum(1 for reading in read if reading is None),
        left_over=len(clear) > AT_MOST,
    )


def _answering(file: int | None, reading: Reading | None) -> Reading | None:
    """The reading, of the picture that its message replies to."""
    if reading is None or file is None:
        return reading
    also = tuple(replace(one, answered_to=file) for one in reading.also)
    return replace(reading, answered_to=file, also=also)


def _picks(said: Said, memory: Memory, knowledge: Knowledge) -> tuple[Reading, ...]:
    """What a message picks; a word we asked people to write ("petugas") is itself at any step."""
    if not said.payload and read_command(said.text, knowledge):
        return ()
    return tuple(reading_of(choice, said.text) for choice in picked(said.text, memory, said.payload))


def _read(said: Said, turn: Turn, talk: Talk, knowledge: Knowledge) -> Reading | None:
    """A text's meaning; None when nothing could read it."""
    memory = talk.memory
    if not words(said.text):
        thanks = any(sign in said.text for sign in _THANKS)
        return _own(said, "thank" if thanks else "help")
    if documents := _about_documents(said, talk, knowledge):
        return documents
    if numbers_in(said.text):
        return _own(said, "affirm" if memory.choices else "help")
    if command := read_command(said.text, knowledge):
        return command
    if is_address(said.text):
        return _own(said, "greet")
    reading = said.reading if turn.nlu_available else None
    if wait := about_the_wait(said.text, reading, talk, knowledge):
        return wait
    reading = second_look(reading, memory, knowledge) if reading else read_keyword(said.text, knowledge)
    if added := addition(said.text, reading, memory):
        return added
    if reading and reading.intent == "affirm" and is_sure(reading):
        only = [choice for choice in memory.choices if choice.intent != "help"]
        return reading_of(only[0], said.text) if len(only) == 1 else reading
    return reading


def _about_documents(said: Said, talk: Talk, knowledge: Knowledge) -> Reading | None:
    """A word of the conversation about documents; the words we asked people to write stay what they are, but BATAL
    and KIRIM BERKAS within a submission are about it."""
    command = read_command(said.text, knowledge)
    if command and command.intent not in ("cancel", "start_submission"):
        return None
    return read_documents(said.text, talk, knowledge, said.answered_to)


def _own(said: Said, intent: str) -> Reading:
    return Reading(text=said.text, intent=intent, confidence=1.0, source=ReadingSource.KEYWORD)


def _is_one_sentence(pieces: Sequence[Reading], together: Reading, knowledge: Knowledge) -> bool:
    """Whether the joined text says it better: but for one question the pieces say too little by themselves, or
    they name different services of one question ("kk saya" + "hilang")."""
    if not _is_clear(together) or together.intent in _SMALL_TALK:
        return False
    asked = [piece for piece in pieces if not (_is_clear(piece) and piece.intent in _SMALL_TALK)]
    clear = _once([piece for piece in asked if _is_clear(piece)], knowledge)
    if len(clear) < 2:
        return len(clear) < len(asked)
    same_question = {piece.intent for piece in asked} == {together.intent}
    narrower = covers(asked[0].service, together.service, knowledge) and together.service != asked[0].service
    return same_question and narrower


def _is_clear(reading: Reading) -> bool:
    """A piece like "hilang" is nobody's business by itself."""
    return is_sure(reading) and reading.intent != "out_of_scope"


def _about_the_same(readings: list[Reading], knowledge: Knowledge) -> list[Reading]:
    """Each question that may speak of a service and names none gets the one named before it, else after it."""
    named = next((reading.service for reading in readings if reading.service), None)
    result = []
    for reading in readings:
        named = reading.service or named
        intent = knowledge.intents.get(reading.intent)
        speaks_of_service = intent is not None and intent.service_role != "no"
        result.append(replace(reading, service=named) if speaks_of_service else reading)
    return result


def _without_told_by_a_card(clear: tuple[Reading, ...], knowledge: Knowledge) -> tuple[Reading, ...]:
    """Cost and time stand on a service's card already: room for what does not."""
    cards = {one.service for one in clear if one.intent == "ask_service" and knowledge.service(one.service)}
    return tuple(one for one in clear if one.intent not in _ON_A_CARD or one.service not in cards)


def _once(readings: list[Reading], knowledge: Knowledge) -> tuple[Reading, ...]:
    real = [reading for reading in readings if reading.intent not in _SMALL_TALK]
    kept: list[Reading] = []
    for reading in real or readings[-1:]:
        alike = [one for one in kept if _is_alike(one, reading)]
        if any(covers(reading.service, one.service, knowledge) for one in alike):
            continue
        kept = [one for one in kept if one not in alike or not covers(one.service, reading.service, knowledge)]
        kept.append(reading)
    return tuple(kept)


def _is_alike(one: Reading, other: Reading) -> bool:
    """Two words about different files are two wishes."""
    of_files = one.intent in _OF_FILES and (one.text, one.answered_to) != (other.text, other.answered_to)
    return (one.intent, one.part, one.value) == (other.intent, other.part, other.value) and not of_files
