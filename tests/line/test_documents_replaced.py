"""GANTI after sending: an officer decides between the photo that was handed in and the new one."""

from __future__ import annotations

import pytest

from bot.contracts import AskToReplace, AttachmentState, PlaceFile, Rejection, TicketState
from bot.contracts.submissions import DeletionReason, SubmissionState
from bot.desk import reviews
from tests.desk import Colleague, Desk
from tests.files import photo
from tests.installation import Installation
from tests.line.papers import Papers


@pytest.fixture
def papers(deaf_sapa: Installation) -> Papers:
    return Papers(deaf_sapa)


@pytest.fixture
def office(papers: Papers) -> Desk:
    return Desk(papers.sapa)


@pytest.fixture
def officer(office: Desk) -> Colleague:
    return office.hire()


@pytest.fixture
def submission(papers: Papers) -> int:
    """Sent, with a photo instead of which another one is offered."""
    submission = papers.begin()
    papers.send(photo("foto_kk"))
    papers.do(PlaceFile(papers.files()[0].id, "kk"))
    papers.hand_in(submission)
    old = papers.files()[0].id
    assert papers.do(AskToReplace(old, "bebas", "diminta"))[0].startswith("diminta number=PKP-")
    assert papers.files()[0].replace_asked_at is not None
    papers.send(photo("foto_kk", look="lain"))
    papers.do(PlaceFile(papers.files()[1].id, "kk", submission, replaces=old))
    return submission


def settled(papers: Papers) -> str:
    papers.sapa.clock.advance(minutes=2)
    papers.sapa.settle()
    return papers.sapa.replies()[-1].body


def test_the_new_photo_stands_beside_the_old_one_until_somebody_decides(papers: Papers, submission: int) -> None:
    papers.sapa.clock.advance(hours=80)
    papers.run("expire_submissions")
    old, new = papers.files()
    assert (old.state, new.state) == (AttachmentState.STORED, AttachmentState.STORED)
    assert (new.submission_id, new.document, new.page, new.replaces_id) == (submission, "kk", old.page, old.id)
    assert len(papers.tickets("replace_document")) == 1


def test_an_accepted_replacement_takes_the_place_of_the_old_one_and_is_told(
    papers: Papers, office: Desk, officer: Colleague, submission: int
) -> None:
    with office.at_desk() as session:
        reviews.accept_file(session, officer.actor, papers.files()[1].id, office.rules, office.now())
    old, new = papers.files()
    assert (old.state, old.replaced_by, old.deleted_why) == (AttachmentState.DELETING, new.id, DeletionReason.OFFICER)
    assert (new.state, new.replaces_id) == (AttachmentState.ACCEPTED, None)
    assert [ticket.state for ticket in papers.tickets("replace_document")] == [TicketState.RESOLVED]
    assert settled(papers) == "hilang: 1 officer"


def test_accepting_the_whole_takes_the_replacement(
    papers: Papers, office: Desk, officer: Colleague, submission: int
) -> None:
    with office.at_desk() as session:
        reviews.accept_submission(session, officer.actor, submission, office.now())
    assert [file.state for file in papers.files()] == [AttachmentState.DELETING, AttachmentState.ACCEPTED]
    assert [ticket.state for ticket in papers.tickets("replace_document")] == [TicketState.RESOLVED]


def test_a_refused_replacement_goes_and_is_told(
    papers: Papers, office: Desk, officer: Colleague, submission: int
) -> None:
    with office.at_desk() as session:
        reviews.delete_file(session, officer.actor, papers.files()[1].id, office.now())
    old, new = papers.files()
    assert (old.state, old.replace_asked_at, new.state) == (AttachmentState.STORED, None, AttachmentState.DELETING)
    assert [ticket.state for ticket in papers.tickets("replace_document")] == [TicketState.RESOLVED]
    assert settled(papers) == "hilang: 2 officer"


def test_a_second_try_takes_the_place_of_the_first(papers: Papers, submission: int) -> None:
    papers.send(photo("foto_kk", look="ketiga"))
    old, _, third = papers.files()
    papers.do(PlaceFile(third.id, "kk", submission, replaces=old.id))
    assert [file.state for file in papers.files()] == [
        AttachmentState.STORED,
        AttachmentState.DELETING,
        AttachmentState.STORED,
    ]
    assert len(papers.tickets("replace_document")) == 1


def test_once_it_came_back_the_citizen_replaces_by_themselves(
    papers: Papers, office: Desk, officer: Colleague, submission: int
) -> None:
    old = papers.files()[0].id
    with office.at_desk() as session:
        reviews.reject_file(session, officer.actor, old, Rejection.CUT_OFF, "", office.rules, office.now())
    assert papers.submissions()[0].state is SubmissionState.RETURNED
    assert papers.do(AskToReplace(old, "bebas", "diminta")) == ["bebas\n\nselesai"]
