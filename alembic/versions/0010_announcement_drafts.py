"""announcements composed in full: audiences of parts, wishes, drafts

Revision: 0010, after 0009
"""

import sqlalchemy as sa

from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)


def _words(name: str, *words: str) -> sa.Enum:
    return sa.Enum(*words, name=name, native_enum=False, create_constraint=True, length=32)


def upgrade() -> None:
    op.create_table(
        "announcement_parts",
        sa.Column("announcement_id", ID, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("excluded", sa.Boolean(), nullable=False),
        sa.Column("network_id", ID, nullable=True),
        sa.Column("with_branch", sa.Boolean(), nullable=False),
        sa.Column("role", _words("role", "coordinator", "moderator", "expert"), nullable=True),
        sa.Column("organisation_id", ID, nullable=True),
        sa.Column("subject_id", ID, nullable=True),
        sa.CheckConstraint(
            "network_id IS NOT NULL OR (role IS NULL AND (organisation_id IS NOT NULL OR subject_id IS NOT NULL))",
            name=op.f("ck_announcement_parts_names_somebody"),
        ),
        sa.ForeignKeyConstraint(
            ["announcement_id"],
            ["announcements.id"],
            name=op.f("fk_announcement_parts_announcement_id_announcements"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["network_id"], ["networks.id"], name=op.f("fk_announcement_parts_network_id_networks")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("fk_announcement_parts_organisation_id_organisations")
        ),
        sa.ForeignKeyConstraint(
            ["subject_id"], ["subjects.id"], name=op.f("fk_announcement_parts_subject_id_subjects")
        ),
        sa.PrimaryKeyConstraint("announcement_id", "position", name=op.f("pk_announcement_parts")),
    )
    with op.batch_alter_table("announcement_parts", schema=None) as batch_op:
        for column in ("network_id", "organisation_id", "subject_id"):
            batch_op.create_index(batch_op.f(f"ix_announcement_parts_{column}"), [column], unique=False)

    op.execute(
        "INSERT INTO announcement_parts (announcement_id, position, excluded, network_id, with_branch)"
        " SELECT announcement_id, row_number() OVER (PARTITION BY announcement_id ORDER BY network_id) - 1, false,"
        " network_id, with_branch FROM announcement_networks"
    )
    with op.batch_alter_table("announcement_networks", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_announcement_networks_network_id"))
    op.drop_table("announcement_networks")

    # What was sent before had none of these wishes and began at once; from now on the program says so itself.
    with op.batch_alter_table("announcements", schema=None) as batch_op:
        batch_op.add_column(sa.Column("origins", sa.JSON(), nullable=False, server_default="[]"))
        batch_op.add_column(sa.Column("buttons", sa.JSON(), nullable=False, server_default="[]"))
        batch_op.add_column(sa.Column("importance", sa.String(length=32), nullable=False, server_default="usual"))
        batch_op.add_column(sa.Column("wants_acknowledgement", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column("acknowledge_by", MOMENT, nullable=True))
        batch_op.add_column(sa.Column("starts_at", MOMENT, nullable=True))
    op.execute("UPDATE announcements SET starts_at = created_at")
    with op.batch_alter_table("announcements", schema=None) as batch_op:
        for column, kind in (
            ("origins", sa.JSON()),
            ("buttons", sa.JSON()),
            ("importance", sa.String(length=32)),
            ("wants_acknowledgement", sa.Boolean()),
        ):
            batch_op.alter_column(column, existing_type=kind, existing_nullable=False, server_default=None)
        batch_op.alter_column("starts_at", existing_type=MOMENT, nullable=False)
        batch_op.create_check_constraint(
            batch_op.f("ck_announcements_importance"), "importance IN ('usual', 'mandatory', 'urgent')"
        )
        batch_op.create_check_constraint(
            batch_op.f("ck_announcements_acknowledge_by"), "acknowledge_by IS NULL OR wants_acknowledgement"
        )

    op.create_table(
        "announcement_drafts",
        sa.Column("id", ID, nullable=False),
        sa.Column("network_id", ID, nullable=False),
        sa.Column("author_id", ID, nullable=True),
        sa.Column("copied_from_id", ID, nullable=True),
        sa.Column("state", _words("state", "draft", "template", "scheduled", "sent"), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("texts", sa.JSON(), nullable=False),
        sa.Column("origins", sa.JSON(), nullable=False),
        sa.Column("audience", sa.JSON(), nullable=False),
        sa.Column("buttons", sa.JSON(), nullable=False),
        sa.Column("importance", _words("importance", "usual", "mandatory", "urgent"), nullable=False),
        sa.Column("wants_acknowledgement", sa.Boolean(), nullable=False),
        sa.Column("acknowledge_by", MOMENT, nullable=True),
        sa.Column("starts_at", MOMENT, nullable=True),
        sa.Column("zone", sa.String(length=64), nullable=True),
        sa.Column("repeats", _words("repeats", "weekly", "monthly"), nullable=True),
        sa.Column("repeat_day", sa.Integer(), nullable=True),
        sa.Column("sender_id", ID, nullable=True),
        sa.Column("sent_version", sa.Integer(), nullable=True),
        sa.Column("announcement_id", ID, nullable=True),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("updated_at", MOMENT, nullable=False),
        sa.CheckConstraint(
            "state <> 'scheduled' OR starts_at IS NOT NULL", name=op.f("ck_announcement_drafts_scheduled")
        ),
        sa.CheckConstraint(
            "acknowledge_by IS NULL OR wants_acknowledgement", name=op.f("ck_announcement_drafts_acknowledge_by")
        ),
        sa.ForeignKeyConstraint(
            ["announcement_id"],
            ["announcements.id"],
            name=op.f("fk_announcement_drafts_announcement_id_announcements"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["author_id"], ["persons.id"], name=op.f("fk_announcement_drafts_author_id_persons"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["copied_from_id"],
            ["announcement_drafts.id"],
            name=op.f("fk_announcement_drafts_copied_from_id_announcement_drafts"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["network_id"], ["networks.id"], name=op.f("fk_announcement_drafts_network_id_networks")
        ),
        sa.ForeignKeyConstraint(
            ["sender_id"], ["persons.id"], name=op.f("fk_announcement_drafts_sender_id_persons"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_announcement_drafts")),
    )
    with op.batch_alter_table("announcement_drafts", schema=None) as batch_op:
        for column in ("announcement_id", "author_id", "copied_from_id", "sender_id"):
            batch_op.create_index(batch_op.f(f"ix_announcement_drafts_{column}"), [column], unique=False)
        batch_op.create_index(
            "ix_announcement_drafts_network_id_state_updated_at", ["network_id", "state", "updated_at"], unique=False
        )
        batch_op.create_index(
            "ix_announcement_drafts_starts_at",
            ["starts_at"],
            unique=False,
            sqlite_where=sa.text("state = 'scheduled'"),
            postgresql_where=sa.text("state = 'scheduled'"),
        )

    op.create_table(
        "announcement_draft_files",
        sa.Column("draft_id", ID, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("file_id", ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["draft_id"],
            ["announcement_drafts.id"],
            name=op.f("fk_announcement_draft_files_draft_id_announcement_drafts"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["file_id"], ["files.id"], name=op.f("fk_announcement_draft_files_file_id_files")),
        sa.PrimaryKeyConstraint("draft_id", "position", name=op.f("pk_announcement_draft_files")),
    )
    with op.batch_alter_table("announcement_draft_files", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_announcement_draft_files_file_id"), ["file_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("announcement_draft_files", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_announcement_draft_files_file_id"))
    op.drop_table("announcement_draft_files")
    with op.batch_alter_table("announcement_drafts", schema=None) as batch_op:
        batch_op.drop_index("ix_announcement_drafts_starts_at")
        batch_op.drop_index("ix_announcement_drafts_network_id_state_updated_at")
        for column in ("announcement_id", "author_id", "copied_from_id", "sender_id"):
            batch_op.drop_index(batch_op.f(f"ix_announcement_drafts_{column}"))
    op.drop_table("announcement_drafts")

    with op.batch_alter_table("announcements", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_announcements_acknowledge_by"), type_="check")
        batch_op.drop_constraint(batch_op.f("ck_announcements_importance"), type_="check")
        for column in ("starts_at", "acknowledge_by", "wants_acknowledgement", "importance", "buttons", "origins"):
            batch_op.drop_column(column)

    op.create_table(
        "announcement_networks",
        sa.Column("announcement_id", ID, nullable=False),
        sa.Column("network_id", ID, nullable=False),
        sa.Column("with_branch", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["announcement_id"],
            ["announcements.id"],
            name=op.f("fk_announcement_networks_announcement_id_announcements"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["network_id"], ["networks.id"], name=op.f("fk_announcement_networks_network_id_networks")
        ),
        sa.PrimaryKeyConstraint("announcement_id", "network_id", name=op.f("pk_announcement_networks")),
    )
    with op.batch_alter_table("announcement_networks", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_announcement_networks_network_id"), ["network_id"], unique=False)
    # The former tables know networks alone: what is still on its way to anybody else goes to nobody by mistake.
    op.execute(
        "INSERT INTO announcement_networks (announcement_id, network_id, with_branch)"
        " SELECT announcement_id, network_id, max(CASE WHEN with_branch THEN 1 ELSE 0 END) = 1 FROM announcement_parts"
        " WHERE NOT excluded AND network_id IS NOT NULL AND role IS NULL AND organisation_id IS NULL AND subject_id IS NULL"
        " GROUP BY announcement_id, network_id"
    )
    with op.batch_alter_table("announcement_parts", schema=None) as batch_op:
        for column in ("network_id", "organisation_id", "subject_id"):
            batch_op.drop_index(batch_op.f(f"ix_announcement_parts_{column}"))
    op.drop_table("announcement_parts")
