"""An intent is whole: examples to learn it from, an action, a reply, and a test that asks for it."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
import yaml

from actions import ACTIONS
from bot.contracts import Reading, Talk
from bot.knowledge import Knowledge, load_knowledge

ROOT = Path(__file__).resolve().parents[2]
TAXONOMY = yaml.safe_load((ROOT / "data/knowledge/taxonomy.yml").read_text(encoding="utf-8"))
INTENTS = [intent["name"] for intent in TAXONOMY["intents"]]
LEAST_EXAMPLES = 20
TUESDAY_MORNING = datetime(2026, 11, 3, 2, tzinfo=UTC)


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return load_knowledge(ROOT / "data" / "knowledge", "PKP")


def test_actions_and_domain_know_the_intents_of_the_taxonomy_and_no_others() -> None:
    assert sorted(ACTIONS) == sorted(INTENTS), "an intent without an action leaves its citizen without an answer"
    domain = yaml.safe_load((ROOT / "domain.yml").read_text(encoding="utf-8"))
    named = [next(iter(entry)) if isinstance(entry, dict) else entry for entry in domain["intents"]]
    assert sorted(named) == sorted(INTENTS), "Rasa refuses or invents what domain.yml and taxonomy.yml disagree on"


def test_every_intent_has_examples_to_learn_from() -> None:
    counts = dict.fromkeys(INTENTS, 0)
    for file in (ROOT / "data" / "nlu").rglob("*.yml"):
        for block in yaml.safe_load(file.read_text(encoding="utf-8")).get("nlu", []):
            intent = block.get("intent", "").split("/")[0]  # ask_cost/kia names the service too
            if intent in counts:
                counts[intent] += len(re.findall(r"^\s*- ", block["examples"], re.MULTILINE))
    few = {intent: count for intent, count in counts.items() if count < LEAST_EXAMPLES}
    assert not few, f"fewer than {LEAST_EXAMPLES} examples in data/nlu, too few to be recognised by: {few}"


@pytest.mark.parametrize("intent", INTENTS)
def test_every_action_answers_with_a_sentence_that_exists(intent: str, knowledge: Knowledge) -> None:
    reading = Reading(text="", intent=intent, confidence=1.0)
    decision = ACTIONS[intent](reading, Talk(now=TUESDAY_MORNING), knowledge)
    files = (ROOT / "actions").rglob("replies.yml")
    sentences = {name for file in files for name in yaml.safe_load(file.read_text(encoding="utf-8"))}
    assert decision.replies, f"{intent} says nothing, though its citizen waits"
    lost = [reply.name for reply in decision.replies if reply.name not in sentences]
    assert not lost, f"{intent} answers with {lost}, which no replies.yml of actions/ holds"


def test_every_intent_is_asked_for_in_a_test() -> None:
    promises = [
        file.read_text(encoding="utf-8")
        for folder in ("actions", "journeys", "line")
        for file in (ROOT / "tests" / folder).rglob("*.py")
    ]
    untested = [name for name in INTENTS if not any(f'"{name}"' in text for text in promises)]
    assert not untested, f"nobody would notice if these intents were answered wrongly: {untested}"
