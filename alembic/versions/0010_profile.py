"""what people choose for themselves, consents by version, and what is left of those who had themselves deleted

Revision: 0010_profile, after 0009_budget
"""

import sqlalchemy as sa

from alembic import op

revision = "0010_profile"
down_revision = "0009_budget"
branch_labels = None
depends_on = None

STANDING = """
UPDATE persons SET consent_version = (
    SELECT consents.version FROM consents
    WHERE consents.person_id = persons.id AND consents.withdrawn_at IS NULL
    ORDER BY consents.given_at DESC, consents.id DESC LIMIT 1
)
"""


def upgrade() -> None:
    op.add_column('persons', sa.Column('consent_version', sa.String(length=20), nullable=True))
    op.add_column('persons', sa.Column('quiet_from', sa.Time(), nullable=True))
    op.add_column('persons', sa.Column('quiet_until', sa.Time(), nullable=True))
    op.add_column('persons', sa.Column('muted', sa.JSON(none_as_null=True), nullable=True))
    op.add_column('persons', sa.Column('phone', sa.String(length=20), nullable=True))
    op.add_column('persons', sa.Column('deleted_at', sa.DateTime(timezone=True), nullable=True))
    op.execute(STANDING)


def downgrade() -> None:
    op.drop_column('persons', 'deleted_at')
    op.drop_column('persons', 'phone')
    op.drop_column('persons', 'muted')
    op.drop_column('persons', 'quiet_until')
    op.drop_column('persons', 'quiet_from')
    op.drop_column('persons', 'consent_version')
