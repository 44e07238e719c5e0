"""Files are found by a NIK or KK that is kept nowhere."""

from __future__ import annotations

from threading import Thread

import pytest
from sqlalchemy import select

from bot.contracts.files import Detail
from bot.desk import marks
from bot.desk.vault import erase
from bot.masking import mask_identity
from bot.models import IdentityMark
from tests.vault.conftest import Room

NIK, OTHER, KK = "9901010101010000", "9901010101020000", "9901010101030000"


def keep(room: Room, office: int, file: int, *niks: str, submission: int | None = None) -> bytes:
    with room.database.transaction(office) as session:
        key = marks.search_key(session, room.vault.keys)
        details = {Detail.NIK: niks, Detail.KK: (KK,), Detail.NAME: ("SITI CONTOH",)}
        for _ in range(2):  # a file that is inspected again
            marks.keep_marks(
                session, key, office_id=office, attachment_id=file, submission_id=submission, details=details
            )
        return key


def test_a_file_is_found_by_the_nik_that_stands_in_it(room: Room, office: int) -> None:
    one, two = room.attachment(office), room.attachment(office)
    keep(room, office, one, NIK)
    key = keep(room, office, two, NIK, OTHER)
    with room.database.reading(office) as session:
        assert marks.find_by_number(session, key, office, Detail.NIK, "9901 0101 0101 0000") == [two, one]
        assert marks.find_by_number(session, key, office, Detail.NIK, OTHER) == [two]
        assert marks.find_by_number(session, key, office, Detail.NIK, KK) == []
        assert marks.find_by_number(session, key, office, Detail.KK, KK) == [two, one]


def test_offices_do_not_find_each_others_files_nor_see_that_a_number_is_the_same(room: Room, office: int) -> None:
    other = room.office("LAIN")
    keep(room, other, room.attachment(other), NIK)
    key = keep(room, office, room.attachment(office), NIK)
    with room.database.reading(office) as session:
        assert len(marks.find_by_number(session, key, office, Detail.NIK, NIK)) == 1
        assert marks.find_by_number(session, key, other, Detail.NIK, NIK) == []
    with room.database.reading() as session:
        rows = session.scalars(select(IdentityMark)).all()
        assert len({row.mark for row in rows}) == len({row.tail_mark for row in rows}) == 4
        assert not any(number in repr(vars(row)) for row in rows for number in (NIK, KK, "0000"))


def test_the_last_four_digits_fit_the_submission_they_stand_in(room: Room, office: int) -> None:
    one, two = room.attachment(office), room.attachment(office)
    mine, other = room.submission(one), room.submission(two)
    key = keep(room, office, one, "9901010101011234", submission=mine)
    keep(room, office, two, "9901010101015678", submission=other)
    with room.database.reading(office) as session:
        assert marks.has_nik_tail(session, key, mine, "1234")
        for tail in ("5678", "234", "", "12340", "satu"):
            assert not marks.has_nik_tail(session, key, mine, tail)
        assert not marks.has_nik_tail(session, key, other, "1234")


def test_the_hashes_go_with_the_file(room: Room, office: int) -> None:
    file = room.attachment(office)
    key = keep(room, office, file, NIK)
    with room.database.transaction(office) as session:
        erase(session, [file])
    with room.database.reading(office) as session:
        assert marks.find_by_number(session, key, office, Detail.NIK, NIK) == []


def test_processes_that_are_first_at_once_agree_on_one_key(room: Room) -> None:
    made: list[bytes] = []

    def first() -> None:
        with room.database.transaction() as session:
            made.append(marks.search_key(session, room.vault.keys))

    threads = [Thread(target=first) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(made) == 6
    assert len(set(made)) == 1


def test_a_number_is_shown_by_its_region_and_its_end() -> None:
    assert mask_identity("9901010101010012") == mask_identity("9901.0101-0101 0012") == "9901 01** **** **12"


@pytest.mark.parametrize("digits", ["", "123", "99010101010100123", "bukan angka"])
def test_of_what_is_no_such_number_nothing_is_shown(digits: str) -> None:
    assert mask_identity(digits) == "****"
