"""services.yml: what the office does for citizens, and what each service asks of them."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, ClassVar

from pydantic import Field, StringConstraints, model_validator

from bot.knowledge.entry import Entry

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


class Need(StrEnum):
    """``wajib``: always. ``alternatif``: all of a service are one group, one of them is enough.
    ``kondisional``: only when its condition is true for this citizen."""

    ALWAYS = "wajib"
    ONE_OF = "alternatif"
    IF = "kondisional"


class Delivery(StrEnum):
    """How the result reaches the citizen."""

    PDF = "pdf"
    CARD = "kartu"
    COUNTER = "loket"
    OTHER = "lain"


class Requirement(Entry):
    """A paper a service asks for. ``id`` stands in documents.yml, ``name`` is what it is called here."""

    unused: ClassVar[frozenset[str]] = frozenset({"original_or_photo", "accepted_as_photo", "verify_note"})

    id: Text
    name: Text
    need: Need
    condition: Text | None = None
    verify: bool = False

    @model_validator(mode="after")
    def _conditional_says_when(self) -> Requirement:
        if self.need is Need.IF and not self.condition:
            raise ValueError(f"the document '{self.id}' is kondisional and has no condition")
        return self


class ProcessingTime(Entry):
    unused: ClassVar[frozenset[str]] = frozenset({"basis", "confidence", "verify_note"})

    target: Text
    verify: bool = False


class Icore(Entry):
    """Whether the office's own Android app takes the service."""

    unused: ClassVar[frozenset[str]] = frozenset({"note", "verify_note"})

    available: bool
    verify: bool = False


class Channel(Entry):
    """How a service is asked for and how its result comes back."""

    unused: ClassVar[frozenset[str]] = frozenset({"verify_note"})

    online: bool
    in_person: bool
    icore: Icore
    delivery: Delivery
    pickup: Text | None = None
    portal: Text | None = None
    whatsapp: bool = False
    request_via: Text | None = None
    note: Text | None = None
    verify: bool = False


class Proxy(Entry):
    """Whether somebody else may come; ``note`` is a sentence for citizens."""

    unused: ClassVar[frozenset[str]] = frozenset({"verify_note"})

    allowed: bool
    note: Text
    verify: bool = False


class Service(Entry):
    """One service. ``short_name`` fits a WhatsApp list's title (24), ``one_line`` its description (72)."""

    unused: ClassVar[frozenset[str]] = frozenset(
        {"description", "output", "legal_basis", "notes", "common_mistakes", "verify_note"}
    )

    id: Text
    category: Text
    official_name: Text
    everyday_names: tuple[Text, ...]
    short_name: Annotated[Text, Field(max_length=24)]
    one_line: Annotated[Text, Field(max_length=72)]
    definition: Text
    required_documents: Annotated[tuple[Requirement, ...], Field(min_length=1)]
    form_codes: tuple[Text, ...]
    fee_idr: Annotated[int, Field(ge=0)]
    processing_time: ProcessingTime
    reporting_deadline: Text | None = None
    channel: Channel
    proxy: Proxy
    steps: tuple[Text, ...]
    verify: bool = False

    @model_validator(mode="after")
    def _one_of_has_company(self) -> Service:
        if len(self.needing(Need.ONE_OF)) == 1:
            raise ValueError("a single document is alternatif; a choice needs at least two")
        return self

    def needing(self, need: Need) -> tuple[Requirement, ...]:
        return tuple(paper for paper in self.required_documents if paper.need is need)
