"""Candidates: messages from which the assistant may learn, without what tells who wrote them.

People label them and add them to the training examples. Nothing unmasked leaves this module.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import groupby

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from bot.contracts import EventKind, InboundState
from bot.desk.alike import Candidate, Why, merge
from bot.masking import Vocabulary, mask, parts_of, says_something
from bot.masking.vocabulary import folded
from bot.models import Contact, Conversation, Event, InboundMessage, Turn

SHARED_BY = 3
"""Citizens who must have written a word that no example knows before it is shown."""
LONGEST = 1_000  # characters the NLU was asked about
RIGHT_AFTER = timedelta(minutes=10)
_CORRECTS = re.compile(r"\W*(?:bukan|bkn|salah|maksud|mksd|mksud)", re.IGNORECASE)


_Message = Row[int, str, str | None, float | None, str | None, datetime, datetime, InboundState, str]
_MESSAGES = (
    select(
        InboundMessage.conversation_id,
        InboundMessage.body,
        InboundMessage.intent,
        InboundMessage.confidence,
        InboundMessage.service,
        InboundMessage.received_at,
        Turn.answered_at,
        InboundMessage.state,
        Contact.profile_name,
    )
    .join(Turn, Turn.id == InboundMessage.turn_id)
    .join(Conversation, Conversation.id == InboundMessage.conversation_id)
    .join(Contact, Contact.id == Conversation.contact_id)
    .order_by(InboundMessage.conversation_id, InboundMessage.seq)
)


def candidates(session: Session, *, since: datetime, below: float, vocabulary: Vocabulary) -> list[Candidate]:
    """Messages received since then that were read with a confidence under ``below`` or as out of scope, that were
    answered as not understood, or that the citizen corrected; near-duplicates merged, newest first."""
    messages = session.execute(_MESSAGES.where(InboundMessage.received_at >= since)).all()
    understood = _understood(session, since)
    vocabulary = vocabulary.with_shared(_shared_words(messages, vocabulary))
    found = [
        Candidate(
            text=mask(message.body[:LONGEST], message.profile_name, vocabulary),
            intent=message.intent or "",
            service=message.service,
            confidence=message.confidence or 0.0,
            why=why,
            then=then,
            at=message.received_at,
        )
        for message, why, then in _telling(messages, understood, below)
    ]
    return merge([one for one in found if says_something(one.text, vocabulary)])


def _understood(session: Session, since: datetime) -> Mapping[tuple[int, datetime], tuple[str, ...]]:
    """What each turn was understood as, by conversation and time of the answer."""
    rows = session.execute(
        select(Event.conversation_id, Event.at, Event.data).where(Event.kind == EventKind.UNDERSTOOD, Event.at >= since)
    )
    return {(row.conversation_id, row.at): tuple(row.data.get("intents", ())) for row in rows}


def _shared_words(messages: Sequence[_Message], vocabulary: Vocabulary) -> Iterator[str]:
    """Words of several citizens; what is part of anybody's name is not among them."""
    writers: dict[str, set[int]] = defaultdict(set)
    names: set[str] = set()
    for message in messages:
        names |= parts_of(message.profile_name)
        for word in vocabulary.words_of(message.body):
            writers[folded(word)].add(message.conversation_id)
    return (word for word, citizens in writers.items() if len(citizens) >= SHARED_BY and word not in names)


def _telling(
    messages: Sequence[_Message], understood: Mapping[tuple[int, datetime], tuple[str, ...]], below: float
) -> Iterator[tuple[_Message, frozenset[Why], tuple[str, ...]]]:
    """The messages to learn from, each with why and with how the turn right after it was understood."""
    for _, of_one in groupby(messages, key=lambda message: message.conversation_id):
        said = list(of_one)
        for place, message in enumerate(said):
            if message.intent is None:
                continue
            following = next((later for later in said[place + 1 :] if later.answered_at > message.answered_at), None)
            if following and following.received_at - message.received_at > RIGHT_AFTER:
                following = None
            then = understood.get((following.conversation_id, following.answered_at), ()) if following else ()
            meaning = understood.get((message.conversation_id, message.answered_at))
            missed = message.state is InboundState.ANSWERED and meaning == ()
            why = _why(message, following, then, missed, below)
            if why:
                yield message, why, then if why & {Why.NOT_UNDERSTOOD, Why.CORRECTED} else ()


def _why(
    message: _Message, following: _Message | None, then: Sequence[str], missed: bool, below: float
) -> frozenset[Why]:
    picked = following is not None and following.intent is None and bool(then)
    reasons = {
        Why.UNSURE: message.confidence is not None and message.confidence < below,
        Why.OUT_OF_SCOPE: message.intent == Why.OUT_OF_SCOPE,
        Why.NOT_UNDERSTOOD: missed,
        Why.CORRECTED: (picked and missed and message.intent not in then)
        or (following is not None and _CORRECTS.match(following.body) is not None),
    }
    return frozenset(reason for reason, holds in reasons.items() if holds)
