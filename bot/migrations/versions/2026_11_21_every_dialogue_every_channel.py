"""An agent takes a conversation over; people ask for discretion, for silence, and say that a number is not theirs."""

import sqlalchemy as sa
from alembic import op

revision = "5c0e9b7d4a12"
down_revision = "159fa0db21ac"


def upgrade() -> None:
    with op.batch_alter_table("contact") as batch_op:
        batch_op.add_column(sa.Column("discret", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column("langue", sa.String(length=5), nullable=True))
        batch_op.add_column(sa.Column("held_by_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("held_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("held_until", sa.DateTime(timezone=True), nullable=True))
        batch_op.create_index(batch_op.f("ix_contact_held_by_id"), ["held_by_id"])
        batch_op.create_foreign_key(
            batch_op.f("fk_contact_held_by_id"), "agent", ["held_by_id"], ["id"], ondelete="SET NULL"
        )

    with op.batch_alter_table("contact") as batch_op:
        batch_op.add_column(sa.Column("numero", sa.String(length=20), nullable=True))

    with op.batch_alter_table("outgoing") as batch_op:
        batch_op.add_column(sa.Column("question", sa.String(length=16), nullable=True))
        batch_op.add_column(sa.Column("quick", sa.JSON(), nullable=False, server_default="[]"))
        batch_op.add_column(sa.Column("asks_number", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column("template", sa.JSON(none_as_null=True), nullable=True))

    with op.batch_alter_table("received") as batch_op:
        batch_op.add_column(sa.Column("came", sa.String(length=10), nullable=False, server_default="text"))
        batch_op.add_column(sa.Column("question", sa.String(length=16), nullable=True))
        batch_op.add_column(sa.Column("intent", sa.String(length=30), nullable=True))

    with op.batch_alter_table("usager") as batch_op:
        batch_op.add_column(sa.Column("canal", sa.String(length=20), nullable=True))
        batch_op.add_column(sa.Column("arret_le", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("numero_refuse_le", sa.DateTime(timezone=True), nullable=True))

    with op.batch_alter_table("rdv") as batch_op:
        batch_op.add_column(sa.Column("numero", sa.String(length=20), nullable=True))
        batch_op.add_column(sa.Column("ensemble", sa.String(length=12), nullable=True))
        batch_op.create_index(batch_op.f("ix_rdv_ensemble"), ["ensemble"])

    with op.batch_alter_table("usager") as batch_op:
        batch_op.add_column(sa.Column("a_appeler", sa.String(length=20), nullable=True))
        batch_op.add_column(sa.Column("commune", sa.String(length=80), nullable=True))

    with op.batch_alter_table("contact") as batch_op:
        batch_op.add_column(sa.Column("commune", sa.String(length=80), nullable=True))

    with op.batch_alter_table("territoire") as batch_op:
        batch_op.add_column(sa.Column("dpo", sa.String(length=200), nullable=True))
