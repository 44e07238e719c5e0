"""The demo's offices in an installation of the tests, and its clock by hand."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from bot.commands.demo import seed
from bot.commands.stand_ins import demo_templates
from bot.line import build_jobs, build_messenger
from tests.installation import Installation, installation


@contextmanager
def demo_installation(database_url: str, nlu_url: str) -> Iterator[Installation]:
    """As `make run` starts it: both offices, their staff, approved templates, a mailbox for everybody."""
    with installation(database_url, nlu_url, demo=True) as sapa:
        seed(sapa.settings)
        for one in demo_templates():
            buttons = [(button["title"], button["id"]) for button in one["buttons"]]
            sapa.control.template(one["sid"], one["body"], variables=one["variables"], buttons=buttons)
        yield sapa


def tick(sapa: Installation) -> None:
    """The clock's jobs that tell people, once, on the installation's time."""
    jobs = {
        job.name: job
        for job in build_jobs(sapa.settings, sapa.database, build_messenger(sapa.settings), sapa.fetching.media)
    }
    for name in ("raise_alerts", "send_notices"):
        jobs[name].run(sapa.clock(), None)
