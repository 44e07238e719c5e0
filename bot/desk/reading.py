"""What each officer has read of a conversation."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import exists, func, select, update
from sqlalchemy.orm import Session

from bot.contracts import Actor
from bot.db.upsert import ensure
from bot.desk import conversations
from bot.models import Conversation, InboundMessage, ReadMark, Ticket


def is_read(session: Session, conversation_id: int, post_id: int, seq: int) -> bool:
    """Whether the post has read a conversation up to this message."""
    mark = (ReadMark.conversation_id == conversation_id, ReadMark.post_id == post_id, ReadMark.seq >= seq)
    return bool(session.scalar(select(exists().where(*mark))))


def read_up_to(session: Session, actor: Actor, conversation_id: int, seq: int) -> None:
    """The post has had everything up to this message before its eyes. No fact: it is nobody's business but theirs."""
    if is_read(session, conversation_id, actor.post_id, seq):
        return
    newest = session.scalar(select(Conversation.last_seq).where(Conversation.id == conversation_id)) or 0
    seq = min(seq, newest)
    mine = {"office_id": actor.office_id, "conversation_id": conversation_id, "post_id": actor.post_id}
    ensure(session, ReadMark, taken_by=("conversation_id", "post_id"), **mine, seq=0)
    mark = (ReadMark.conversation_id == conversation_id, ReadMark.post_id == actor.post_id)
    session.execute(update(ReadMark).where(*mark, ReadMark.seq < seq).values(seq=seq))


def unread(session: Session, newest: Mapping[int, int], post_id: int) -> set[int]:
    """Of conversations, with the number of the citizen's newest message: those this post has not read to there."""
    marks = session.execute(
        select(ReadMark.conversation_id, ReadMark.seq).where(
            ReadMark.post_id == post_id, ReadMark.conversation_id.in_(newest)
        )
    )
    read = {row[0]: row[1] for row in marks}
    return {talk for talk, seq in newest.items() if read.get(talk, 0) < seq}


def unread_count(session: Session, post_id: int) -> int:
    """How many of the conversations that this post holds have something new from the citizen."""
    mark = (
        select(func.max(ReadMark.seq))
        .where(ReadMark.conversation_id == Ticket.conversation_id, ReadMark.post_id == post_id)
        .correlate(Ticket)
        .scalar_subquery()
    )
    newer = (InboundMessage.conversation_id == Ticket.conversation_id, InboundMessage.seq > func.coalesce(mark, 0))
    mine = (Ticket.owner_id == post_id, Ticket.state.in_(conversations.HELD), exists().where(*newer).correlate(Ticket))
    counted = select(func.count(Ticket.conversation_id.distinct())).where(*mine)
    return session.scalar(counted) or 0
