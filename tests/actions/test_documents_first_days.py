"""What the first villagers stumbled over when they sent documents."""

from __future__ import annotations

from tests.actions.documents_chat import DocumentsChat, photo


def test_what_is_left_waits_for_the_last_photo_that_is_still_checked(birth: DocumentsChat) -> None:
    told = birth.send(photo("f_2_01"), photo("buku_nikah"), *[photo(checked=False)] * 2)
    assert "2 berkas sudah saya terima dan masih diperiksa" in told
    assert "Tinggal" not in told
    assert "KIRIM" in birth.settle(photo("surat_ket_lahir"), photo("kk"))


def test_nor_is_it_said_while_nothing_is_checked_yet(birth: DocumentsChat) -> None:
    told = birth.send(photo(checked=False))
    assert "masih diperiksa" in told
    assert "Tinggal" not in told


def test_nor_while_a_photo_of_an_earlier_turn_is_checked(birth: DocumentsChat) -> None:
    birth.send(photo("f_2_01"), photo(checked=False))
    assert "Tinggal" not in birth.send(photo("buku_nikah"))
    assert "Tinggal *1 berkas*" in birth.settle(photo("kk"))
