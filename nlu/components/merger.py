"""Joins what was read of a message's parts: further questions of the same message go under ``also``."""

from __future__ import annotations

from typing import Any, Dict, FrozenSet, List

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import (
    ENTITIES,
    INTENT,
    INTENT_NAME_KEY,
    INTENT_RANKING_KEY,
    PREDICTED_CONFIDENCE_KEY,
    TEXT,
)
from rasa.shared.nlu.training_data.message import Message

from nlu.components.normaliser import NORMAL
from nlu.components.splitter import PART_OF

ALSO = "also"
ASK_SERVICE = "ask_service"


class Merger(GraphComponent):
    """Takes the parts out of the batch again and decides whether they were questions of their own.

    Careful on purpose: a wrong split answers a question nobody asked. A part is a question when it was read with
    at least the confidence ``sure`` as one of the intents ``about_service`` or ``about_office``; merely telling
    the circumstances ("KK saya hilang, berapa lama?") is none, and where the message is read as the need it tells, a
    part must hold a word that asks ("saya kerja sampai sore" is no question of the hours). Then:

    1. Two or more different questions: the first becomes the message's reading, the others are ``also``; unless
       the message was surely read as something else ("suami meninggal, mau ganti KK", a complaint).
    2. One question, and the message was read as a courtesy or as the circumstances only: the question it is.
    """

    @staticmethod
    def get_default_config() -> Dict[str, Any]:
        return {
            "sure": 0.6,
            "about_service": [],
            "about_office": [],
            "courtesies": [],
            "question_words": [],
            "asking_words": [],
            "document_words": [],
            "families": {},
        }

    @classmethod
    def create(
        cls,
        config: Dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> Merger:
        return cls(config)

    def __init__(self, config: Dict[str, Any]) -> None:
        self._sure: float = config["sure"]
        self._about_service = frozenset(config["about_service"])
        self._questions = self._about_service | frozenset(config["about_office"])
        self._yielding = frozenset(config["courtesies"]) | {ASK_SERVICE}
        self._question_words = frozenset(config["question_words"])
        self._asking_words = frozenset(config["asking_words"])
        self._document_words = frozenset(config["document_words"])
        self._families = [frozenset([name, *members]) for name, members in config["families"].items()]
        self._family_names = frozenset(config["families"])

    def process(self, messages: List[Message]) -> List[Message]:
        parts: Dict[int, List[Message]] = {}
        for message in messages:
            if message.get(PART_OF) is not None:
                parts.setdefault(id(message.get(PART_OF)), []).append(message)
        whole = [message for message in messages if message.get(PART_OF) is None]
        for message in whole:
            message.set(ALSO, [], add_to_output=True)
            self._join(message, parts.get(id(message), []))
        return whole

    def _join(self, message: Message, parts: List[Message]) -> None:
        asked = self._different_questions(self._questions_among(parts, intent_of(message) == ASK_SERVICE))
        if len(asked) == 1 and intent_of(message) in self._yielding - {intent_of(asked[0])}:
            take_over(message, asked[0], keep_service=intent_of(asked[0]) in self._about_service)
        elif len(asked) >= 2 and self._fits(message, asked):
            self._lend_service(asked)
            take_over(message, asked[0], keep_service=False)
            further = [{TEXT: p.get(TEXT), INTENT: p.get(INTENT), ENTITIES: p.get(ENTITIES)} for p in asked[1:]]
            message.set(ALSO, further, add_to_output=True)

    def _different_questions(self, questions: List[Message]) -> List[Message]:
        asked: List[Message] = []
        for part in questions:
            same = next((place for place, other in enumerate(asked) if self._same(part, other)), None)
            if same is None:
                asked.append(part)
            elif not service_of(asked[same]) or service_of(asked[same]) in self._family_names:
                asked[same] = part  # it says more of the same
        return asked

    def _questions_among(self, parts: List[Message], need_told: bool) -> List[Message]:
        sure = [part for part in parts if intent_of(part) in self._questions and confidence_of(part) >= self._sure]
        only_services = all(intent_of(part) == ASK_SERVICE for part in sure)
        telling = self._document_words if only_services else self._question_words
        return [
            part
            for part in sure
            if self._holds(part, telling if intent_of(part) == ASK_SERVICE else self._asking_words)
            or (intent_of(part) != ASK_SERVICE and not need_told)
        ]

    def _holds(self, part: Message, words: FrozenSet[str]) -> bool:
        return bool(words.intersection(part.get(NORMAL).split()))

    def _same(self, part: Message, other: Message) -> bool:
        if intent_of(part) != intent_of(other):
            return False
        services = {service_of(part), service_of(other)}
        if len(services) == 1 or "" in services:
            return True
        return bool(services & self._family_names) and any(services <= family for family in self._families)

    def _fits(self, message: Message, asked: List[Message]) -> bool:
        """Whether the whole was read as one of its parts, or too uncertainly to say anything against them."""
        if intent_of(message) in self._yielding - {ASK_SERVICE} or confidence_of(message) < self._sure:
            return True
        return intent_of(message) in map(intent_of, asked) and service_of(message) in {"", *map(service_of, asked)}

    def _lend_service(self, asked: List[Message]) -> None:
        """ "syarat dan biaya KTP hilang": the one service named goes for every part that may have one."""
        named = {service_of(part): part.get(ENTITIES) for part in asked if service_of(part)}
        if len(named) != 1:
            return
        (entities,) = named.values()
        for part in asked:
            if intent_of(part) in self._about_service and not service_of(part):
                part.set(ENTITIES, over_whole_text(entities, part))


def take_over(message: Message, part: Message, keep_service: bool) -> None:
    """The message gets the part's reading; its own service stays where the part names none."""
    kept = message.get(ENTITIES) if keep_service and not service_of(part) else part.get(ENTITIES)
    message.set(INTENT, part.get(INTENT), add_to_output=True)
    message.set(INTENT_RANKING_KEY, part.get(INTENT_RANKING_KEY), add_to_output=True)
    message.set(ENTITIES, over_whole_text(kept, message), add_to_output=True)


def over_whole_text(entities: List[Dict[str, Any]], message: Message) -> List[Dict[str, Any]]:
    return [{**entity, "start": 0, "end": len(message.get(TEXT))} for entity in entities]


def intent_of(message: Message) -> str:
    return message.get(INTENT)[INTENT_NAME_KEY]


def confidence_of(message: Message) -> float:
    return message.get(INTENT)[PREDICTED_CONFIDENCE_KEY]


def service_of(message: Message) -> str:
    entities = message.get(ENTITIES)
    return entities[0]["value"] if entities else ""
