"""submissions.yml against services.yml: every branch of every service is walked, for everybody it may be for."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

import pytest

from bot.contracts.submissions import Whom
from bot.knowledge import Need, Paper, Question
from bot.knowledge.cases import Cases, build_cases
from bot.knowledge.entry import read_file
from tests.knowledge.branches import Branch, branches, every_branch, knowledge, questions
from tests.knowledge.conftest import FOLDER

SERVICES = list(knowledge().services)
LENGTHS = {"text": 120, "note": 120, "name": 90}


def ended(service: str) -> list[Branch]:
    """The branches that end in this service."""
    return [branch for branch in branches(service) if branch.go_to is None]


def cases() -> Cases:
    return build_cases(read_file(FOLDER / "submissions.yml"), "submissions.yml")


def test_there_are_branches_to_walk() -> None:
    assert {branch.form.service for branch in every_branch()} == set(SERVICES)
    assert len(list(every_branch())) > 400


@pytest.mark.parametrize("service", SERVICES)
def test_nobody_is_asked_more_than_five_questions(service: str) -> None:
    assert all(len(branch.answers) <= 5 for branch in branches(service))


@pytest.mark.parametrize("service", SERVICES)
def test_a_picture_of_a_document_has_one_place_at_most(service: str) -> None:
    for branch in branches(service):
        assert len(branch.documents) == len(set(branch.documents)), f"{branch}: {branch.documents}"
        assert set(branch.documents) <= set(knowledge().documents)


@pytest.mark.parametrize("service", SERVICES)
def test_there_is_something_to_ask_for_in_every_case(service: str) -> None:
    for branch in ended(service):
        assert any(not paper.optional for paper in branch.papers), f"{branch}: nothing is asked for"
    assert ended(service), "every way through leads elsewhere"


@pytest.mark.parametrize("service", SERVICES)
def test_what_is_always_required_is_in_every_branch(service: str) -> None:
    excused = cases().forms[service].variants
    for requirement in knowledge().services[service].needing(Need.ALWAYS):
        without = [branch for branch in ended(service) if not required(branch, requirement.id)]
        if requirement.id not in excused:
            assert not without, f"{requirement.id} is missing: {without[0]}"


@pytest.mark.parametrize("service", SERVICES)
def test_what_depends_is_asked_of_some_and_not_of_others(service: str) -> None:
    for requirement in knowledge().services[service].needing(Need.IF):
        found = [bool(slots(branch, requirement.id)) for branch in ended(service)]
        must = [required(branch, requirement.id) for branch in ended(service)]
        assert any(found), f"{requirement.id}: no branch asks for it ({requirement.condition})"
        assert not all(must), f"{requirement.id}: every branch requires it ({requirement.condition})"


@pytest.mark.parametrize("service", [one for one in SERVICES if knowledge().services[one].needing(Need.ONE_OF)])
def test_alternatives_are_one_paper(service: str) -> None:
    group = {requirement.id for requirement in knowledge().services[service].needing(Need.ONE_OF)}
    excused = group & set(cases().forms[service].variants)
    counts = {len([paper for paper in branch.papers if group & set(paper.documents)]) for branch in ended(service)}
    assert counts <= ({0, 1} if excused else {1})
    reached = {document for branch in ended(service) for document in branch.documents}
    assert group <= reached


@pytest.mark.parametrize("service", SERVICES)
def test_every_excuse_is_needed(service: str) -> None:
    for document in cases().forms[service].variants:
        one_of = {each.id for each in knowledge().services[service].needing(Need.ONE_OF)}
        group = one_of if document in one_of else {document}
        missing = [branch for branch in ended(service) if not any(sent(branch, each) for each in group)]
        assert missing, f"{document} is sent in every branch: it is no variant"


@pytest.mark.parametrize("service", SERVICES)
def test_what_is_left_out_has_its_place_taken(service: str) -> None:
    for document, variant in cases().forms[service].variants.items():
        one_of = {each.id for each in knowledge().services[service].needing(Need.ONE_OF)}
        fine = {document, *variant.instead} | (one_of if document in one_of else set())
        for branch in ended(service):
            assert fine & set(branch.documents), f"{branch}: neither {document} nor {variant.instead}"


def _twins() -> Iterator[tuple[str, Question, str, str]]:
    for service, form in knowledge().forms.items():
        for question in questions(form):
            for one, two in combinations([option.id for option in question.options], 2):
                yield service, question, one, two


@pytest.mark.parametrize(
    ("service", "question", "one", "two"), [pytest.param(*it, id="-".join((it[0], *it[2:]))) for it in _twins()]
)
def test_every_option_makes_a_difference(service: str, question: Question, one: str, two: str) -> None:
    """Two options that both lead elsewhere may lead to the same: the other service tells them apart."""
    form = knowledge().forms[service]
    asked = [branch for branch in branches(service) if question.id in branch.answers]
    pairs = [(as_if(branch, question, one), as_if(branch, question, two)) for branch in asked]
    assert any(a.outcome != b.outcome or (a.go_to and b.go_to) for a, b in pairs), f"{form.service}: {question.id}"


def test_who_is_sent_elsewhere_arrives() -> None:
    for branch in every_branch():
        seen, at = [branch.form.service], branch.go_to
        while at:
            assert at not in seen, f"{branch}: round and round {seen}"
            seen.append(at)
            at = knowledge().forms[at].go_to(branch.answers)


def test_what_was_answered_is_not_asked_again_elsewhere() -> None:
    letter = {"birth_letter": "none"}
    assert knowledge().forms["akta_lahir"].go_to(letter) == "akta_lahir_sptjm"
    asked = knowledge().forms["akta_lahir_sptjm"].next_question(letter, Whom.CHILD)
    assert asked
    assert asked.id == "marriage_paper"


def test_who_speaks_for_somebody_of_another_kk_needs_a_surat_kuasa() -> None:
    free = {"jemput_bola", "verifikasi_qr", "legalisir", "lahir_mati", "akta_lahir_asal_usul"}  # see proxy.note
    for service in knowledge().services.values():
        with_it = [branch for branch in ended(service.id) if "f_1_07" in branch.documents]
        if Whom.OTHER not in knowledge().forms[service.id].may_be_for:
            assert not service.proxy.allowed or service.id in free, service.id
        elif service.id not in free:
            assert {branch.whom for branch in with_it} >= {Whom.OTHER}, service.id
        assert not any(branch.whom is Whom.SELF for branch in with_it)


def test_what_is_offered_may_be_filed_without_coming() -> None:
    for service in knowledge().services.values():
        form = knowledge().forms[service.id]
        by_request = service.channel.request_via is not None
        assert form.offered == (service.channel.online or by_request), service.id
        assert form.offered == (not form.not_offered)


def test_who_cannot_submit_may_have_photos_checked_where_a_photo_shows_something() -> None:
    unchecked = {form.service for form in knowledge().forms.values() if not form.offered and not form.precheck}
    assert unchecked == {"ikd_aktivasi", "legalisir"}
    for service in unchecked:
        assert not any(paper.photo for branch in branches(service) for paper in branch.papers)


def test_who_does_not_know_gets_a_checklist_that_an_officer_settles() -> None:
    for branch in every_branch():
        if "unknown" in branch.answers.values() and not branch.go_to:
            assert any("etugas memastikan" in paper.note for paper in branch.papers), str(branch)


def test_the_words_for_citizens_are_short_and_plain() -> None:
    for branch in every_branch():
        for paper in branch.papers:
            assert len(paper.note) <= LENGTHS["note"], paper.note
            assert len(paper.name) <= LENGTHS["name"], paper.name
            assert paper.photo or paper.note
    for form in knowledge().forms.values():
        texts = [form.not_offered, form.note, *(question.text for question in questions(form))]
        assert all(len(text) <= LENGTHS["text"] for text in texts), texts
        assert all(question.text.endswith("?") for question in questions(form))
        assert not any(word in " ".join(texts).casefold().split() for word in ("error", "invalid", "otp", "pin"))


def slots(branch: Branch, document: str) -> list[Paper]:
    return [paper for paper in branch.papers if document in paper.documents]


def required(branch: Branch, document: str) -> bool:
    return any(not paper.optional for paper in slots(branch, document))


def sent(branch: Branch, document: str) -> bool:
    return any(paper.photo and not paper.optional for paper in slots(branch, document))


def as_if(branch: Branch, question: Question, option: str) -> Branch:
    return Branch(branch.form, branch.whom, {**branch.answers, question.id: option})
