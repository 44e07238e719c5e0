"""The vault: sealed objects, the keys that outlive a master key, the keyed hashes of NIK and KK."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.create_table(
        "vault_secret",
        sa.Column("purpose", sa.String(length=20), nullable=False),
        sa.Column("wrapped", sa.LargeBinary(), nullable=False),
        sa.Column("key_id", sa.String(length=16), nullable=False),
        sa.PrimaryKeyConstraint("purpose", name=op.f("pk_vault_secret")),
    )
    op.create_table(
        "vault_object",
        sa.Column("attachment_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("part", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("wrapped_key", sa.LargeBinary(), nullable=False),
        sa.Column("key_id", sa.String(length=16), nullable=False),
        sa.Column("sealed_hash", sa.String(length=64), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("office_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["office_id", "attachment_id"],
            ["attachment.office_id", "attachment.id"],
            name=op.f("fk_vault_object_office_id_attachment_id_attachment"),
        ),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_vault_object_office_id_office")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_vault_object")),
        sa.UniqueConstraint("attachment_id", "part", name=op.f("uq_vault_object_attachment_id_part")),
        sa.UniqueConstraint("name", name=op.f("uq_vault_object_name")),
        sa.UniqueConstraint("office_id", "id", name=op.f("uq_vault_object_office_id_id")),
    )
    op.create_table(
        "identity_mark",
        sa.Column("attachment_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("submission_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("detail", sa.String(length=32), nullable=False),
        sa.Column("mark", sa.String(length=64), nullable=False),
        sa.Column("tail_mark", sa.String(length=64), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("office_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["office_id", "attachment_id"],
            ["attachment.office_id", "attachment.id"],
            name=op.f("fk_identity_mark_office_id_attachment_id_attachment"),
        ),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_identity_mark_office_id_office")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_identity_mark")),
        sa.UniqueConstraint("attachment_id", "detail", "mark", name=op.f("uq_identity_mark_attachment_id_detail_mark")),
        sa.UniqueConstraint("office_id", "id", name=op.f("uq_identity_mark_office_id_id")),
    )
    with op.batch_alter_table("identity_mark", schema=None) as batch_op:
        batch_op.create_index("ix_identity_mark_office_id_detail_mark", ["office_id", "detail", "mark"], unique=False)
        batch_op.create_index("ix_identity_mark_submission_id", ["submission_id"], unique=False)
