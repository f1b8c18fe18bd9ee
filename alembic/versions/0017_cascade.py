"""the last day of a temporary group: found quickly, and known of which one its members were reminded

Revision: 0017, after 0016
"""

import sqlalchemy as sa

from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

AT_WORK = sa.text("ends_on IS NOT NULL AND archived_at IS NULL")


def upgrade() -> None:
    op.add_column("networks", sa.Column("end_told_on", sa.Date(), nullable=True))
    op.create_index("ix_networks_ends_on", "networks", ["ends_on"], unique=False, sqlite_where=AT_WORK, postgresql_where=AT_WORK)


def downgrade() -> None:
    op.drop_index("ix_networks_ends_on", "networks")
    op.drop_column("networks", "end_told_on")
