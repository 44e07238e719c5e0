"""Presence: who looks at which conversation, or types there."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.create_table(
        "presence",
        sa.Column("conversation_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("post_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("typing_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("office_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["office_id", "conversation_id"],
            ["conversation.office_id", "conversation.id"],
            name=op.f("fk_presence_office_id_conversation_id_conversation"),
        ),
        sa.ForeignKeyConstraint(
            ["office_id", "post_id"], ["post.office_id", "post.id"], name=op.f("fk_presence_office_id_post_id_post")
        ),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_presence_office_id_office")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_presence")),
        sa.UniqueConstraint("conversation_id", "post_id", name=op.f("uq_presence_conversation_id_post_id")),
        sa.UniqueConstraint("office_id", "id", name=op.f("uq_presence_office_id_id")),
    )
