"""``make bench-streams``: open pages beside a busy webhook: is a citizen's message kept waiting, how soon does a page
know, what does a stream cost, and how fast does the server stop? Prints Markdown."""

from __future__ import annotations

import argparse
import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from statistics import median

from bench.installation import Running, fresh_folder, sapa
from bench.pages import Pages, session_cookie
from bench.rounds import quantile
from bench.shots import webhook_shots
from bench.steady import Steady, send_steadily
from bench.usage import busy_seconds, cpu_seconds, machine
from bot.contracts import HandOverReason, Role
from bot.db.engine import make_engine
from bot.db.session import Database
from bot.desk import queue, staff
from bot.models import Contact, Conversation, Office, Staff
from bot.pieces import utc_now

PAGES = 50
A_SECOND = 100
SECONDS = 15.0
SECRET = "b" * 32  # as bench.installation has it
WAITING = 30  # in the queue before anything is measured
STIR_EVERY = 1.0  # seconds


@dataclass
class Case:
    name: str
    sent: Steady
    cpu: float
    others: float
    heard: list[float] = field(default_factory=list)
    shown: list[float] = field(default_factory=list)


def main() -> None:
    for name in [name for name in os.environ if name.startswith("SAPA_")]:
        del os.environ[name]
    parser = argparse.ArgumentParser()
    parser.add_argument("--seconds", type=float, default=SECONDS)
    seconds = parser.parse_args().seconds
    folder = fresh_folder("streams")
    url = f"sqlite:///{folder / 'sapa.db'}"
    with sapa(url, folder) as running:
        database = Database(make_engine(url))
        office_id, cookies = officers(database)
        for number in range(WAITING):
            join_queue(database, office_id, number)
        pages = Pages(running.port, cookies)
        cases = [_case("no page open", running, 0, seconds)]
        with _stirring(database, office_id, WAITING):
            cases.append(_case("no page open, the queue changes", running, 1, seconds))
        before = running.memory()["web"]
        pages.open()
        _until(lambda: len(pages.greeted) == PAGES)
        after = running.memory()["web"]
        cases.append(_case(f"{PAGES} pages open", running, 2, seconds))
        with _stirring(database, office_id, 1000) as stirred:
            case = _case(f"{PAGES} pages open, the queue changes", running, 3, seconds)
        case.heard, case.shown = _delays(stirred, pages.heard), _delays(stirred, pages.shown)
        cases.append(case)
        loaded = running.memory()["web"]
        still_open = len(pages.greeted)
        pages.rest()
        began = time.monotonic()
    stopped = time.monotonic() - began
    _print(cases, pages.bytes_a_page)
    told = (
        f"Memory of the web process (PSS): {before['pss']} MB without a page, {after['pss']} MB with {PAGES}: "
        f"{1000 * (after['pss'] - before['pss']) / PAGES:.0f} kB a stream; after the load {loaded['pss']} MB. "
        f"Stop with {still_open} streams open: {stopped:.1f} s."
    )
    print(told)


def _case(name: str, running: Running, number: int, seconds: float) -> Case:
    shots = webhook_shots(**running.shots(first_citizen=1 + number * 100_000))
    pid = running.processes["web"]
    own, cpu, busy = time.process_time(), cpu_seconds(pid), busy_seconds()
    began = time.monotonic()
    sent = send_steadily(shots, running.port, A_SECOND, seconds)
    took = time.monotonic() - began
    used = cpu_seconds(pid) - cpu
    others = busy_seconds() - busy - used - (time.process_time() - own)
    return Case(name, sent, used / took, max(0.0, others / took))


def officers(database: Database) -> tuple[int, list[str]]:
    """Officers, signed in."""
    with database.transaction() as session:
        office = session.query(Office).one()
        posts = [
            staff.invite(
                session,
                office.id,
                email=f"petugas{number}@contoh.example",
                name=f"Petugas {number}",
                role=Role.OFFICER,
                whatsapp=None,
                by="line",
                now=utc_now(),
            )
            for number in range(PAGES)
        ]
        marks = [session.get_one(Staff, post.staff_id).fs_uniquifier for post in posts]
        return office.id, [session_cookie(SECRET, mark) for mark in marks]


def join_queue(database: Database, office_id: int, number: int) -> float:
    """One more citizen waits for an officer; when that was committed."""
    now = utc_now()
    with database.transaction() as session:
        contact = Contact(
            office_id=office_id, address=f"whatsapp:+62812{number:08d}", profile_name="Warga Contoh", created_at=now
        )
        session.add(contact)
        session.flush()
        conversation = Conversation(office_id=office_id, contact_id=contact.id)
        session.add(conversation)
        session.flush()
        queue.hand_over(
            session,
            office_id,
            conversation.id,
            kind="talk_to_human",
            reason=HandOverReason.WISH,
            service=None,
            since=now,
            now=now,
        )
    return time.monotonic()


@contextmanager
def _stirring(database: Database, office_id: int, number: int) -> Iterator[list[float]]:
    """Somebody joins the queue every second; when."""
    stop, stirred = threading.Event(), list[float]()

    def stir() -> None:
        nonlocal number
        while not stop.wait(STIR_EVERY):
            stirred.append(join_queue(database, office_id, number))
            number += 1

    thread = threading.Thread(target=stir)
    thread.start()
    yield stirred
    stop.set()
    thread.join()
    time.sleep(3.0)  # the last one's news


def _delays(stirred: list[float], told: dict[int, list[float]]) -> list[float]:
    """From each change to the first that each page was told after it, in order."""
    firsts = (next((at for at in moments if at > change), None) for change in stirred for moments in told.values())
    waits = [(change, at) for change, at in zip((one for one in stirred for _ in told), firsts, strict=True)]
    return sorted(at - change for change, at in waits if at is not None)


def _until(holds: Callable[[], bool], within: float = 30.0) -> None:
    end = time.monotonic() + within
    while not holds():
        if time.monotonic() > end:
            raise TimeoutError("the streams were not greeted")
        time.sleep(0.05)


def _print(cases: list[Case], size: int) -> None:
    here = machine()
    lines = [
        f"{here['cores']} cores ({here['cpu']}), Python {here['python']}; {A_SECOND} webhooks a second, open loop; "
        f"times in ms; CPU in cores, *others*: of what is no part of this bench. News: {size} bytes compressed.",
        "",
        "| | webhook p50 | p99 | worst | refused | web's CPU | others | event p50 | p99 | news p50 | p99 |",
        "|---|---|---|---|---|---|---|---|---|---|---|",
    ]
    for case in cases:
        waits = sorted(case.sent.waits)
        figures = [median(waits), quantile(waits, 0.99), waits[-1]]
        told = [figure for found in (case.heard, case.shown) for figure in _two(found)]
        cells = [f"{1000 * one:.0f}" for one in figures] + [str(case.sent.refused)]
        lines.append(f"| {' | '.join([case.name, *cells, f'{case.cpu:.2f}', f'{case.others:.2f}', *told])} |")
    print("\n".join(lines) + "\n")


def _two(found: list[float]) -> list[str]:
    return [f"{1000 * one:.0f}" for one in (median(found), quantile(found, 0.99))] if found else ["", ""]


if __name__ == "__main__":
    main()
