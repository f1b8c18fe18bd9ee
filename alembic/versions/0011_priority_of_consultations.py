"""what is told about consultations goes before reminders

Revision: 0011, after 0010
"""

import sqlalchemy as sa

from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

CONSULTATION = 1
ABOUT = (
    "consultation-new",
    "consultation-redraw",
    "consultation-overdue",
    "consultation-passed-on",
    "consultation-closed",
    "consultation-unreached",
)

_rows = sa.table("notifications", sa.column("kind", sa.String), sa.column("priority", sa.Integer))


def upgrade() -> None:
    op.execute(
        sa.update(_rows).where(_rows.c.priority >= CONSULTATION).values(priority=_rows.c.priority + 1)
    )
    op.execute(sa.update(_rows).where(_rows.c.kind.in_(ABOUT)).values(priority=CONSULTATION))


def downgrade() -> None:
    op.execute(
        sa.update(_rows).where(_rows.c.priority >= CONSULTATION).values(priority=_rows.c.priority - 1)
    )
