"""An RDV or a hold lasts a day at most.

The search of créneaux reads an agent's time from an index by its beginning: it has to know how far back to look.
"""

import sqlalchemy as sa
from alembic import op

revision = "a3d81f0c52be"
down_revision = "af648b80aef5"

A_DAY = {
    "postgresql": "fin - debut <= '1 day'::interval",
    "sqlite": "unixepoch(fin) - unixepoch(debut) <= 86400",
}


def upgrade() -> None:
    dialect = op.get_bind().dialect.name
    # SQLite adds a check by copying the table, and the copy loses its triggers.
    triggers = _triggers() if dialect == "sqlite" else []
    with op.batch_alter_table("occupation") as batch_op:
        batch_op.create_check_constraint("un_jour_au_plus", A_DAY[dialect])
    for trigger in triggers:
        op.execute(trigger)


def _triggers() -> list[str]:
    named = sa.text("SELECT sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'occupation'")
    return list(op.get_bind().execute(named).scalars())
