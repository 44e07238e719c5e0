"""Nothing that can be sent makes the NLU process fail."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
import requests
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

Ask = Callable[[str], dict[str, Any]]


@pytest.mark.parametrize(
    "text",
    [
        "\0",
        "kk\0hilang",
        "👨‍👩‍👧‍👦" * 50,
        "\ud800 separuh",
        "مرحبا كيف",
        "\u202e terbalik",
        "a" * 40_000,
        "\n" * 300,
        "/restart",
    ],
    ids=["NUL", "NUL inside", "emoji", "lone surrogate", "right to left", "override", "long", "lines", "slash"],
)
def test_any_text_is_answered_and_given_back(ask: Ask, text: str) -> None:
    assert ask(text)["text"] == text


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts=st.lists(st.text(max_size=200), max_size=8))
def test_any_batch_is_answered(nlu_url: str, texts: list[str]) -> None:
    response = requests.post(f"{nlu_url}/model/parse_batch", json={"texts": texts}, timeout=5)
    assert response.status_code == 200
    assert [answer["text"] for answer in response.json()] == texts


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/model/parse", b""),
        ("/model/parse", b"{"),
        ("/model/parse", b"\xff\xfe"),
        ("/model/parse", b"[" * 30_000),
        ("/model/parse", b"[]"),
        ("/model/parse", b'{"texts": ["a"]}'),
        ("/model/parse", b'{"text": 3}'),
        ("/model/parse", b'{"text": null}'),
        ("/model/parse_batch", b'{"texts": "a"}'),
        ("/model/parse_batch", b'{"texts": ["a", 3]}'),
        ("/model/parse_batch", json.dumps({"texts": ["a"] * 257}).encode()),
    ],
)
def test_a_body_that_does_not_fit_is_refused_with_a_sentence(nlu_url: str, path: str, body: bytes) -> None:
    response = requests.post(nlu_url + path, data=body, timeout=5)
    assert response.status_code == 400
    assert response.json()["message"]


def test_a_body_over_64_kb_is_refused(nlu_url: str) -> None:
    response = requests.post(f"{nlu_url}/model/parse", json={"text": "a" * 66_000}, timeout=5)
    assert response.status_code == 413


def test_an_unknown_door_or_method_is_refused(nlu_url: str) -> None:
    assert requests.post(f"{nlu_url}/model/train", timeout=5).status_code == 404
    assert requests.get(f"{nlu_url}/model/parse", timeout=5).status_code == 405
