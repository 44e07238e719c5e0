"""The table of arrows: which part may import which, and why. The picture of it is in ARCHITECTURE.md."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Arrows:
    """``to`` are the parts of ours that may be imported; ``outside`` the packages, None meaning any but Rasa."""

    to: tuple[str, ...]
    why: str
    outside: frozenset[str] | None = None


ANYTHING = Arrows(("bot", "actions"), "Rasa lives in nlu/ on Python 3.10; its old pins must not reach the app")
VALUES = ("bot.contracts", "bot.errors")
NOTHING: frozenset[str] = frozenset()
OFFICE_TIME = ("bot.calendar", "bot.deadlines", "bot.rules")

SIMULATOR = Arrows(
    (*VALUES, "bot.web", "bot.flow.receive", "bot.desk", "bot.models", "bot.db.session", "bot.gateways"),
    "only the simulator knows that Twilio may be a stand-in",
)

VAULT = Arrows(
    (*VALUES, "bot.models", "bot.db", *OFFICE_TIME, "bot.desk", "bot.gateways.base", "bot.sealing"),
    "the vault knows storage by its Protocol only",
)

# The longest name that fits a module decides. A part may always import itself.
TABLE = {
    "bot.app": ANYTHING,
    "bot.assistant": ANYTHING,
    "bot.at_desk": ANYTHING,
    "bot.cli": ANYTHING,
    "bot.clock": ANYTHING,
    "bot.commands": ANYTHING,
    "bot.line": ANYTHING,
    "bot.pieces": ANYTHING,
    "bot.wording": ANYTHING,
    "bot.worker": ANYTHING,
    "bot.contracts": Arrows((), "the shared shapes stand on nothing", NOTHING),
    "bot.errors": Arrows((), "everybody raises them, so they stand on nothing", NOTHING),
    "bot.logs": Arrows(("bot.errors",), "logging is set up before anything else", frozenset({"structlog"})),
    "bot.smtp_url": Arrows(("bot.contracts",), "a setting's own grammar", NOTHING),
    "bot.sealing": Arrows(
        ("bot.errors",), "cryptography is pure: keys and bytes in, bytes out", frozenset({"cryptography"})
    ),
    "bot.settings": Arrows((*VALUES, "bot.smtp_url"), "settings are read before anything else is built"),
    "bot.ways": ANYTHING,
    "bot.calendar": Arrows(
        VALUES,
        "office time is pure: actions and desk both stand on it",
        frozenset({"holidays"}),
    ),
    "bot.deadlines": Arrows(
        (*VALUES, "bot.calendar"), "a deadline is pure: the same start gives the same end in every replay", NOTHING
    ),
    "bot.rules": Arrows(
        (*VALUES, "bot.calendar", "bot.deadlines"), "rules are a value: handed in, never looked up", NOTHING
    ),
    "bot.figures": Arrows(
        (*VALUES, "bot.calendar", "bot.deadlines"),
        "what a figure counts is pure: it can be reckoned again from the same facts",
        NOTHING,
    ),
    "bot.knowledge": Arrows(
        (*VALUES, *OFFICE_TIME),
        "what the office knows does not depend on the service that tells it",
        frozenset({"yaml", "pydantic", "holidays"}),
    ),
    "bot.nik": Arrows((), "a number's structure is pure: text in, faults out", NOTHING),
    "bot.models": Arrows(("bot.contracts",), "records know shapes and states, not what is done with them"),
    "bot.db": Arrows((*VALUES, "bot.models"), "sessions, claims and wake-ups know no verbs of the desk"),
    "bot.masking": Arrows((), "what hides who somebody is must be easy to prove: text in, text out", NOTHING),
    "bot.desk": Arrows(
        (*VALUES, "bot.models", "bot.db", "bot.masking", "bot.sealing", *OFFICE_TIME, "bot.figures"),
        "the desk writes rows and calls nothing outside: no HTTP inside a transaction",
    ),
    "bot.desk.vault": VAULT,
    "bot.desk.sweeping": VAULT,
    "bot.gateways": Arrows(VALUES, "a gateway talks to one thing outside and knows no rows"),
    "bot.gateways.inspection": Arrows(
        (*VALUES, "bot.inspection.wire"),
        "the worker must not carry what looks into files: it knows how to talk to that process, no more",
        frozenset({"structlog"}),
    ),
    "bot.inspection": Arrows(
        (*VALUES, "bot.knowledge.documents", "bot.knowledge.regions", "bot.nik"),
        "what looks into hostile files has no rows, no secrets and no line outside within its reach",
    ),
    "bot.inspection.wire": Arrows(VALUES, "both sides of the pipe load it", NOTHING),
    "bot.flow": Arrows(
        (
            *VALUES,
            "bot.rules",
            "bot.desk",
            "bot.models",
            "bot.db.session",
            "bot.db.together",
            "bot.db.wake",
            "bot.gateways.base",
        ),
        "gateways and actions are handed in, so that a test can hand in others; rows go through desk",
    ),
    "bot.web": Arrows(
        (
            *VALUES,
            *OFFICE_TIME,
            "bot.figures",
            "bot.flow.receive",
            "bot.desk",
            "bot.models",
            "bot.db.session",
            "bot.gateways.base",
        ),
        "a door receives, shows and asks the desk; office time is pure; what it needs besides is handed in by bot.app",
    ),
    "bot.web.simulator": SIMULATOR,
    "bot.web.simulator_mail": SIMULATOR,
    "bot.web.simulator_phones": SIMULATOR,
    "bot.web.simulator_watch": Arrows(
        (*VALUES, *OFFICE_TIME, "bot.desk", "bot.models", "bot.db.session"),
        "what the simulator says of an office's hours and targets is read as the desk reads it",
    ),
    "actions": Arrows(
        ("bot.contracts", "bot.calendar", "bot.knowledge"),
        "actions are pure: they know neither database, Flask, HTTP nor the clock",
        frozenset({"yaml", "pydantic"}),
    ),
    "nlu": Arrows((), "nlu runs on another Python; the app talks to it over HTTP only"),
    "tools.pictures": ANYTHING,
    "tools.setup": Arrows((), "set-up runs before anything is installed", NOTHING),
}
