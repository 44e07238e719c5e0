"""Documents: consents, submissions, and what becomes of a file; files of before are not fetched any more."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.create_table(
        "consent",
        sa.Column("contact_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("answer", sa.String(length=32), nullable=False),
        sa.Column("version", sa.String(length=40), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("office_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["office_id", "contact_id"],
            ["contact.office_id", "contact.id"],
            name=op.f("fk_consent_office_id_contact_id_contact"),
        ),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_consent_office_id_office")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consent")),
        sa.UniqueConstraint("office_id", "id", name=op.f("uq_consent_office_id_id")),
    )
    with op.batch_alter_table("consent", schema=None) as batch_op:
        batch_op.create_index("ix_consent_contact_id", ["contact_id"], unique=False)

    op.create_table(
        "status_lookup",
        sa.Column("conversation_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("number", sa.String(length=24), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("tried_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("office_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["office_id", "conversation_id"],
            ["conversation.office_id", "conversation.id"],
            name=op.f("fk_status_lookup_office_id_conversation_id_conversation"),
        ),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_status_lookup_office_id_office")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_status_lookup")),
        sa.UniqueConstraint("conversation_id", "number", name=op.f("uq_status_lookup_conversation_id_number")),
        sa.UniqueConstraint("office_id", "id", name=op.f("uq_status_lookup_office_id_id")),
    )
    op.create_table(
        "submission",
        sa.Column("conversation_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("service", sa.String(length=40), nullable=False),
        sa.Column("whom", sa.String(length=32), nullable=True),
        sa.Column("answers", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("ticket_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("last_number", sa.Integer(), nullable=False),
        sa.Column("news", sa.String(length=32), nullable=True),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("touched_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reminded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("cancel_asked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("office_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["office_id", "conversation_id"],
            ["conversation.office_id", "conversation.id"],
            name=op.f("fk_submission_office_id_conversation_id_conversation"),
        ),
        sa.ForeignKeyConstraint(
            ["office_id", "ticket_id"],
            ["ticket.office_id", "ticket.id"],
            name=op.f("fk_submission_office_id_ticket_id_ticket"),
        ),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_submission_office_id_office")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_submission")),
        sa.UniqueConstraint("office_id", "id", name=op.f("uq_submission_office_id_id")),
        sa.UniqueConstraint("ticket_id", name=op.f("uq_submission_ticket_id")),
    )
    with op.batch_alter_table("submission", schema=None) as batch_op:
        batch_op.create_index("ix_submission_conversation_id", ["conversation_id", "touched_at"], unique=False)
        batch_op.create_index(
            "ix_submission_ended_at",
            ["ended_at"],
            unique=False,
            postgresql_where=sa.text("ended_at IS NOT NULL"),
            sqlite_where=sa.text("ended_at IS NOT NULL"),
        )
        batch_op.create_index(
            "ix_submission_unsent",
            ["touched_at"],
            unique=False,
            postgresql_where=sa.text("state = 'collecting'"),
            sqlite_where=sa.text("state = 'collecting'"),
        )

    with op.batch_alter_table("attachment", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("conversation_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True)
        )
        batch_op.add_column(sa.Column("due_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("attempts", sa.Integer(), server_default="0", nullable=False))
        batch_op.add_column(sa.Column("lease", sa.String(length=64), nullable=True))
        batch_op.add_column(sa.Column("leased_until", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("first_tried_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("told_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(
            sa.Column("submission_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True)
        )
        batch_op.add_column(sa.Column("number", sa.Integer(), server_default="0", nullable=False))
        batch_op.add_column(sa.Column("document", sa.String(length=60), nullable=True))
        batch_op.add_column(sa.Column("page", sa.Integer(), server_default="1", nullable=False))
        batch_op.add_column(sa.Column("kind", sa.String(length=32), nullable=True))
        batch_op.add_column(sa.Column("pages", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("advice", sa.Text(), server_default="[]", nullable=False))
        batch_op.add_column(sa.Column("guesses", sa.Text(), server_default="[]", nullable=False))
        batch_op.add_column(sa.Column("doubts", sa.Text(), server_default="[]", nullable=False))
        batch_op.add_column(sa.Column("fingerprint", sa.String(length=16), nullable=True))
        batch_op.add_column(
            sa.Column("repeats_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True)
        )
        batch_op.add_column(sa.Column("refusal", sa.String(length=32), nullable=True))
        batch_op.add_column(sa.Column("rejection", sa.String(length=32), nullable=True))
        batch_op.add_column(sa.Column("rejection_note", sa.Text(), server_default="", nullable=False))
        batch_op.add_column(sa.Column("reviewed_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("reviewed_by", sa.String(length=40), nullable=True))
        batch_op.add_column(sa.Column("kept_as", sa.String(length=32), nullable=True))
        batch_op.add_column(sa.Column("delete_asked_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("delete_due_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("deleted_by", sa.String(length=40), nullable=True))
        batch_op.add_column(sa.Column("deleted_why", sa.String(length=32), nullable=True))
        batch_op.add_column(
            sa.Column("replaced_by", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True)
        )
    op.execute(
        "UPDATE attachment SET (conversation_id, told_at) = "
        "(SELECT conversation_id, received_at FROM inbound_message WHERE inbound_message.id = attachment.inbound_id)"
    )

    with op.batch_alter_table("attachment", schema=None) as batch_op:
        # the defaults were for the rows of before
        batch_op.alter_column("attempts", existing_type=sa.Integer(), server_default=None)
        batch_op.alter_column("number", existing_type=sa.Integer(), server_default=None)
        batch_op.alter_column("page", existing_type=sa.Integer(), server_default=None)
        batch_op.alter_column("advice", existing_type=sa.Text(), server_default=None)
        batch_op.alter_column("guesses", existing_type=sa.Text(), server_default=None)
        batch_op.alter_column("doubts", existing_type=sa.Text(), server_default=None)
        batch_op.alter_column("rejection_note", existing_type=sa.Text(), server_default=None)
        batch_op.alter_column(
            "conversation_id", existing_type=sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        )
        batch_op.create_index("ix_attachment_conversation_id", ["conversation_id"], unique=False)
        batch_op.create_index(
            "ix_attachment_due",
            ["office_id", "due_at"],
            unique=False,
            postgresql_where=sa.text("due_at IS NOT NULL"),
            sqlite_where=sa.text("due_at IS NOT NULL"),
        )
        batch_op.create_index("ix_attachment_submission_id", ["submission_id"], unique=False)
        batch_op.create_foreign_key(
            batch_op.f("fk_attachment_office_id_conversation_id_conversation"),
            "conversation",
            ["office_id", "conversation_id"],
            ["office_id", "id"],
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_attachment_office_id_submission_id_submission"),
            "submission",
            ["office_id", "submission_id"],
            ["office_id", "id"],
        )

    with op.batch_alter_table("conversation", schema=None) as batch_op:
        batch_op.add_column(sa.Column("quiet_until", sa.DateTime(timezone=True), nullable=True))

    with op.batch_alter_table("identity_mark", schema=None) as batch_op:
        batch_op.create_foreign_key(
            batch_op.f("fk_identity_mark_office_id_submission_id_submission"),
            "submission",
            ["office_id", "submission_id"],
            ["office_id", "id"],
        )
