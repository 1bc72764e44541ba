"""An RDV moves, is restored, followed up and placed over another; every kind of avis; budgets, senders, limits.

Time placed on purpose over time already taken leaves the rule against overlaps: the rule is written anew.
"""

import sqlalchemy as sa
from alembic import op

revision = "159fa0db21ac"
down_revision = "a3d81f0c52be"

OVERLAP = "occupation_sans_chevauchement"
KINDS = ("confirmation", "change", "cancellation", "reminder", "missed", "invitation", "offer")
STATES = ("queued", "sending", "sent", "delivered", "failed", "unknown", "dropped")


def upgrade() -> None:
    op.create_table(
        "sender",
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("segments", sa.Double(), nullable=False),
        sa.Column("counted_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_sender")),
    )
    op.create_table(
        "tally",
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("period", sa.String(length=13), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("name", "period", name=op.f("pk_tally")),
    )
    op.create_table(
        "valve",
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("shut_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("shut_by", sa.String(length=80), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_valve")),
    )
    op.create_table(
        "invitation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(length=100), nullable=False),
        sa.Column("usager_id", sa.Integer(), nullable=False),
        sa.Column("motif_id", sa.Integer(), nullable=False),
        sa.Column("agent_id", sa.Integer(), nullable=False),
        sa.Column("faite_le", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expire_le", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "etat",
            sa.Enum(
                "ouverte",
                "prise",
                "refusee",
                name="invitationetat",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(["agent_id"], ["agent.id"], name=op.f("fk_invitation_agent_id")),
        sa.ForeignKeyConstraint(["motif_id"], ["motif.id"], name=op.f("fk_invitation_motif_id")),
        sa.ForeignKeyConstraint(["usager_id"], ["usager.id"], name=op.f("fk_invitation_usager_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitation")),
        sa.UniqueConstraint("ref", name=op.f("uq_invitation_ref")),
    )
    with op.batch_alter_table("invitation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_invitation_motif_id"), ["motif_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_invitation_usager_id"), ["usager_id"], unique=False)

    op.create_table(
        "offre",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ref", sa.String(length=100), nullable=False),
        sa.Column("attente_id", sa.Integer(), nullable=False),
        sa.Column("hold_id", sa.Integer(), nullable=True),
        sa.Column("debut", sa.DateTime(timezone=True), nullable=False),
        sa.Column("lieu_id", sa.Integer(), nullable=True),
        sa.Column("faite_le", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expire_le", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "etat",
            sa.Enum(
                "ouverte",
                "acceptee",
                "refusee",
                "expiree",
                "retiree",
                name="offreetat",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(["attente_id"], ["attente.id"], name=op.f("fk_offre_attente_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["hold_id"], ["hold.id"], name=op.f("fk_offre_hold_id"), ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["lieu_id"], ["lieu.id"], name=op.f("fk_offre_lieu_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_offre")),
        sa.UniqueConstraint("ref", name=op.f("uq_offre_ref")),
    )
    with op.batch_alter_table("offre", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_offre_attente_id"), ["attente_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_offre_expire_le"), ["expire_le"], unique=False)
        batch_op.create_index(batch_op.f("ix_offre_hold_id"), ["hold_id"], unique=False)

    with op.batch_alter_table("avis") as batch_op:
        batch_op.add_column(sa.Column("cause", sa.String(length=80), nullable=True))
    op.execute(
        "UPDATE avis SET cause = 'rdv:' || rdv_id || '\\:v' || version || '\\:p' || participation_id || ':' || kind "
        "|| ':' || destinataire_id"
    )
    with op.batch_alter_table("avis") as batch_op:
        old = batch_op.f("uq_avis_rdv_id_version_participation_id_kind_destinataire_id")
        batch_op.drop_constraint(old, type_="unique")
        batch_op.drop_constraint(batch_op.f("ck_avis_aviskind"), type_="check")
        batch_op.alter_column("cause", existing_type=sa.String(length=80), nullable=False)
        batch_op.alter_column("rdv_id", existing_type=sa.INTEGER(), nullable=True)
        batch_op.alter_column("version", existing_type=sa.INTEGER(), nullable=True)
        batch_op.alter_column("participation_id", existing_type=sa.INTEGER(), nullable=True)
        batch_op.add_column(sa.Column("invitation_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("offre_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("limite", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("avant", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("reponse", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column("raison", sa.String(length=40), nullable=True))
        batch_op.drop_index("ix_avis_etat_du_le")
        batch_op.create_index("ix_avis_etat_du_le_id", ["etat", "du_le", "id"])
        batch_op.create_index("ix_avis_destinataire_id_etat", ["destinataire_id", "etat"])
        batch_op.create_index("ix_avis_rdv_id", ["rdv_id"])
        batch_op.create_unique_constraint("uq_avis_cause", ["cause"])
        batch_op.create_check_constraint("aviskind", _among("kind", *KINDS))
        for what in ("rdv", "participation"):
            batch_op.drop_constraint(batch_op.f(f"fk_avis_{what}_id"), type_="foreignkey")
        for what in ("rdv", "participation", "invitation", "offre"):
            batch_op.create_foreign_key(f"fk_avis_{what}_id", what, [f"{what}_id"], ["id"], ondelete="SET NULL")

    with op.batch_alter_table("contact", schema=None) as batch_op:
        batch_op.add_column(sa.Column("seen_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("unreachable", sa.String(length=40), nullable=True))
        batch_op.add_column(sa.Column("unreachable_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("heard_since", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("heard", sa.Integer(), nullable=False, server_default="0"))
        batch_op.add_column(sa.Column("silent_until", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("echo", sa.String(length=16), nullable=True))
        batch_op.add_column(sa.Column("echoes", sa.Integer(), nullable=False, server_default="0"))
        batch_op.add_column(sa.Column("unheard", sa.Integer(), nullable=False, server_default="0"))

    _let_be_overbooked()
    with op.batch_alter_table("organisation", schema=None) as batch_op:
        batch_op.add_column(sa.Column("budget_jour", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("budget_mois", sa.Integer(), nullable=True))

    with op.batch_alter_table("outgoing", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_outgoing_outgoingstate"), type_="check")
        batch_op.create_check_constraint("outgoingstate", _among("state", *STATES))
        batch_op.add_column(sa.Column("deadline", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("priority", sa.SmallInteger(), nullable=False, server_default="0"))
        batch_op.add_column(sa.Column("avis_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("organisation_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("claimed_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.drop_index(batch_op.f("ix_outgoing_state_not_before"))
        batch_op.create_index(batch_op.f("ix_outgoing_avis_id"), ["avis_id"], unique=False)
        batch_op.create_index(
            "ix_outgoing_open",
            ["state", "priority", "id"],
            unique=False,
            postgresql_where=sa.text("state IN ('queued', 'sending', 'unknown')"),
            sqlite_where=sa.text("state IN ('queued', 'sending', 'unknown')"),
        )
        batch_op.create_index(
            "ix_outgoing_in_line",
            ["contact_id", "state", "priority", "id"],
            unique=False,
            postgresql_where=sa.text("state IN ('queued', 'sending', 'unknown')"),
            sqlite_where=sa.text("state IN ('queued', 'sending', 'unknown')"),
        )
        batch_op.create_index("ix_outgoing_settled_at", ["settled_at"], unique=False)
        batch_op.create_foreign_key(
            batch_op.f("fk_outgoing_organisation_id"), "organisation", ["organisation_id"], ["id"]
        )
        batch_op.create_foreign_key(batch_op.f("fk_outgoing_avis_id"), "avis", ["avis_id"], ["id"], ondelete="SET NULL")

    with op.batch_alter_table("participation", schema=None) as batch_op:
        batch_op.add_column(sa.Column("confirmee_le", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("annulee_le", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("annulee_par", sa.String(length=80), nullable=True))
        batch_op.add_column(sa.Column("retard", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.create_index(batch_op.f("ix_participation_annulee_par"), ["annulee_par"], unique=False)

    with op.batch_alter_table("rdv", schema=None) as batch_op:
        batch_op.add_column(sa.Column("surreservation", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("plage_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("suite_de_id", sa.Integer(), nullable=True))
        batch_op.create_index(batch_op.f("ix_rdv_plage_id"), ["plage_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_rdv_suite_de_id"), ["suite_de_id"], unique=False)
        batch_op.create_foreign_key(
            batch_op.f("fk_rdv_suite_de_id"), "rdv", ["suite_de_id"], ["id"], ondelete="SET NULL"
        )
        batch_op.create_foreign_key(batch_op.f("fk_rdv_plage_id"), "plage", ["plage_id"], ["id"], ondelete="SET NULL")

    with op.batch_alter_table("received", schema=None) as batch_op:
        batch_op.add_column(sa.Column("error", sa.String(length=200), nullable=True))

    with op.batch_alter_table("usager", schema=None) as batch_op:
        batch_op.add_column(sa.Column("a_reverifier", sa.DateTime(timezone=True), nullable=True))


def _among(column: str, *words: str) -> str:
    return f"{column} IN ({', '.join(repr(word) for word in words)})"


def _let_be_overbooked() -> None:
    """SQLite adds a column that may not be null by copying the table, and the copy loses its triggers: there the
    rule is gone already when it is written anew."""
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    with op.batch_alter_table("occupation", recreate="always" if is_sqlite else "auto") as batch_op:
        batch_op.add_column(sa.Column("en_plus", sa.Boolean(), nullable=False, server_default=sa.false()))
    if not is_sqlite:
        op.execute(f"ALTER TABLE occupation DROP CONSTRAINT {OVERLAP}")
        op.execute(
            f"""ALTER TABLE occupation ADD CONSTRAINT {OVERLAP} EXCLUDE USING gist (
                int4range(agent_id, agent_id, '[]') WITH &&, tstzrange(debut, fin, '[)') WITH &&) WHERE (NOT en_plus)"""
        )
        return
    for event in ("INSERT", "UPDATE OF agent_id, debut, fin, en_plus"):
        op.execute(
            f"""CREATE TRIGGER {OVERLAP}_{event.split()[0].lower()} BEFORE {event} ON occupation
                WHEN NOT NEW.en_plus AND EXISTS (
                    SELECT 1 FROM occupation o WHERE o.agent_id = NEW.agent_id AND NOT o.en_plus
                        AND o.id IS NOT NEW.id AND o.debut < NEW.fin AND NEW.debut < o.fin)
                BEGIN SELECT RAISE(ABORT, '{OVERLAP}'); END"""
        )
