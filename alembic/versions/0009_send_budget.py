"""one budget of sends for all processes

Revision: 0009, after 0008
"""

from datetime import UTC, datetime

import sqlalchemy as sa

from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    budget = op.create_table('send_budget',
    sa.Column('id', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('given_until', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint('id = 1', name=op.f('ck_send_budget_only_row')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_send_budget'))
    )
    op.bulk_insert(budget, [{'id': 1, 'given_until': datetime(2000, 1, 1, tzinfo=UTC)}])  # long ago: all is still to be given


def downgrade() -> None:
    op.drop_table('send_budget')
