"""Finds what teaches the model little or wrongly: ``python nlu/check_data.py``; one line a finding, exit code 1.

Six kinds, each with the file and line of the example:

thin           a label of the taxonomy with fewer examples than the model needs to tell it from its neighbours
duplicate      the same text twice under one label: it only adds weight
contradiction  the same text under two labels: the model can learn neither
near           almost the same text under two labels: one of the two is probably a slip
template       one sentence filled with many words: it teaches the sentence, and a citizen writes another
leak           almost a text of the frozen evaluation, which then measures memory. That text is never printed.

What counts as the same ignores case, signs, drawn-out letters and fillers ("kak", "min", "dong"). Only PyYAML is
needed, so that both Pythons of this project can run it.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from pathlib import Path

import yaml

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""The one written in C, ten times as fast, where PyYAML brings it."""

ROOT = Path(__file__).resolve().parent.parent

LEAST_OF_SERVICE = 30
LEAST_OF_FAMILY = 20
LEAST_OF_INTENT = 80
LEAST_WITHOUT_SERVICE = 40
"""Of ``ask_service`` alone: "syaratnya apa?" leaves the service to the conversation, most of its examples name one."""
TEMPLATE_WORDS = 4
"""A shorter sentence ("cek status paspor") is how people write, not a template."""
TEMPLATE_FILLINGS = 4
LEAK_WORDS = 4
"""Nobody can ask about a lost card in two words that are not "ktp hilang"; leaks are looked for in longer texts."""
LEAK_LIKENESS = 0.7

FILLER = re.compile(
    "ya|yaa|kak|kakak|min|admin|pak|bu|mas|mbak|bang|gan|bos|dong|sih|nih|deh|kah|ki|ji|mi|tabe|halo|mohon|tolong"
    "|izin|permisi|maaf|please|pls"
)


@dataclass(frozen=True)
class Example:
    place: str
    label: str
    text: str

    @cached_property
    def words(self) -> tuple[str, ...]:
        return tuple(re.findall(r"[a-z0-9]+", re.sub(r"([a-z])\1{2,}", r"\1", self.text.casefold())))

    @cached_property
    def key(self) -> tuple[str, ...]:
        return self.words or (self.text.strip(),)

    @cached_property
    def core(self) -> tuple[str, ...]:
        """Its words without fillers; empty for a bare greeting."""
        return tuple(word for word in self.words if not FILLER.fullmatch(word))


def main() -> int:
    arguments = _arguments()
    examples = list(read_examples(arguments.data))
    found = [
        *(thin(examples, arguments.knowledge) if arguments.knowledge else ()),
        *same_text(examples),
        *near_under_other_label(examples),
        *templates(examples),
        *leaks(examples, arguments.frozen),
    ]
    kinds = Counter(line.split(": ")[1] for line in found)
    summary = ", ".join(f"{number} {kind}" for kind, number in kinds.items()) or "nothing found"
    sys.stdout.writelines(f"{line}\n" for line in [*found, f"{len(examples)} examples; {summary}"])
    return 1 if found or not examples else 0


def read_examples(folder: Path) -> Iterator[Example]:
    """Every example below the folder, in Rasa's YAML format, with the line it stands on."""
    for file in sorted(folder.rglob("*.yml")):
        root = yaml.compose(file.read_text(encoding="utf-8"), LOADER)
        groups = next(value for key, value in root.value if key.value == "nlu") if root else None
        for group in groups.value if groups else ():
            fields = {key.value: value for key, value in group.value}
            block = fields["examples"]
            for number, line in enumerate(block.value.splitlines(), start=block.start_mark.line + 2):
                if line.strip():
                    place = f"{file.relative_to(folder.parent)}:{number}"
                    yield Example(place, fields["intent"].value, line.strip().removeprefix("- ").strip())


def thin(examples: list[Example], knowledge: Path) -> Iterator[str]:
    """Labels of taxonomy.yml and services.yml with too few different examples."""
    taxonomy = yaml.load((knowledge / "taxonomy.yml").read_text(encoding="utf-8"), LOADER)
    services = yaml.load((knowledge / "services.yml").read_text(encoding="utf-8"), LOADER)["services"]
    least = {f"ask_service/{service['id']}": LEAST_OF_SERVICE for service in services}
    least |= {f"ask_service/{family}": LEAST_OF_FAMILY for family in taxonomy["families"]}
    least |= {intent["name"]: LEAST_OF_INTENT for intent in taxonomy["intents"]}
    least["ask_service"] = LEAST_WITHOUT_SERVICE
    texts: dict[str, set[tuple[str, ...]]] = defaultdict(set)
    last = {}
    for example in examples:
        texts[example.label].add(example.key)
        last[example.label] = example.place
    for label, number in least.items():
        if len(texts[label]) < number:
            place = last.get(label, "data/nlu:0")
            yield f"{place}: thin: '{label}' has {len(texts[label])} different examples, {number} are needed"


