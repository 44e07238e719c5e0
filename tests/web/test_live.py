"""Open pages hear at once what changed, and nothing else."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.client import HTTPConnection
from queue import Empty, Queue
from urllib.parse import urlsplit

import pytest

from bot.contracts import Role
from bot.desk import changes
from bot.web.live import streams, watcher
from tests.installation import Installation, installation
from tests.people import PASSWORD, Browser, add_office, at_browser, link_of, signed_in
from tests.web.desk_people import act, on_tuesday, shown, tick, waits

PATIENCE = 10.0  # seconds; far more than it takes, so that a busy machine fails nothing
QUIET = 1.0  # seconds without a word
ANWAR = "whatsapp:+6281100000002"


class Ears:
    """What a page hears: (event, data)."""

    def __init__(self, sapa: Installation, officer: Browser, query: str = "") -> None:
        address = urlsplit(sapa.settings.public_url)
        cookie = officer.client.get_cookie("session")
        connection = HTTPConnection(address.hostname or "", address.port, timeout=30)
        connection.connect()
        self._socket: socket.socket = connection.sock
        connection.request(
            "GET", f"/desk/events{query}", headers={"Cookie": f"session={cookie.value if cookie else ''}"}
        )
        self.answer = connection.getresponse()
        self.heard: Queue[tuple[str, str]] = Queue()
        self.ended = threading.Event()

    def listen(self) -> None:
        threading.Thread(target=self._listen, daemon=True).start()

    def close(self) -> None:
        """As a browser does whose page is left."""
        self._socket.shutdown(socket.SHUT_RDWR)

    def _listen(self) -> None:
        name = ""
        with suppress(ConnectionResetError):  # the other end went away first
            for line in (raw.decode().rstrip("\n") for raw in self.answer):
                if line.startswith("event: "):
                    name = line.removeprefix("event: ")
                elif line.startswith("data:") and name:
                    self.heard.put((name, line.removeprefix("data:").strip()))
        self.ended.set()

    def next(self, within: float = PATIENCE) -> tuple[str, str] | None:
        try:
            return self.heard.get(timeout=within)
        except Empty:
            return None

    def topics(self, until: str = "") -> set[str]:
        """All that is heard until this topic is; without one, in a while."""
        end, found = time.monotonic() + (PATIENCE if until else QUIET), set[str]()
        while (left := end - time.monotonic()) > 0 and until not in found:
            if (event := self.next(left)) is not None:
                found.update(event[1].split())
        return found


@pytest.fixture
def sapa(database_url: str) -> Iterator[Installation]:
    with installation(database_url, "http://127.0.0.1:9") as running:
        on_tuesday(running)
        yield running


def asks(sapa: Installation, officer: Browser, conversation_id: int | None = None) -> Ears:
    return Ears(sapa, officer, f"?conversation={conversation_id}" if conversation_id else "")


@contextmanager
def listening(sapa: Installation, officer: Browser, conversation_id: int | None = None) -> Iterator[Ears]:
    """From its greeting on."""
    ears = asks(sapa, officer, conversation_id)
    assert ears.answer.status == 200
    assert ears.answer.headers["Content-Type"].startswith("text/event-stream")
    ears.listen()
    assert ears.next() == ("hello", "")
    yield ears
    if not ears.ended.is_set():
        ears.close()


def presence(officer: Browser, conversation_id: int, doing: str) -> str:
    return act(officer, conversation_id, "presence", doing=doing)[1].strip()


def test_who_waits_is_heard_by_the_whole_office(sapa: Installation) -> None:
    officer, other = signed_in(sapa.app, Role.OFFICER), signed_in(sapa.app, Role.SUPERVISOR)
    with listening(sapa, officer) as one, listening(sapa, other) as two:
        waits(sapa)
        assert "queue" in one.topics("queue")
        assert "queue" in two.topics("queue")


def test_another_office_hears_nothing(sapa: Installation) -> None:
    add_office(sapa.app, "MRS", "whatsapp:+6281100000099")
    stranger = signed_in(sapa.app, Role.OFFICER, prefix="MRS")
    with listening(sapa, stranger) as ears:
        waits(sapa)
        assert ears.topics() == set()


def test_another_offices_conversation_is_not_there(sapa: Installation) -> None:
    add_office(sapa.app, "MRS", "whatsapp:+6281100000099")
    stranger = signed_in(sapa.app, Role.OFFICER, prefix="MRS")
    conversation = waits(sapa)
    assert asks(sapa, stranger, conversation).answer.status == 404


def test_nobody_listens_without_signing_in(sapa: Installation) -> None:
    officer = signed_in(sapa.app, Role.OFFICER)
    officer.post("/sign-out")
    answer = asks(sapa, officer).answer
    assert (answer.status, answer.headers["Location"].split("?")[0]) == (302, "/sign-in")


def test_talk_with_the_assistant_does_not_stir_the_queue(sapa: Installation) -> None:
    officer = signed_in(sapa.app, Role.OFFICER)
    with listening(sapa, officer) as ears:
        sapa.write("halo")
        assert ears.topics() == set()


def test_a_conversation_is_heard_by_the_page_that_shows_it(sapa: Installation) -> None:
    officer = signed_in(sapa.app, Role.OFFICER)
    conversation, elsewhere = waits(sapa), waits(sapa, citizen=ANWAR, name="Anwar")
    with listening(sapa, officer, conversation) as ears:
        sapa.write("masih di sana?")
        assert f"conversation:{conversation}" in ears.topics(f"conversation:{conversation}")
        sapa.write("halo", citizen=ANWAR)
        assert f"conversation:{elsewhere}" not in ears.topics()


def test_ticks_are_heard_though_no_fact_tells_of_them(sapa: Installation) -> None:
    officer = signed_in(sapa.app, Role.OFFICER)
    conversation = waits(sapa)
    act(officer, conversation, "claim")
    key = shown(officer, f"/desk/{conversation}").split('name="send_key" value="')[1].split('"')[0]
    act(officer, conversation, "reply", body="Baik, Bu.", send_key=key)
    sapa.settle()
    with listening(sapa, officer, conversation) as ears:
        sapa.control.tell(sapa.replies()[-1].sid, "read")
        assert f"conversation:{conversation}" in ears.topics(f"conversation:{conversation}")


def test_an_alert_is_heard_by_those_it_is_for(sapa: Installation) -> None:
    officer = signed_in(sapa.app, Role.OFFICER)
    waits(sapa)
    with listening(sapa, officer) as ears:
        tick(sapa)
        assert "alerts" in ears.topics("alerts")


def test_many_changes_are_told_twice_a_second_at_most_and_the_last_is_not_lost(sapa: Installation) -> None:
    officer = signed_in(sapa.app, Role.OFFICER)
    conversation = waits(sapa)
    with listening(sapa, officer, conversation) as ears:
        began, told = time.monotonic(), 0
        for verb in ("claim", "release") * 4:
            act(officer, conversation, verb)
        lasted = time.monotonic() - began
        while ears.next(QUIET) is not None:
            told += 1
        assert 1 <= told <= lasted / 0.5 + 3


def test_a_colleague_who_types_is_shown_at_once_and_gone_after_ten_seconds_of_silence(sapa: Installation) -> None:
    officer = signed_in(sapa.app, Role.OFFICER)
    sari = signed_in(sapa.app, Role.OFFICER, name="Ibu Sari")
    conversation = waits(sapa)
    with listening(sapa, officer, conversation) as ears:
        presence(sari, conversation, "typing")
        assert f"colleagues:{conversation}" in ears.topics(f"colleagues:{conversation}")
        assert presence(officer, conversation, "looking") == "Ibu Sari sedang mengetik…"
        sapa.clock.advance(seconds=11)
        assert f"colleagues:{conversation}" in ears.topics(f"colleagues:{conversation}")
        assert presence(officer, conversation, "looking") == ""


def test_a_colleague_who_looks_or_leaves_is_told_so(sapa: Installation) -> None:
    officer = signed_in(sapa.app, Role.OFFICER)
    sari = signed_in(sapa.app, Role.OFFICER, name="Ibu Sari")
    conversation = waits(sapa)
    presence(sari, conversation, "typing")
    presence(sari, conversation, "looking")
    assert shown(officer, f"/desk/{conversation}/presence").strip() == "Ibu Sari juga membuka percakapan ini"
    presence(sari, conversation, "leaving")
    assert shown(officer, f"/desk/{conversation}/presence").strip() == ""


def test_one_never_sees_oneself(sapa: Installation) -> None:
    officer = signed_in(sapa.app, Role.OFFICER)
    conversation = waits(sapa)
    presence(officer, conversation, "typing")
    assert shown(officer, f"/desk/{conversation}/presence").strip() == ""


def test_a_closed_page_frees_its_place_at_once(sapa: Installation) -> None:
    officer = signed_in(sapa.app, Role.OFFICER)
    with listening(sapa, officer):
        assert len(_open(sapa).all()) == 1
    assert _in_time(lambda: not _open(sapa).all())


def test_when_all_places_are_taken_the_page_is_told_to_ask_by_itself(
    sapa: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(_open(sapa), "_most", 1)
    officer, other = signed_in(sapa.app, Role.OFFICER), signed_in(sapa.app, Role.OFFICER)
    with listening(sapa, officer):
        refused = asks(sapa, other).answer
        assert (refused.status, refused.headers["Retry-After"]) == (503, "30")


def test_a_persons_newest_pages_are_served(sapa: Installation) -> None:
    officer = signed_in(sapa.app, Role.OFFICER)
    with listening(sapa, officer) as oldest, listening(sapa, officer), listening(sapa, officer):
        with listening(sapa, officer):
            assert oldest.next() == ("crowded", "")
        assert len(_open(sapa).all()) <= streams.MOST_A_PERSON


@pytest.mark.usefixtures("quick_heart")
def test_a_stream_ends_when_the_session_is_ended_elsewhere(sapa: Installation) -> None:
    officer = signed_in(sapa.app, Role.OFFICER)
    with listening(sapa, officer) as ears:
        assert ears.next() == ("beat", "")
        elsewhere = at_browser(sapa.app, officer.person)
        elsewhere.post(link_of(sapa.app, officer.person), password=PASSWORD, again=PASSWORD)
        assert ("over", "") in [ears.next() for _ in range(5)]
        assert ears.ended.wait(PATIENCE)


def test_a_stop_ends_every_stream_at_once(sapa: Installation) -> None:
    officers = [signed_in(sapa.app, Role.OFFICER) for _ in range(3)]
    with listening(sapa, officers[0]) as one, listening(sapa, officers[1]) as two:
        _open(sapa).stop()
        assert one.ended.wait(PATIENCE)
        assert two.ended.wait(PATIENCE)
    assert asks(sapa, officers[2]).answer.status == 503


def test_nothing_watches_while_nobody_listens(sapa: Installation) -> None:
    officer = signed_in(sapa.app, Role.OFFICER)
    with listening(sapa, officer):
        assert _watching()
    assert _in_time(lambda: not _watching())


@pytest.fixture
def quick_heart(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.web.live.stream.HEARTBEAT", 0.2)


def _open(sapa: Installation) -> streams.Streams:
    found: streams.Streams = sapa.app.extensions["sapa_streams"]
    return found


def _watching() -> bool:
    return any(thread.name == "watch" for thread in threading.enumerate())


def _in_time(holds: Callable[[], object]) -> bool:
    end = time.monotonic() + PATIENCE
    while not (held := bool(holds())) and time.monotonic() < end:
        time.sleep(0.02)
    return held


def test_whatever_goes_wrong_with_one_look_the_next_tells_it(
    sapa: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = threading.Event()

    def breaks_once(*_: object) -> dict[int, tuple[int, ...]]:
        if not broken.is_set():
            broken.set()
            raise ValueError
        return {}

    with listening(sapa, signed_in(sapa.app, Role.OFFICER)) as page:
        monkeypatch.setattr(watcher, "AFTER_FAILURE", 0.05)
        monkeypatch.setattr(changes, "_ticks", breaks_once)
        waits(sapa)
        assert "queue" in page.topics("queue")
        assert broken.is_set()
