"""The training data teaches all that the taxonomy names, and nothing twice under two names."""

from __future__ import annotations

from collections import defaultdict

from tests.nlu.taxonomy import FAMILIES, INTENTS, SERVICES, examples, read


def counted(place: int) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for example in examples():
        found[example[place]].add(example[3].casefold())
    return found


def test_every_intent_has_twenty_different_examples() -> None:
    found = counted(1)
    thin = {intent: len(found[intent]) for intent in INTENTS if len(found[intent]) < 20}
    assert not thin, f"add examples to data/nlu for: {thin}"


def test_every_service_has_ten_and_every_family_five() -> None:
    found = counted(2)
    thin = {name: len(found[name]) for name in SERVICES if len(found[name]) < 10}
    thin |= {name: len(found[name]) for name in FAMILIES if len(found[name]) < 5}
    assert not thin, f"add examples to data/nlu for: {thin}"


def test_only_labels_of_the_taxonomy_are_taught() -> None:
    wrong = {
        (file, intent, service)
        for file, intent, service, _ in examples()
        if intent not in INTENTS or (service and (service not in SERVICES | FAMILIES.keys() or INTENTS[intent] == "no"))
    }
    assert not wrong, f"data/nlu labels outside the taxonomy, or a service where none belongs: {wrong}"


def test_no_example_stands_under_two_labels() -> None:
    labels: dict[str, set[str]] = defaultdict(set)
    for file, intent, service, text in examples():
        labels[text.casefold()].add(f"{intent}/{service} in {file}")
    twice = {text: names for text, names in labels.items() if len({n.partition(" ")[0] for n in names}) > 1}
    assert not twice


def test_domain_and_config_say_what_the_taxonomy_says() -> None:
    assert read("domain.yml")["intents"] == list(INTENTS), "domain.yml lists the taxonomy's intents, in its order"
    assert read("domain.yml")["entities"] == ["service"]
    nodes = read("config.yml")["predict_schema"]["nodes"]
    assert nodes["service"]["config"]["families"] == FAMILIES
    merge = nodes["merge"]["config"]
    named = {name for key in ("about_service", "about_office", "courtesies") for name in merge[key]}
    assert named <= INTENTS.keys()
    assert all(INTENTS[name] != "no" for name in merge["about_service"])
