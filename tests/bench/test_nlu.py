"""What the reading's bench counts, so that neither side is flattered."""

from __future__ import annotations

from bench.nlu import Meant, shares, told


def test_one_label_of_stock_is_an_intent_and_a_service() -> None:
    answer = {"intent": {"name": "ask_cost+ktp_hilang"}, "entities": []}
    assert told(answer) == ("ask_cost", "ktp_hilang")


def test_ours_names_the_service_as_an_entity() -> None:
    answer = {"intent": {"name": "ask_cost"}, "entities": [{"entity": "service", "value": "ktp_hilang"}]}
    assert told(answer) == ("ask_cost", "ktp_hilang")


def test_where_stock_refuses_its_best_label_counts() -> None:
    ranking = [{"name": "nlu_fallback"}, {"name": "greet"}]
    assert told({"intent": {"name": "nlu_fallback"}, "intent_ranking": ranking}) == ("greet", "")


def test_right_is_intent_and_service_both() -> None:
    messages = [Meant("a", "ask_cost", "ktp"), Meant("b", "ask_cost", "kk"), Meant("c", "out_of_scope", "")]
    found = shares(messages, [("ask_cost", "ktp"), ("ask_cost", "ktp"), ("out_of_scope", "")])
    assert found == {"joint": 2 / 3, "intent": 1.0, "service": 0.5, "scope": 1.0, "refused": 0.0}
