"""An officer who asks why the assistant said that must get an answer, in both languages."""

from __future__ import annotations

from typing import get_args

from actions.replies import Replies
from bot.contracts import Command, HandOverReason
from bot.flow.apply import name_of
from bot.web.accounts.texts import TEXTS
from bot.web.desk.because import COMMANDS, HANDED_OVER, REPLIES, group_of


def test_every_reply_and_command_has_its_explanation() -> None:
    names = Replies.load().names
    bare = sorted(name for name in names if not name.startswith(HANDED_OVER) and not group_of(name))
    assert not bare, f"say in bot/web/desk/because.py why the assistant says these: {bare}"
    reasons = {name.removeprefix(HANDED_OVER) for name in names if name.startswith(HANDED_OVER)}
    assert reasons <= set(HandOverReason), "a hand-over is explained by the words of its reason"
    undone = {name_of(command) for command in get_args(Command)} - set(COMMANDS)
    assert not undone, f"say in COMMANDS of bot/web/desk/because.py what these do: {undone}"


def test_no_explanation_is_left_over() -> None:
    names = Replies.load().names
    dead = [
        name
        for group in REPLIES.values()
        for name in group
        if not any(one == name or (name.endswith("_") and one.startswith(name)) for one in names)
    ]
    assert not dead, f"no reply has these names of bot/web/desk/because.py any more: {dead}"


def test_every_explanation_is_written_in_every_language() -> None:
    wanted = {f"because_{group}" for group in REPLIES} | {f"did_{one}" for one in COMMANDS.values()}
    for language, texts in TEXTS.items():
        assert wanted <= set(texts), (language, wanted - set(texts))
