"""roles: invitations of moderators; an index of the applications that wait

Revision: 0019, after 0016
"""

import sqlalchemy as sa

from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

PLACES = "CASE target WHEN 'network' THEN network_id WHEN 'coordinator' THEN network_id %s ELSE 0 END IS NOT NULL"
OTHERS = "WHEN 'expert' THEN topic_id WHEN 'organisation' THEN organisation_id"
FEW = ('network', 'organisation', 'expert', 'coordinator', 'administrator')
MANY = ('network', 'organisation', 'expert', 'coordinator', 'moderator', 'administrator')


def _targets(words: tuple[str, ...], leads_somewhere: str) -> None:
    """Let an invitation lead to exactly these."""
    listed = ', '.join(f"'{word}'" for word in words)
    with op.batch_alter_table('invitations', schema=None) as batch_op:
        batch_op.drop_constraint(op.f('ck_invitations_target'), type_='check')
        batch_op.create_check_constraint(op.f('ck_invitations_target'), f'target IN ({listed})')
        batch_op.drop_constraint(op.f('ck_invitations_leads_somewhere'), type_='check')
        batch_op.create_check_constraint(op.f('ck_invitations_leads_somewhere'), leads_somewhere)


WAITS = sa.text("state = 'pending'")


def upgrade() -> None:
    op.create_index('ix_applications_waiting', 'applications', ['network_id', 'expires_at'], unique=False, sqlite_where=WAITS, postgresql_where=WAITS)
    _targets(MANY, PLACES % f"WHEN 'moderator' THEN network_id {OTHERS}")


def downgrade() -> None:
    op.drop_index('ix_applications_waiting', 'applications')
    gone = "SELECT id FROM invitations WHERE target = 'moderator'"
    for table in ('invitation_uses', 'opened_invitations'):
        op.execute(sa.text(f"DELETE FROM {table} WHERE invitation_id IN ({gone})"))
    op.execute(sa.text("DELETE FROM invitations WHERE target = 'moderator'"))
    _targets(FEW, PLACES % OTHERS)
