"""``make bench-desk``: the desk's pages with 10,000 open tickets beside the same with five, on SQLite and PostgreSQL:
server time and number of queries. Prints Markdown."""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from datetime import timedelta
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import Connection, event, insert

from bench.postgres import postgres
from bench.rounds import quantile
from bench.usage import machine
from bot.contracts import InboundState, MessageKind, Role, TargetKind, TargetState, TicketState
from bot.db.engine import make_engine
from bot.db.schema import migrate
from bot.db.statistics import refresh_statistics
from bot.models import (
    Contact,
    Conversation,
    ConversationLabel,
    InboundMessage,
    Label,
    Target,
    Ticket,
)
from bot.settings import Settings
from tests.installation import Installation, installation
from tests.people import Browser, signed_in

MANY, FEW = 10_000, 5
MESSAGES = 10  # of a conversation
ROUNDS = 9
NOWHERE = "http://127.0.0.1:9"  # no NLU is asked
WORDS = "saya mau tanya urusan nomor {ticket} yang ke {number} karena sudah lama menunggu kabar dari kantor"
PAGES = {
    "waiting": "/desk",
    "late": "/desk?tray=late",
    "all": "/desk?tray=all",
    "of one service": "/desk?service=akta_lahir",
    "of one label": "/desk?label=1",
    "news of the list": "/desk/news?since=0",
    "list beside a conversation": "/desk/list?here=1",
    "a conversation": "/desk/1",
}
SEARCHES = {
    "a name": "Warga 3",
    "a rare word": "nomor 3 yang",
    "a word that is nowhere": "tidakadakatabegini",
    "a NIK": "9910041708990001",
    "a ticket's number": "PKP-2611-00003K",
}


def main() -> None:
    parser = argparse.ArgumentParser(prog="make bench-desk", description=__doc__)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    rounds = parser.parse_args().rounds
    told = machine()
    print(f"{told['cores']} cores, Python {told['python']}; {MESSAGES} messages a conversation, {rounds} rounds")
    print("median / p95 in ms, queries\n")
    measured: dict[str, dict[str, str]] = {}
    for name, count in (("SQLite", FEW), ("SQLite", MANY), ("PostgreSQL", FEW), ("PostgreSQL", MANY)):
        with _desk(name, count) as (officer, queries):
            for what, open_it in _all_pages(officer):
                measured.setdefault(what, {})[f"{name}, {count:,}"] = _measured(open_it, queries, rounds)
    columns = list(next(iter(measured.values())))
    print("| | " + " | ".join(columns) + " |\n" + "|---" * len(columns) + "|")
    for what, cells in measured.items():
        print(f"| {what} | " + " | ".join(cells[column] for column in columns) + " |")


@contextmanager
def _desk(engine: str, count: int) -> Iterator[tuple[Browser, list[int]]]:
    """An officer at a desk with so many tickets, and the number of queries so far."""
    with ExitStack() as stack:
        if engine == "SQLite":
            url = f"sqlite:///{Path(stack.enter_context(TemporaryDirectory())) / 'desk.db'}"
        else:
            url, _ = stack.enter_context(postgres())
        migrate(make_engine(Settings(database_url=url).sqlalchemy_url))
        sapa = stack.enter_context(installation(url, NOWHERE))
        with sapa.database.transaction() as session:
            _seed(session.connection(), sapa, count)
        if engine == "PostgreSQL":
            with sapa.database.engine.begin() as connection:
                connection.exec_driver_sql("ANALYZE")  # as autovacuum does
        refresh_statistics(sapa.database)  # as the clock does
        officer = signed_in(sapa.app, Role.OFFICER)
        queries = [0]
        own = sapa.app.extensions["sapa_database"].engine
        event.listen(own, "before_cursor_execute", lambda *_: queries.__setitem__(0, queries[0] + 1))
        yield officer, queries


def _seed(connection: Connection, sapa: Installation, count: int) -> None:
    now, ids = sapa.clock(), range(1, count + 1)
    of = {"office_id": 1}

    def add(model: Any, rows: Sequence[dict[str, Any]]) -> None:
        connection.execute(insert(model), rows)

    add(
        Contact,
        [of | {"address": f"whatsapp:+62811{i:08}", "profile_name": f"Warga {i}", "created_at": now} for i in ids],
    )
    day = now + timedelta(hours=24)
    add(Conversation, [of | {"contact_id": i, "last_seq": MESSAGES, "window_until": day} for i in ids])
    said = {"kind": MessageKind.TEXT, "form": {}, "received_at": now, "state": InboundState.ANSWERED}
    add(
        InboundMessage,
        [
            of | said | {"conversation_id": i, "seq": n, "sid": f"{i}x{n}", "body": WORDS.format(ticket=i, number=n)}
            for i in ids
            for n in range(1, MESSAGES + 1)
        ],
    )
    add(
        Ticket,
        [
            of
            | {
                "conversation_id": i,
                "number": f"PKP-2611-{i:05}K",
                "kind": "talk_to_human",
                "service": "akta_lahir" if i % 3 else "kk_hilang_rusak",
                "state": TicketState.OPEN,
                "opened_at": now,
                "queued_at": now - timedelta(seconds=count - i),
            }
            for i in ids
        ],
    )
    clock = {"cycle": 1, "state": TargetState.RUNNING, "minutes": 120, "started_at": now, "running_since": now}
    add(
        Target,
        [
            of | clock | {"ticket_id": i, "kind": kind, "due_at": now + timedelta(minutes=i % 200 - 100)}
            for i in ids
            for kind in (TargetKind.FIRST_RESPONSE, TargetKind.RESOLUTION)
        ],
    )
    add(Label, [of | {"name": "Warga pulau", "active": True}])
    add(ConversationLabel, [of | {"conversation_id": i, "label_id": 1} for i in ids if i % 10 == 1])


def _all_pages(officer: Browser) -> Iterator[tuple[str, Callable[[], int]]]:
    for what, address in PAGES.items():
        yield what, lambda address=address: officer.get(address).status_code  # type: ignore[misc]
    for what, text in SEARCHES.items():
        found = officer.post("/desk/search", form_on="/desk/search", q=text).location
        yield f"search: {what}", lambda found=found: officer.get(found).status_code  # type: ignore[misc]


def _measured(open_it: Callable[[], int], queries: list[int], rounds: int) -> str:
    open_it()  # what is read once, the knowledge above all, is not measured
    times = []
    for _ in range(rounds):
        queries[0] = 0
        began = time.perf_counter()
        status = open_it()
        times.append((time.perf_counter() - began) * 1000)
        assert status == 200, status
    return f"{median(times):.0f} / {quantile(sorted(times), 0.95):.0f}, {queries[0]}"


if __name__ == "__main__":
    main()
