"""The NLU process, over HTTP: Rasa's own contract, and its batch form."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import requests

from bot.contracts import Reading
from bot.errors import NluRefused, NluUnavailable

TIMEOUT = (2.0, 8.0)  # seconds: to connect, to answer
STATUS_TIMEOUT = 0.4
REST_SECONDS = 2.0
LARGEST_BATCH = 48_000  # bytes of text a request; the server takes 64 kB with what JSON adds
MOST_TEXTS = 128  # the server takes 256
SERVICE = "service"
JSON = {"Content-Type": "application/json"}


class RasaReader:
    """Asks ``<url>/model/parse_batch``."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._session = requests.Session()
        self._rests_until = 0.0

    def read(self, texts: Sequence[str]) -> list[Reading]:
        readings: list[Reading] = []
        for batch in _batches(texts):
            answers = self._ask(batch)
            try:
                if len(answers) != len(batch):
                    raise NluRefused("wrong number of answers")
                readings += [_as_reading(answer) for answer in answers]
            except (KeyError, TypeError, ValueError, AttributeError) as error:
                raise NluRefused(f"answer out of form: {type(error).__name__}") from None
        return readings

    def is_well(self) -> bool:
        try:
            return requests.get(f"{self._url}/status", timeout=STATUS_TIMEOUT).ok
        except requests.RequestException:
            return False

    def _ask(self, texts: Sequence[str]) -> list[dict[str, Any]]:
        if time.monotonic() < self._rests_until:
            raise NluUnavailable("rests")
        try:
            # not requests' own JSON: it would spend up to twelve bytes on one emoji
            body = json.dumps({"texts": texts}, ensure_ascii=False).encode()
            response = self._session.post(f"{self._url}/model/parse_batch", data=body, headers=JSON, timeout=TIMEOUT)
        except requests.RequestException as error:
            # asked again only after a pause: meanwhile nobody who needs no NLU waits for its time-out
            self._rests_until = time.monotonic() + REST_SECONDS
            raise NluUnavailable(type(error).__name__) from None
        if not response.ok:
            raise NluRefused(f"status {response.status_code}")
        try:
            answers: list[dict[str, Any]] = response.json()
        except ValueError:
            raise NluRefused("answer is not JSON") from None
        if not isinstance(answers, list):
            raise NluRefused("answer is not a list")
        return answers


def _batches(texts: Sequence[str]) -> Iterator[list[str]]:
    batch: list[str] = []
    size = 0
    for text in texts:
        weight = len(text.encode())
        if batch and (size + weight > LARGEST_BATCH or len(batch) == MOST_TEXTS):
            yield batch
            batch, size = [], 0
        batch.append(text)
        size += weight
    if batch:
        yield batch


def _as_reading(answer: Mapping[str, Any]) -> Reading:
    services = [entity["value"] for entity in answer.get("entities", ()) if entity.get("entity") == SERVICE]
    return Reading(
        text=str(answer.get("text", "")),
        intent=str(answer["intent"]["name"]),
        confidence=float(answer["intent"]["confidence"]),
        service=str(services[0]) if services else None,
        ranking=tuple((str(r["name"]), float(r["confidence"])) for r in answer.get("intent_ranking", ())),
        also=tuple(_as_reading(further) for further in answer.get("also", ())),
    )
