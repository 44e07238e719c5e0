"""How people say yes and no: one list for every question."""

from __future__ import annotations

YES = frozenset(
    (
        *("ya", "iya", "iye", "iyye", "iyo", "y", "yes", "ok", "oke", "okay", "okey", "sip", "baik", "betul", "benar"),
        *("setuju", "stuju", "setujuu", "setujui", "boleh", "bole"),
    )
)
NO = frozenset(
    (
        *("tidak", "tdk", "tak", "gak", "ga", "gk", "nggak", "ngga", "enggak", "engga", "kagak", "no", "tidakmi"),
        *("ndak", "nda", "ndk", "dak", "bukan", "bkn", "jangan", "jgn", "menolak", "tolak"),
    )
)
AROUND = frozenset(
    (
        *("saya", "sy", "pak", "bu", "bapak", "ibu", "min", "kak", "mi", "ji", "saja", "aja", "sudah", "dah", "kok"),
        *("dong", "mau", "usah", "dulu", "deh"),
    )
)
"""Said beside a yes or a no, and neither of them."""
