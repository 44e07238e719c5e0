"""The desk: notes, labels, canned answers, what was read, linked and merged tickets, and answers that wait."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    op.create_table(
        "label",
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("office_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_label_office_id_office")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_label")),
        sa.UniqueConstraint("office_id", "id", name=op.f("uq_label_office_id_id")),
        sa.UniqueConstraint("office_id", "name", name=op.f("uq_label_office_id_name")),
    )
    op.create_table(
        "canned_answer",
        sa.Column("title", sa.String(length=60), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("edited_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("edited_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("office_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["office_id", "edited_by"],
            ["post.office_id", "post.id"],
            name=op.f("fk_canned_answer_office_id_edited_by_post"),
        ),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_canned_answer_office_id_office")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_canned_answer")),
        sa.UniqueConstraint("office_id", "id", name=op.f("uq_canned_answer_office_id_id")),
        sa.UniqueConstraint("office_id", "title", name=op.f("uq_canned_answer_office_id_title")),
    )
    op.create_table(
        "conversation_label",
        sa.Column("conversation_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("label_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("office_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["office_id", "conversation_id"],
            ["conversation.office_id", "conversation.id"],
            name=op.f("fk_conversation_label_office_id_conversation_id_conversation"),
        ),
        sa.ForeignKeyConstraint(
            ["office_id", "label_id"],
            ["label.office_id", "label.id"],
            name=op.f("fk_conversation_label_office_id_label_id_label"),
        ),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_conversation_label_office_id_office")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_conversation_label")),
        sa.UniqueConstraint("conversation_id", "label_id", name=op.f("uq_conversation_label_conversation_id_label_id")),
        sa.UniqueConstraint("office_id", "id", name=op.f("uq_conversation_label_office_id_id")),
    )
    with op.batch_alter_table("conversation_label", schema=None) as batch_op:
        batch_op.create_index("ix_conversation_label_label_id", ["label_id"], unique=False)

    op.create_table(
        "note",
        sa.Column("conversation_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("post_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("after_seq", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("office_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["office_id", "conversation_id"],
            ["conversation.office_id", "conversation.id"],
            name=op.f("fk_note_office_id_conversation_id_conversation"),
        ),
        sa.ForeignKeyConstraint(
            ["office_id", "post_id"], ["post.office_id", "post.id"], name=op.f("fk_note_office_id_post_id_post")
        ),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_note_office_id_office")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_note")),
        sa.UniqueConstraint("office_id", "id", name=op.f("uq_note_office_id_id")),
    )
    with op.batch_alter_table("note", schema=None) as batch_op:
        batch_op.create_index("ix_note_conversation_id", ["conversation_id"], unique=False)

    op.create_table(
        "parked_reply",
        sa.Column("conversation_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("post_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("send_key", sa.String(length=64), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("parked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("office_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["office_id", "conversation_id"],
            ["conversation.office_id", "conversation.id"],
            name=op.f("fk_parked_reply_office_id_conversation_id_conversation"),
        ),
        sa.ForeignKeyConstraint(
            ["office_id", "post_id"], ["post.office_id", "post.id"], name=op.f("fk_parked_reply_office_id_post_id_post")
        ),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_parked_reply_office_id_office")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_parked_reply")),
        sa.UniqueConstraint("conversation_id", "send_key", name=op.f("uq_parked_reply_conversation_id_send_key")),
        sa.UniqueConstraint("office_id", "id", name=op.f("uq_parked_reply_office_id_id")),
    )
    with op.batch_alter_table("parked_reply", schema=None) as batch_op:
        batch_op.create_index(
            "ix_parked_reply_parked",
            ["conversation_id"],
            unique=False,
            postgresql_where=sa.text("state = 'parked'"),
            sqlite_where=sa.text("state = 'parked'"),
        )

    op.create_table(
        "read_mark",
        sa.Column("conversation_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("post_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("office_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["office_id", "conversation_id"],
            ["conversation.office_id", "conversation.id"],
            name=op.f("fk_read_mark_office_id_conversation_id_conversation"),
        ),
        sa.ForeignKeyConstraint(
            ["office_id", "post_id"], ["post.office_id", "post.id"], name=op.f("fk_read_mark_office_id_post_id_post")
        ),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_read_mark_office_id_office")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_read_mark")),
        sa.UniqueConstraint("conversation_id", "post_id", name=op.f("uq_read_mark_conversation_id_post_id")),
        sa.UniqueConstraint("office_id", "id", name=op.f("uq_read_mark_office_id_id")),
    )
    op.create_table(
        "ticket_link",
        sa.Column("ticket_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("other_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("office_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["office_id", "other_id"],
            ["ticket.office_id", "ticket.id"],
            name=op.f("fk_ticket_link_office_id_other_id_ticket"),
        ),
        sa.ForeignKeyConstraint(
            ["office_id", "ticket_id"],
            ["ticket.office_id", "ticket.id"],
            name=op.f("fk_ticket_link_office_id_ticket_id_ticket"),
        ),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_ticket_link_office_id_office")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ticket_link")),
        sa.UniqueConstraint("office_id", "id", name=op.f("uq_ticket_link_office_id_id")),
        sa.UniqueConstraint("ticket_id", "other_id", name=op.f("uq_ticket_link_ticket_id_other_id")),
    )
    with op.batch_alter_table("ticket_link", schema=None) as batch_op:
        batch_op.create_index("ix_ticket_link_other_id", ["other_id"], unique=False)

    with op.batch_alter_table("conversation", schema=None) as batch_op:
        batch_op.add_column(sa.Column("has_parked", sa.Boolean(), nullable=False, server_default=sa.false()))

    with op.batch_alter_table("outbound_message", schema=None) as batch_op:
        batch_op.add_column(sa.Column("template", sa.String(length=40), nullable=True))
        batch_op.add_column(sa.Column("variables", sa.Text(), nullable=True))

    with op.batch_alter_table("ticket", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("merged_into", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True)
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_ticket_office_id_merged_into_ticket"),
            "ticket",
            ["office_id", "merged_into"],
            ["office_id", "id"],
        )

    with op.batch_alter_table("turn", schema=None) as batch_op:
        batch_op.add_column(sa.Column("because", sa.Text(), nullable=True))
