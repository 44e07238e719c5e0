"""What two cards say of one person, read from drawings of our own in unlike prints: the same where it is the same."""

from __future__ import annotations

from pathlib import Path

import font_lato
from PIL import ImageFont

from bot.contracts.files import FetchedFile
from bot.desk.marks import letters_of
from bot.gateways.inspection import InspectionProcess
from tests.inspection.cards import Somebody, kk, ktp, photographed

SITI = Somebody("9910045708990001", "17-08-1999", "SITI CONTOH")
BASO = Somebody("9910040201500002", "02-01-1950", "BASO CONTOH LAIN", "LAKI-LAKI")
LATO = Path(font_lato.__file__).parent / "files" / "Lato-Regular.ttf"
DRAWN, PRINTED = ImageFont.load_default(36), ImageFont.truetype(str(LATO), 36)


def test_two_cards_in_unlike_print_say_the_same_of_one_person(inspector: InspectionProcess) -> None:
    (card,) = inspector.inspect(FetchedFile(photographed(ktp(SITI, PRINTED)))).persons
    family = inspector.inspect(FetchedFile(photographed(kk([BASO, SITI], DRAWN)))).persons
    assert [one.nik for one in family] == [BASO.nik, SITI.nik]
    assert (card.nik, card.birth) == (SITI.nik, "1999-08-17")
    assert (family[1].birth, letters_of(family[1].name)) == (card.birth, letters_of(card.name))
