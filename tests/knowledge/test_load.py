"""What is loaded: all of it, quickly, frozen; an office's own facts over the defaults."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from pathlib import Path

import pydantic
import pytest

from bot.knowledge import KnowledgeError, Need, load_knowledge

OWN = """
office:
  prefix: BRU
  name: Disdukcapil Kabupaten Contoh
  full_name: Dinas Kependudukan dan Pencatatan Sipil Kabupaten Contoh
  regency: Kabupaten Contoh
  hours: {week: {friday: [08.00-11.00]}}
  facts: {office_address: {value: Jl. Contoh 1}}
services:
  kk_pisah: {processing_time: {target: paling lama 2 hari kerja setelah berkas lengkap}}
"""


def test_everything_of_the_domain_is_there(folder: Path) -> None:
    knowledge = load_knowledge(folder)
    counts = (knowledge.services, knowledge.families, knowledge.documents, knowledge.faqs, knowledge.intents)
    assert [len(entries) for entries in counts] == [41, 7, 49, 94, 35]
    assert len(knowledge.districts) == 13


def test_it_is_found_by_its_id(folder: Path) -> None:
    knowledge = load_knowledge(folder)
    service = knowledge.service("kk_hilang_rusak")
    assert service
    assert [paper.id for paper in service.needing(Need.ALWAYS)] == ["f_1_02", "ktp_el"]
    family = knowledge.family("ktp")
    document = knowledge.document("ktp_el")
    faq = knowledge.faq("calo")
    assert family
    assert document
    assert faq
    assert [member.id for member in knowledge.members("ktp")] == list(family.members)
    assert knowledge.faq(faq.id) is faq
    assert knowledge.service("ktp") is knowledge.service(None) is knowledge.family("kk_pisah") is None


def test_nothing_loaded_can_be_changed(folder: Path) -> None:
    service = load_knowledge(folder).services["kk_pisah"]
    with pytest.raises(pydantic.ValidationError):
        service.fee_idr = 1  # type: ignore[misc]


def test_it_loads_in_well_under_a_second(folder: Path) -> None:
    load_knowledge(folder)
    started = time.process_time()
    load_knowledge(folder)
    assert time.process_time() - started < 0.5


def test_an_office_lays_its_own_facts_over_the_defaults(folder: Path) -> None:
    (folder / "offices" / "BRU.yml").write_text(OWN, encoding="utf-8")
    own, default = load_knowledge(folder, "BRU"), load_knowledge(folder)
    assert own.office.name == "Disdukcapil Kabupaten Contoh"
    assert own.office.fact("office_address") == "Jl. Contoh 1"
    assert own.office.fact("pickup_place") == default.office.fact("pickup_place")
    friday_two = datetime(2026, 11, 27, 6, tzinfo=UTC)
    assert default.calendar.is_open(friday_two)
    assert not own.calendar.is_open(friday_two)
    assert "2 hari kerja" in own.services["kk_pisah"].processing_time.target
    assert own.services["kk_pisah"].definition == default.services["kk_pisah"].definition
    assert "2 hari kerja" not in default.services["kk_pisah"].processing_time.target


@pytest.mark.parametrize(
    ("own", "named"),
    [
        (None, "BRU.*missing"),
        (OWN.replace("  regency: Kabupaten Contoh\n", ""), "BRU.*regency"),
        (OWN.replace("prefix: BRU", "prefix: PKP"), "BRU.*PKP"),
        (OWN.replace("kk_pisah:", "kk_lenyap:"), "services.*kk_lenyap"),
        (OWN + "taxonomy: {}\n", "BRU.*taxonomy"),
    ],
)
def test_an_office_never_speaks_in_anothers_name(folder: Path, own: str | None, named: str) -> None:
    if own:
        (folder / "offices" / "BRU.yml").write_text(own, encoding="utf-8")
    with pytest.raises(KnowledgeError, match=named):
        load_knowledge(folder, "BRU")
