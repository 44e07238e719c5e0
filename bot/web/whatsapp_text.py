"""WhatsApp's text formatting, read for a page: what it looks like, and which numbered choices it offers."""

from __future__ import annotations

import re

from markupsafe import Markup, escape

MARKS = (("*", "strong"), ("_", "em"), ("~", "s"), ("```", "code"))
NUMBERED = re.compile(r"^\s*\*?(\d{1,2})[.)]\*?\s+(\S.*)$")
SINGLE = re.compile(r"^Balas \*?(\d{1,2})\*? untuk (.+?)\.?$")
LINES_AFTER = 1  # a closing sentence may follow the choices; a list of papers has more after it


def whatsapp_html(text: str) -> Markup:
    """Escaped HTML with bold, italic, struck and monospaced parts; line breaks stay for ``white-space: pre-wrap``.

    As WhatsApp reads it, a mark counts at the edge of a word only: ``2*3*4`` is not bold, nor is ``a_b_c`` italic.
    """
    html = str(escape(text))
    for mark, tag in MARKS:
        sign = re.escape(mark)
        pattern = rf"(?<![\w{sign}]){sign}(?=\S)([^\n{sign[-1]}]*[^\s{sign[-1]}]){sign}(?![\w{sign}])"
        html = re.sub(pattern, rf"<{tag}>\1</{tag}>", html)
    return Markup(html)


def offered_choices(text: str) -> list[tuple[str, str]]:
    """(number, title) of the numbered list, or of the one choice, that ends a message; empty when none does."""
    lines = [line for line in text.splitlines() if line.strip()]
    if lines and (single := SINGLE.match(lines[-1].strip())):
        return [(single[1], single[2].strip(" *_"))]
    after = 0
    while lines and after < LINES_AFTER and not NUMBERED.match(lines[-1]):
        lines.pop()
        after += 1
    choices: list[tuple[str, str]] = []
    while lines and (match := NUMBERED.match(lines[-1])):
        choices.insert(0, (match[1], match[2].strip(" *_")))
        lines.pop()
    numbers = [int(number) for number, _ in choices]
    return choices if numbers == list(range(1, len(numbers) + 1)) else []
