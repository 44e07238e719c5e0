"""A slip in a data file stops the start with a sentence that names file and entry."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bot.knowledge import KnowledgeError, load_knowledge

Change = Callable[[str, Callable[[Any], object]], None]


def service(content: Any, name: str = "kk_pisah") -> Any:
    return next(entry for entry in content["services"] if entry["id"] == name)


def faq(content: Any, name: str = "faq_016") -> Any:
    return next(entry for entry in content["faqs"] if entry["id"] == name)


def paper(content: Any, need: str, name: str = "kk_pisah") -> Any:
    return next(entry for entry in service(content, name)["required_documents"] if entry["need"] == need)


SLIPS: dict[str, tuple[str, Callable[[Any], object], str]] = {
    "an unknown need": ("services.yml", lambda it: paper(it, "wajib").update(need="mungkin"), "kk_pisah"),
    "a document nobody declared": (
        "services.yml",
        lambda it: paper(it, "wajib").update(id="kertas"),
        "kk_pisah.*kertas",
    ),
    "a conditional without its condition": (
        "services.yml",
        lambda it: paper(it, "kondisional").pop("condition"),
        "kk_pisah.*buku_nikah",
    ),
    "a single alternative": ("services.yml", lambda it: paper(it, "wajib").update(need="alternatif"), "kk_pisah"),
    "a short name over its limit": (
        "services.yml",
        lambda it: service(it).update(short_name="x" * 25),
        "kk_pisah.*short",
    ),
    "a line over its limit": ("services.yml", lambda it: service(it).update(one_line="x" * 73), "kk_pisah.*one_line"),
    "a slip in a key": ("services.yml", lambda it: service(it).update(fee_idrr=0), "kk_pisah.*fee_idrr"),
    "a service that stands twice": ("services.yml", lambda it: it["services"].append(service(it)), "kk_pisah.*twice"),
    "a form nobody declared": (
        "services.yml",
        lambda it: service(it).update(form_codes=["F-9.99"]),
        "kk_pisah.*F-9.99",
    ),
    "a section that is missing": ("services.yml", lambda it: it.pop("services"), "services"),
    "an undeclared variable": (
        "faq.yml",
        lambda it: it["meta"]["variables"].pop("pickup_place"),
        "faq_016.*pickup_place",
    ),
    "a variable the entry does not list": ("faq.yml", lambda it: faq(it).update(variables=[]), "faq_016.*pickup_place"),
    "a variable the answer does not use": ("faq.yml", lambda it: faq(it)["variables"].append("date"), "faq_016.*date"),
    "an answer over its limit": (
        "faq.yml",
        lambda it: faq(it).update(answer="x" * 901, variables=[]),
        "faq_016.*answer",
    ),
    "a FAQ of an unknown service": ("faq.yml", lambda it: faq(it).update(service="kk_baru"), "faq_016.*kk_baru"),
    "an unknown family member": (
        "taxonomy.yml",
        lambda it: it["families"]["kia"]["members"].append("kia_99"),
        "kia.*kia_99",
    ),
    "a family called like a service": (
        "taxonomy.yml",
        lambda it: it["families"].update(legalisir=it["families"]["kia"]),
        "legalisir",
    ),
    "an intent without a label": ("labels.yml", lambda it: it["intents"].pop("ask_cost"), "intents.*ask_cost"),
    "a menu row of an unknown intent": ("labels.yml", lambda it: it["menu"][0].update(intent="buy"), "menu.*buy"),
    "a keyword of an unknown service": ("keywords.yml", lambda it: it["services"].update(sim=["sim"]), "services.*sim"),
    "a special case without its FAQ": ("keywords.yml", lambda it: it["situations"][0].update(faq="none"), "none"),
    "a matter without its why": ("hand_over.yml", lambda it: it["matters"][0].pop("why"), "self_harm.*why"),
    "a matter that words do not tell": (
        "hand_over.yml",
        lambda it: it["matters"][0].update(reason="wish"),
        "self_harm.*wish",
    ),
    "a matter's word that is read as another": (
        "hand_over.yml",
        lambda it: it["matters"][0]["phrases"].append("sy lelah"),
        "self_harm.*sy lelah",
    ),
    "a period that ends before it starts": (
        "office.yml",
        lambda it: it["hours"]["week"].update(monday=["12.00-08.00"]),
        "PKP.*12.00-08.00",
    ),
    "periods that overlap": (
        "office.yml",
        lambda it: it["hours"]["week"].update(monday=["08.00-12.00", "11.00-16.00"]),
        "PKP.*hours",
    ),
    "an unknown time zone": ("office.yml", lambda it: it.update(time_zone="Asia/Pangkep"), "PKP.*time_zone"),
    "a holiday of another year": (
        "holidays.yml",
        lambda it: it["years"][2026]["days"].update({date(2031, 1, 1): "x"}),
        "2026",
    ),
    "a village whose code contradicts its kind": (
        "regions.yml",
        lambda it: it["kecamatan"][0]["villages"][0].update(type="desa"),
        "731001.*digit 7",
    ),
}


@pytest.mark.parametrize(("file", "slip", "named"), SLIPS.values(), ids=SLIPS.keys())
def test_it_is_refused_by_file_and_entry(
    folder: Path, change: Change, file: str, slip: Callable[[Any], object], named: str
) -> None:
    change(file, slip)
    with pytest.raises(KnowledgeError, match=rf"(?s){file}.*{named}"):
        load_knowledge(folder)


def test_a_missing_or_broken_file_is_named(folder: Path) -> None:
    (folder / "faq.yml").write_text("a: [", encoding="utf-8")
    with pytest.raises(KnowledgeError, match=r"faq\.yml"):
        load_knowledge(folder)
    (folder / "faq.yml").unlink()
    with pytest.raises(KnowledgeError, match=r"faq\.yml.*missing"):
        load_knowledge(folder)
