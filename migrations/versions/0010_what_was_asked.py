"""What is asked of what was handed in: a ticket a submission, a photo for another; a word with what comes back."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    op.add_column("ticket", sa.Column("submission_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite")))
    op.add_column("attachment", sa.Column("replace_asked_at", sa.DateTime(timezone=True)))
    op.add_column("attachment", sa.Column("replaces_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite")))
    op.add_column("submission", sa.Column("return_note", sa.Text(), nullable=False, server_default=""))
