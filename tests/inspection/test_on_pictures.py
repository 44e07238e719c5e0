"""The checks on pictures their author never saw: the generator was written apart from them.

The short form takes some 60 pictures and counts the promised checks together; the full one (``make test-long``) takes
over 300 and counts each by itself.
"""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from bot.contracts.files import Advice
from bot.gateways.base import Inspector
from tests.pictures.series import series
from tests.pictures.table import Share, Table, markdown, measure


@dataclass(frozen=True)
class Size:
    """``apart``: every check must hold by itself; a class of seven is too few for that."""

    per_class: int
    apart: bool


SHORT = Size(per_class=7, apart=False)
FULL = Size(per_class=36, apart=True)
LEAST = 0.9


@pytest.mark.timeout(3600)
@pytest.mark.parametrize("size", [SHORT, pytest.param(FULL, marks=pytest.mark.long)], ids=["short", "full"])
def test_the_checks_are_right_about_pictures_made_by_somebody_else(inspector: Inspector, size: Size) -> None:
    table = measure(inspector, series(size.per_class, seed=1))
    promised = _promised(table)
    if not size.apart:
        shares = promised.values()
        promised = {"all together": Share(sum(one.hits for one in shares), sum(one.of for one in shares))}
    short = {name: str(share) for name, share in promised.items() if share.value < LEAST}
    assert not short, f"right less often than in {LEAST} of the pictures: {short}\n\n{markdown(table)}"


def _promised(table: Table) -> dict[str, Share]:
    return {
        **{str(advice): table.found(advice) for advice in (Advice.BLURRED, Advice.DARK, Advice.TOO_SMALL)},
        "kind when sharp": table.kind(),
    }
