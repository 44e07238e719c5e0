"""Lists to choose from: what a number, a label or a word means there."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from bot.contracts import AttachmentState, CancelSubmission
from bot.flow.memory import from_json, to_json
from tests.actions.chat import NUMBER
from tests.actions.documents_chat import DocumentsChat, photo
from tests.actions.test_documents_photos import COMPLETE


@pytest.fixture
def gap(birth: DocumentsChat) -> DocumentsChat:
    """Photos 1 and 3 of three."""
    birth.send(photo("surat_ket_lahir"), photo("kk"), photo("buku_nikah"))
    birth.say("hapus 2")
    return birth


def gone(citizen: DocumentsChat) -> list[int]:
    return [file.number for file in citizen.current.files if file.state is AttachmentState.DELETING]


def test_a_number_in_the_delete_menu_is_the_photos_own(gap: DocumentsChat) -> None:
    told = gap.say("hapus gelar di kk", "delete_document")
    assert "3. Foto 3: " in told
    assert "2. " not in told
    assert "Semuanya" not in told
    assert "*hapus semua*" in told
    gap.say("2")
    assert gone(gap) == [2], "there is no such photo any more"
    gap.memory = from_json(json.loads(json.dumps(to_json(gap.memory))))
    gap.say("3")
    assert gone(gap) == [2, 3]


def test_all_go_by_words_only(gap: DocumentsChat) -> None:
    gap.say("hapus gelar di kk", "delete_document")
    gap.say("hapus semua")
    assert gone(gap) == [1, 2, 3]


def test_a_number_in_the_replace_menu_is_the_photos_own(gap: DocumentsChat) -> None:
    assert "3. Foto 3: " in gap.say("ganti nama di kk", "replace_document")
    gap.say("3")
    assert gap.memory.asked == f"replace:{gap.current.files[2].id}"


def test_one_photo_is_asked_about_in_one_order(birth: DocumentsChat) -> None:
    birth.send(photo())
    before = birth.memory.choices
    birth.say("daftar berkas")
    asked = birth.current.files[0].id
    birth._put(replace(birth.current, files=(*birth.current.files, replace(photo("kk"), id=999, document="kk"))))
    birth.say("lanjut")
    assert birth.memory.choices == before
    assert all(str(asked) in choice.value for choice in before)


@pytest.fixture
def children(birth: DocumentsChat) -> DocumentsChat:
    """Two for children, another service begun before them; the older child's was touched last."""
    second = replace(birth.current, id=300, label="anak ke-2")
    other = replace(birth.current, id=50, service="kia_baru", label="")
    birth.submissions = [second, replace(birth.current, label="anak ke-1"), other]
    return birth


@pytest.mark.parametrize(
    ("said", "label"),
    [
        *((one, "anak ke-1") for one in ("anak ke 1", "yg anak ke 1 mi", "yang pertama", "anak pertama")),
        *((one, "anak ke-2") for one in ("anak ke-2", "anak kedua", "yang kedua")),
    ],
)
def test_a_label_goes_before_a_place_in_the_list(children: DocumentsChat, said: str, label: str) -> None:
    told = children.say("lanjut")
    assert told.index("ke-1") < told.index("ke-2")
    children.say(said)
    assert children.current.label == label


@pytest.mark.parametrize(
    "said",
    [
        *(
            f"batalkan pengajuan {NUMBER}",
            f"{NUMBER} batalkan",
            f"tolong batalkan pengajuan saya yang nomor {NUMBER} pak",
        ),
        *("tidak jadi, batalkan saja semuanya", "batalkan semua"),
    ],
)
def test_what_was_sent_is_asked_about_before_it_is_cancelled(birth: DocumentsChat, said: str) -> None:
    birth.send(*COMPLETE)
    birth.say("kirim")
    told = birth.say(said, "cancel")
    assert f"(nomor {NUMBER}) belum dibatalkan" in told
    assert "dari awal" not in told
    assert not birth.decision.commands
    birth.say("ya")
    assert birth.decision.commands == (CancelSubmission(birth.current.id),)


def test_of_several_to_cancel_one_is_picked(children: DocumentsChat) -> None:
    told = children.say("batalkan semuanya", "cancel")
    assert "Belum ada yang dibatalkan" in told
    assert "Batalkan *Akta lahir bayi baru (anak ke-2)*" in children.say("yang kedua")


@pytest.mark.parametrize("said", [f"jangan batalkan {NUMBER}", f"apakah {NUMBER} sudah dibatalkan"])
def test_no_wish_to_cancel_asks_for_none(birth: DocumentsChat, said: str) -> None:
    birth.send(*COMPLETE)
    birth.say("kirim")
    assert "membatalkannya" not in birth.say(said)