def same_text(examples: list[Example]) -> Iterator[str]:
    """Duplicates and contradictions."""
    first: dict[tuple[str, ...], Example] = {}
    for example in examples:
        known = first.setdefault(example.key, example)
        if known is not example:
            kind = "duplicate" if known.label == example.label else "contradiction"
            yield f"{example.place}: {kind}: '{example.text}' ({example.label}), as {known.place} ({known.label})"


def near_under_other_label(examples: list[Example]) -> Iterator[str]:
    """Texts under two labels that differ in fillers only, or in one letter of one long word."""
    told = set()
    for group in _alike(examples).values():
        for one, other in combinations(group, 2):
            pair = frozenset((one, other))
            if one.label != other.label and one.key != other.key and pair not in told and _a_slip_apart(one, other):
                told.add(pair)
                yield f"{other.place}: near: '{other.text}' ({other.label}), like {one.place} ({one.label})"


def _alike(examples: Iterable[Example]) -> dict[tuple[str, ...], list[Example]]:
    """Examples by their core, and by their core with any one word left open ("*")."""
    groups: dict[tuple[str, ...], list[Example]] = defaultdict(list)
    for example in examples:
        core = example.core
        for place in range(len(core)):
            groups[(*core[:place], "*", *core[place + 1 :])].append(example)
    return groups


def _a_slip_apart(one: Example, other: Example) -> bool:
    changed = [(a, b) for a, b in zip(one.core, other.core, strict=True) if a != b]
    if not changed:
        return len(one.core) > 1
    a, b = sorted(changed[0], key=len)
    if len(one.core) == 1 or len(a) < 6 or len(b) - len(a) > 1 or a[0] != b[0]:
        return False  # alone, or at its beginning, one letter makes another word: assalam, wassalam
    return any(a[:i] + a[i + (len(a) == len(b)) :] == b[:i] + b[i + 1 :] for i in range(len(b)))


def templates(examples: list[Example]) -> Iterator[str]:
    """Sentences of one label that stand there again and again with one word changed."""
    by_label: dict[str, list[Example]] = defaultdict(list)
    for example in examples:
        if len(example.core) >= TEMPLATE_WORDS:
            by_label[example.label].append(example)
    for label, those in by_label.items():
        for sentence, group in _alike(those).items():
            if len({example.core for example in group}) >= TEMPLATE_FILLINGS:
                yield f"{group[-1].place}: template: {len(group)} of '{label}' are '{' '.join(sentence)}'"


def leaks(examples: list[Example], frozen: Path) -> Iterator[str]:
    """Examples that a text of the frozen evaluation nearly repeats; nothing when that folder is not there."""
    kept = [Example("", "", text) for file in sorted(frozen.rglob("*.yml")) for text in _texts(file)]
    kept = [one for one in kept if len(one.core) >= LEAK_WORDS]
    holding: dict[str, list[int]] = defaultdict(list)
    parts = [_parts(one) for one in kept]
    sizes = [len(those) for those in parts]
    for number, those in enumerate(parts):
        for part in those:
            holding[part].append(number)
    for example in examples:
        own = _parts(example)
        shared = Counter(number for part in own for number in holding.get(part, ()))
        if any(n / (len(own) + sizes[number] - n) >= LEAK_LIKENESS for number, n in shared.items()):
            yield f"{example.place}: leak: nearly a text of the frozen evaluation"


def _parts(example: Example) -> set[str]:
    text = " ".join(example.core)
    return {text[i : i + 4] for i in range(len(text) - 3)} if len(example.core) >= LEAK_WORDS else set()


def _texts(file: Path) -> Iterator[str]:
    """Every line of every text in a YAML file of whatever shape."""
    waiting = [yaml.load(file.read_text(encoding="utf-8"), LOADER)]
    while waiting:
        one = waiting.pop()
        if isinstance(one, str):
            yield from (line.strip().removeprefix("- ") for line in one.splitlines())
        elif isinstance(one, dict):
            waiting.extend(one.values())
        elif isinstance(one, list):
            waiting.extend(one)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=ROOT / "data" / "nlu")
    parser.add_argument("--knowledge", type=Path, default=ROOT / "data" / "knowledge", help="taxonomy and services")
    parser.add_argument("--frozen", type=Path, default=ROOT / "tests" / "nlu" / "frozen")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
