"""The NLU process keeps the contract of the design: Rasa's answers, in order, of the taxonomy only."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import requests

from tests.nlu.taxonomy import FAMILIES, INTENTS, SERVICES, examples

Ask = Callable[[str], dict[str, Any]]
AskAll = Callable[[list[str]], list[dict[str, Any]]]

SENTENCES = [
    "kk sy hilang bgmn urusnya",
    "kalau biayanya?",
    "brp lama jadi ktp ta'",
    "syarat ktp hilang dan jam buka kantor",
    "halo",
    "",
    "besok hujan tidak ya",
]


def test_an_answer_has_rasas_shape(ask: Ask) -> None:
    answer = ask("syarat ktp hilang apa saja")
    assert answer["text"] == "syarat ktp hilang apa saja"
    assert set(answer["intent"]) == {"name", "confidence"}
    assert answer["intent_ranking"][0] == answer["intent"]
    confidences = [entry["confidence"] for entry in answer["intent_ranking"]]
    assert confidences == sorted(confidences, reverse=True)
    assert all(0 <= confidence <= 1 for confidence in confidences)
    (entity,) = answer["entities"]
    assert entity["entity"] == "service"
    assert (entity["start"], entity["end"]) == (0, len(answer["text"]))
    assert answer["also"] == []


def test_a_batch_is_answered_in_order_and_as_each_text_alone(ask: Ask, ask_all: AskAll) -> None:
    together = ask_all(SENTENCES)
    assert [answer["text"] for answer in together] == SENTENCES
    for answer, text in zip(together, SENTENCES, strict=True):
        alone = ask(text)
        assert alone["intent"]["name"] == answer["intent"]["name"]
        assert alone["intent"]["confidence"] == pytest.approx(answer["intent"]["confidence"], abs=1e-6)
        assert [e["value"] for e in alone["entities"]] == [e["value"] for e in answer["entities"]]
        assert [further["text"] for further in alone["also"]] == [further["text"] for further in answer["also"]]


def test_an_empty_batch_has_no_answers(ask_all: AskAll) -> None:
    assert ask_all([]) == []


def test_only_names_of_the_taxonomy_are_answered(ask_all: AskAll) -> None:
    texts = [text for *_, text in examples()][::20]
    for answer in ask_all(texts[:200]):
        assert answer["intent"]["name"] in INTENTS
        assert {entry["name"] for entry in answer["intent_ranking"]} <= INTENTS.keys()
        assert len(answer["entities"]) <= 1
        assert {entity["value"] for entity in answer["entities"]} <= SERVICES | FAMILIES.keys()
        if INTENTS[answer["intent"]["name"]] == "no":
            assert answer["entities"] == []


def test_status_names_the_model_in_use(nlu_url: str) -> None:
    status = requests.get(f"{nlu_url}/status", timeout=5).json()
    assert status["model_file"] == "current.tar.gz"
    assert status["model_id"]
