"""Papers that one look cannot tell apart: the same card, of whomever."""

from __future__ import annotations

from collections.abc import Mapping

from bot.contracts import OwnFile

_LOOKS_LIKE: Mapping[str, frozenset[str]] = {
    "ktp_el": frozenset({"ktp_ortu", "ktp_saksi"}),
    "kk": frozenset({"kk_lama"}),
    "kk_lama": frozenset({"kk"}),
    "akta_kelahiran": frozenset({"kutipan_akta", "kutipan_akta_rusak"}),
    "akta_perkawinan": frozenset({"kutipan_akta", "kutipan_akta_rusak"}),
    "akta_kematian": frozenset({"kutipan_akta", "kutipan_akta_rusak"}),
}


def same_look(document: str) -> frozenset[str]:
    """Others that look like this one."""
    return _LOOKS_LIKE.get(document, frozenset())


def looks_like(file: OwnFile) -> frozenset[str]:
    """What a file may be by its best guess; empty when its content tells nothing."""
    return frozenset(file.guesses[:1]).union(*(same_look(guess) for guess in file.guesses[:1]))
