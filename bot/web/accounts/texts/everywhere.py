"""On every page."""

from __future__ import annotations

TEXTS: dict[str, dict[str, str]] = {
    "id": {
        "other_language": "English",
        "other_code": "en",
        "language": "Bahasa",
        "id": "Bahasa Indonesia",
        "en": "English",
    },
    "en": {
        "other_language": "Bahasa Indonesia",
        "other_code": "id",
        "language": "Language",
        "id": "Bahasa Indonesia",
        "en": "English",
    },
}
