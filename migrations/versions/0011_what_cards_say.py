"""What cards say of persons, as keyed hashes: the same person's date of birth and name on two papers."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    op.create_table(
        "person_mark",
        sa.Column("attachment_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("person", sa.String(length=64), nullable=False),
        sa.Column("detail", sa.String(length=32), nullable=False),
        sa.Column("mark", sa.String(length=64), nullable=False),
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("office_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["office_id", "attachment_id"],
            ["attachment.office_id", "attachment.id"],
            name=op.f("fk_person_mark_office_id_attachment_id_attachment"),
        ),
        sa.ForeignKeyConstraint(["office_id"], ["office.id"], name=op.f("fk_person_mark_office_id_office")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person_mark")),
        sa.UniqueConstraint(
            "attachment_id", "person", "detail", name=op.f("uq_person_mark_attachment_id_person_detail")
        ),
        sa.UniqueConstraint("office_id", "id", name=op.f("uq_person_mark_office_id_id")),
    )
