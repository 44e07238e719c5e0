"""How a sentence with {variables} becomes text."""

from __future__ import annotations

import re
from collections.abc import Mapping

_VARIABLE = re.compile(r"{([a-z_]+)}")
_BETWEEN_SENTENCES = re.compile(r"(?<=[.!?])[ \t]+(?=\S)")
_HEADING_END = (":", ":*")


def variables(template: str) -> frozenset[str]:
    """The names of a template's variables."""
    return frozenset(_VARIABLE.findall(template))


def fill(template: str, values: Mapping[str, str]) -> str:
    """The template with its variables put in.

    What is unknown is left out, never invented: a sentence with an empty variable is dropped, and so is a heading
    (a line ending in a colon) that has nothing left below it in its paragraph. Raises KeyError for a variable
    without a value.
    """
    paragraphs = (_fill_paragraph(paragraph, values) for paragraph in re.split(r"\n{2,}", template.strip()))
    return "\n\n".join(paragraph for paragraph in paragraphs if paragraph)


def _fill_paragraph(paragraph: str, values: Mapping[str, str]) -> str:
    written = paragraph.split("\n")
    lines = [filled for line in written if (filled := _fill_line(line, values))]
    while lines and len(lines) < len(written) and lines[-1].endswith(_HEADING_END):
        lines.pop()
    return "\n".join(lines)


def _fill_line(line: str, values: Mapping[str, str]) -> str:
    sentences = (_fill_sentence(sentence, values) for sentence in _BETWEEN_SENTENCES.split(line))
    return " ".join(sentence for sentence in sentences if sentence)


def _fill_sentence(sentence: str, values: Mapping[str, str]) -> str:
    names = _VARIABLE.findall(sentence)
    if not all(values[name] for name in names):
        return ""
    return _VARIABLE.sub(lambda match: values[match[1]], sentence)
