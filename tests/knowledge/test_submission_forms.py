"""What a citizen is asked, and the checklist their answers lead to."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bot.contracts.submissions import Whom
from bot.knowledge import KnowledgeError, SubmissionForm, load_knowledge
from tests.knowledge.branches import knowledge

Change = Callable[[str, Callable[[Any], object]], None]
SELF, CHILD, PARENT, OTHER = Whom.SELF, Whom.CHILD, Whom.PARENT, Whom.OTHER

CASES: dict[str, tuple[str, Whom, dict[str, str], str]] = {
    "a birth with all its papers": (
        "akta_lahir",
        CHILD,
        {"birth_letter": "have", "marriage_paper": "have"},
        "f_2_01 surat_ket_lahir buku_nikah|akta_perkawinan kk (ktp_saksi)",
    ),
    "a birth without letter and marriage paper": (
        "akta_lahir_sptjm",
        CHILD,
        {"birth_letter": "none", "marriage_paper": "none", "kk_spouses": "spouses"},
        "f_2_01 sptjm_kelahiran sptjm_pasutri kk (ktp_saksi)",
    ),
    "a lost KK": (
        "kk_hilang_rusak",
        SELF,
        {"lost_or_damaged": "lost", "old_ktp": "have"},
        "f_1_02 surat_kehilangan_polisi ktp_el",
    ),
    "a lost KK with its KTP": (
        "kk_hilang_rusak",
        SELF,
        {"lost_or_damaged": "lost", "old_ktp": "lost"},
        "f_1_02 surat_kehilangan_polisi (ktp_el)",
    ),
    "a damaged KK of parents elsewhere": (
        "kk_hilang_rusak",
        PARENT,
        {"same_kk": "different", "lost_or_damaged": "damaged"},
        "f_1_02 kk_lama ktp_el f_1_07",
    ),
    "a KTP lost by somebody of the same KK": (
        "ktp_hilang",
        OTHER,
        {"same_kk": "same"},
        "f_1_02 surat_kehilangan_polisi kk",
    ),
    "a marriage nobody recorded": (
        "kk_baru_menikah",
        SELF,
        {"family_recorded": "unrecorded", "from_elsewhere": "stayed", "home": "others"},
        "f_1_02 f_1_05 kk_lama surat_pernyataan_pemilik_rumah",
    ),
    "a family that moves in": (
        "pindah_datang",
        SELF,
        {"moving_letter": "have", "who_moves": "family", "new_home": "joins", "old_ktp": "have"},
        "skpwni f_1_02 ktp_el kia? surat_pernyataan_pemilik_rumah kk",
    ),
    "a child that moves in alone": (
        "pindah_datang",
        CHILD,
        {"moving_letter": "none", "who_moves": "minor"},
        "f_1_03 f_1_02 kia? surat_pernyataan_pemilik_rumah kk surat_pernyataan_pengasuhan",
    ),
    "a death at home": (
        "akta_kematian",
        PARENT,
        {"death_paper": "letter", "deceased_listed": "listed"},
        "f_2_01 surat_kematian kk|ktp_el (ktp_saksi)",
    ),
    "an old death with a paper left": (
        "akta_kematian",
        PARENT,
        {"death_paper": "letter", "deceased_listed": "unlisted", "old_papers": "have"},
        "f_2_01 surat_kematian dokumen_autentik_dasar|buku_nikah|akta_perkawinan|kk_lama|ktp_el|ijazah|paspor"
        " sptjm_kebenaran_data (ktp_saksi)",
    ),
    "a KIA that expired": (
        "kia_hilang_rusak",
        CHILD,
        {"child_age": "from_5", "kia_reason": "expired"},
        "f_1_02 kia kk akta_kelahiran ktp_ortu pasfoto",
    ),
    "somebody who joins the KK from elsewhere": (
        "kk_tambah_anggota",
        SELF,
        {"newcomer": "moved"},
        "f_1_02 kk_lama skpwni",
    ),
    "a child that comes to lodge": (
        "kk_tambah_anggota",
        SELF,
        {"newcomer": "moved_lodger", "only_minors": "minor"},
        "f_1_02 kk_lama skpwni surat_pernyataan_pemilik_rumah surat_pernyataan_pengasuhan",
    ),
    "a name written wrongly in the KK": (
        "kk_perubahan_data",
        SELF,
        {"kk_data": "birth", "right_data": "act"},
        "f_1_02 f_1_06 kk_lama akta_kelahiran sk_perubahan_pendukung?",
    ),
    "a KTP after a move, the card lost": (
        "ktp_perubahan",
        SELF,
        {"ktp_change": "moved", "old_ktp": "lost"},
        "f_1_02 surat_kehilangan_polisi kk skpwni",
    ),
    "a widower who marries again": (
        "akta_perkawinan",
        SELF,
        {"married_before": "widowed", "court_needed": "unneeded"},
        "f_2_01 surat_ket_perkawinan_agama pasfoto ktp_el kk akta_kematian (ktp_saksi) akta_kelahiran?",
    ),
    "a lost act": (
        "kutipan_kedua",
        SELF,
        {"lost_or_damaged": "lost"},
        "f_2_01 surat_kehilangan_polisi"
        " kutipan_akta_rusak|akta_kelahiran|akta_kematian|akta_perkawinan|akta_perceraian? kk ktp_el",
    ),
}


def form(service: str) -> SubmissionForm:
    found = knowledge().submission_form(service)
    assert found
    return found


def checklist(service: str, answers: dict[str, str], whom: Whom) -> str:
    """(in brackets): no photo; ?: optional; |: one of them."""
    found = form(service).papers(answers, whom)
    names = [("|".join(paper.documents) + "?" * paper.optional, paper.photo) for paper in found]
    return " ".join(name if photo else f"({name})" for name, photo in names)


@pytest.mark.parametrize(("service", "whom", "answers", "papers"), CASES.values(), ids=CASES.keys())
def test_a_case_needs_exactly_its_papers(service: str, whom: Whom, answers: dict[str, str], papers: str) -> None:
    assert form(service).next_question(answers, whom) is None, "not everything was asked"
    assert checklist(service, answers, whom) == papers


def test_questions_come_one_at_a_time_and_only_those_that_apply() -> None:
    asked = form("kk_tambah_anggota")
    first = asked.next_question({}, SELF)
    assert first
    assert first.id == "newcomer"
    assert asked.next_question({"newcomer": "child"}, SELF) is None
    follow_up = asked.next_question({"newcomer": "lodger"}, SELF)
    assert follow_up
    assert follow_up.id == "only_minors"


def test_an_answer_that_is_changed_takes_its_follow_up_away() -> None:
    answers = {"lost_or_damaged": "lost", "old_ktp": "lost"}
    changed = {**answers, "lost_or_damaged": "damaged"}
    assert [question.id for question in form("kk_hilang_rusak").questions_asked(answers, SELF)] == list(answers)
    assert form("kk_hilang_rusak").prune(changed, SELF) == {"lost_or_damaged": "damaged"}
    assert checklist("kk_hilang_rusak", changed, SELF) == "f_1_02 kk_lama ktp_el"


def test_an_answer_of_yesterdays_form_is_asked_again() -> None:
    stale = {"lost_or_damaged": "burnt", "nobody_asks": "this"}
    question = form("kutipan_kedua").next_question(stale, SELF)
    assert question
    assert question.id == "lost_or_damaged"
    assert form("kutipan_kedua").prune(stale, SELF) == {}


def test_who_is_sent_elsewhere_is_asked_and_told_nothing_more_here() -> None:
    without = {"birth_letter": "none"}
    assert form("akta_lahir").go_to(without) == "akta_lahir_sptjm"
    assert form("akta_lahir").next_question(without, CHILD) is None
    assert form("akta_lahir").papers(without, CHILD) == ()


def test_the_old_card_is_brought_although_it_may_be_asked_for_in_the_chat() -> None:
    card = next(paper for paper in form("ktp_rusak").papers({}, SELF) if paper.key == "ktp_el")
    assert form("ktp_rusak").offered
    assert "serahkan" in card.note


def test_what_is_asked_for_in_doubt_may_be_skipped() -> None:
    answers = {"death_paper": "letter", "deceased_listed": "unknown"}
    papers = {paper.key: paper for paper in form("akta_kematian").papers(answers, PARENT)}
    assert papers["sptjm_kebenaran_data"].optional
    assert papers["sptjm_kebenaran_data"].note == "Petugas memastikan apakah berkas ini perlu."
    assert not papers["kk"].optional
    assert set(papers["kk"].documents) >= {"kk", "dokumen_autentik_dasar"}


def test_what_is_no_service_has_no_form() -> None:
    assert knowledge().submission_form("ktp") is knowledge().submission_form(None) is None


# --- an office of its own -------------------------------------------------------------------------------------------
OWN = "office: {prefix: BRU, name: Disdukcapil Contoh, full_name: Dinas Contoh, regency: Kabupaten Contoh}\n"


def own(folder: Path, more: str) -> SubmissionForm:
    (folder / "offices" / "BRU.yml").write_text(OWN + more, encoding="utf-8")
    found = load_knowledge(folder, "BRU").submission_form("kk_pisah")
    assert found
    return found


def test_an_office_says_its_own_sentence_over_the_default(folder: Path) -> None:
    assert own(folder, "submissions: {forms: {kk_pisah: {note: Ambil di loket 3.}}}").note == "Ambil di loket 3."


def test_a_service_an_office_closes_is_told_and_may_be_checked_for_completeness(folder: Path) -> None:
    closed = own(folder, "services: {kk_pisah: {channel: {online: false}}}")
    assert not closed.offered
    assert closed.not_offered == "Layanan ini diurus langsung di kantor."
    assert closed.precheck


def test_nobody_stands_in_where_an_office_allows_no_proxy(folder: Path) -> None:
    assert OTHER not in own(folder, "services: {kk_pisah: {proxy: {allowed: false}}}").may_be_for


# --- slips ----------------------------------------------------------------------------------------------------------
def entry(content: Any, service: str = "kk_pisah") -> Any:
    return content["forms"][service]


SLIPS: dict[str, tuple[Callable[[Any], object], str]] = {
    "a service without its form": (lambda it: it["forms"].pop("kk_pisah"), "kk_pisah.*every service"),
    "a form of no service": (lambda it: it["forms"].update(sim=entry(it)), "sim.*every service"),
    "a forgotten document": (lambda it: entry(it)["papers"].pop(), "kk_pisah.*buku_nikah.*no place"),
    "an invented document": (lambda it: entry(it)["papers"].append("paspor"), "kk_pisah.*paspor"),
    "an unknown document beside it": (
        lambda it: entry(it)["papers"][-1].update(also=["kertas"]),
        "kk_pisah.*kertas.*documents.yml",
    ),
    "a required document under a condition": (
        lambda it: entry(it)["papers"].__setitem__(1, {"id": "kk_lama", "when": {"split_reason": ["family"]}}),
        "kk_pisah.*kk_lama.*wajib",
    ),
    "a conditional document without a condition": (
        lambda it: entry(it)["papers"][-1].pop("when"),
        "kk_pisah.*buku_nikah.*kondisional",
    ),
    "an excuse nobody needs": (
        lambda it: entry(it).update(variants={"kk_lama": {"why": "no reason"}}),
        "kk_pisah.*variants.*kk_lama",
    ),
    "an excuse that has no place itself": (
        lambda it: entry(it, "konsolidasi_nik")["variants"]["ktp_el"].update(instead=["kia"]),
        "konsolidasi_nik.*kia.*no place",
    ),
    "an unknown question": (lambda it: entry(it)["questions"].append("colour"), "kk_pisah.*colour"),
    "an unknown option": (
        lambda it: entry(it)["papers"][-1].update(when={"split_reason": ["maybe"]}),
        "kk_pisah.*split_reason.*maybe",
    ),
    "a question asked too late": (
        lambda it: entry(it, "kk_hilang_rusak")["questions"].reverse(),
        "kk_hilang_rusak.*not asked before",
    ),
    "a question nobody asks": (lambda it: it["questions"].update(idle=it["questions"]["home"]), "idle"),
    "a title too long for a list": (lambda it: it["questions"]["home"]["options"].update(own="x" * 61), "home"),
    "a single option": (lambda it: it["questions"]["home"]["options"].pop("own"), "home.*options"),
    "no photo and no word why": (
        lambda it: entry(it)["papers"].__setitem__(0, {"id": "f_1_02", "photo": False}),
        "kk_pisah.*f_1_02.*note",
    ),
    "not offered and no word why": (lambda it: entry(it).update(offered=False), "kk_pisah.*not_offered"),
    "a way to no service": (lambda it: entry(it, "kia_0_5")["go_to"][0].update(to="sim"), "kia_0_5.*sim"),
    "a slip in a key": (lambda it: entry(it).update(ofered=True), "kk_pisah.*ofered"),
}


@pytest.mark.parametrize(("slip", "named"), SLIPS.values(), ids=SLIPS.keys())
def test_a_slip_is_refused_by_file_and_entry(folder: Path, change: Change, slip: Any, named: str) -> None:
    change("submissions.yml", slip)
    with pytest.raises(KnowledgeError, match=rf"(?s)submissions.yml.*{named}"):
        load_knowledge(folder)


def test_a_document_added_to_a_service_wants_its_place(folder: Path, change: Change) -> None:
    extra = {"id": "paspor", "name": "Paspor", "need": "wajib"}
    change("services.yml", lambda it: it["services"][0]["required_documents"].append(extra))
    with pytest.raises(KnowledgeError, match=r"submissions.yml.*biodata_nik_baru.*paspor.*no place"):
        load_knowledge(folder)
