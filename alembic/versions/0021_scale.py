"""scale: lists of 100 000 people; the ids of drafts are not used again

Revision: 0021, after 0016
"""

from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

FORMER = "ix_memberships_network_id_state_person_id"
PRESENT = "ix_memberships_network_id_state_agreement"
KINDS = "ix_products_state_kind_network_id"
WORDS, WHOLE_WORDS = "ix_search_words_kind_object_id", "ix_search_words_kind_object_id_word"
DRAFTS = "announcement_drafts"
PLAIN = "id INTEGER NOT NULL,"
COUNTING = "id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,"
KEY = "CONSTRAINT pk_announcement_drafts PRIMARY KEY (id),"
CHECKS = "CONSTRAINT ck_"


def upgrade() -> None:
    with op.batch_alter_table("memberships", schema=None) as batch_op:
        batch_op.create_index(PRESENT, ["network_id", "state", "person_id", "agreement_version"], unique=False)
        batch_op.drop_index(FORMER)
    with op.batch_alter_table("products", schema=None) as batch_op:
        batch_op.create_index(KINDS, ["state", "kind", "network_id"], unique=False)
    with op.batch_alter_table("search_words", schema=None) as batch_op:
        batch_op.create_index(WHOLE_WORDS, ["kind", "object_id", "word"], unique=False)
        batch_op.drop_index(WORDS)
    _make_drafts_anew({PLAIN: COUNTING, KEY: ""})


def downgrade() -> None:
    _make_drafts_anew({COUNTING: PLAIN, CHECKS: f"{KEY} {CHECKS}"})
    with op.batch_alter_table("search_words", schema=None) as batch_op:
        batch_op.create_index(WORDS, ["kind", "object_id"], unique=False)
        batch_op.drop_index(WHOLE_WORDS)
    with op.batch_alter_table("products", schema=None) as batch_op:
        batch_op.drop_index(KINDS)
    with op.batch_alter_table("memberships", schema=None) as batch_op:
        batch_op.create_index(FORMER, ["network_id", "state", "person_id"], unique=False)
        batch_op.drop_index(PRESENT)


def _make_drafts_anew(instead: dict[str, str]) -> None:
    """Make the table anew with other words in its definition.

    SQLite is told of AUTOINCREMENT when a table is made, and only then (https://www.sqlite.org/autoinc.html); the steps are those of
    https://www.sqlite.org/lang_altertable.html, 7. By its own text, for Alembic's batch mode knows nothing of checks.
    PostgreSQL never counts back.
    """
    bind = op.get_bind()
    if bind.dialect.name != "sqlite":
        return
    table = bind.exec_driver_sql(f"SELECT sql FROM sqlite_master WHERE type = 'table' AND name = '{DRAFTS}'").scalar_one()
    indices = bind.exec_driver_sql(
        f"SELECT sql FROM sqlite_master WHERE type = 'index' AND tbl_name = '{DRAFTS}' AND sql IS NOT NULL"
    ).scalars().all()
    columns = table.partition("(")[2]
    for former, present in instead.items():
        if former not in columns:
            raise RuntimeError(f"{DRAFTS} is not made as was expected: {table}")
        columns = columns.replace(former, present, 1)  # the id is the first column
    bind.exec_driver_sql(f"CREATE TABLE {DRAFTS}_anew ({columns}")
    bind.exec_driver_sql(f"INSERT INTO {DRAFTS}_anew SELECT * FROM {DRAFTS}")
    bind.exec_driver_sql(f"DROP TABLE {DRAFTS}")
    bind.exec_driver_sql(f"ALTER TABLE {DRAFTS}_anew RENAME TO {DRAFTS}")
    for index in indices:
        bind.exec_driver_sql(index)
