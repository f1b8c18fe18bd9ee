"""the outcome «unknown», what is counted of deleted notifications, and an index that gives those due in their order

Revision: 0013, after 0012
"""

import sqlalchemy as sa

from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

STATES_BEFORE = ('pending', 'sending', 'sent', 'blocked', 'failed', 'cancelled')
STATES = ('pending', 'sending', 'sent', 'blocked', 'failed', 'unknown', 'cancelled')
OPEN = sa.text("state IN ('pending', 'sending')")


def _states(words: tuple[str, ...]) -> None:
    """Let a notification stand in exactly these states."""
    listed = ', '.join(f"'{word}'" for word in words)
    with op.batch_alter_table('notifications', schema=None) as batch_op:
        batch_op.drop_constraint(op.f('ck_notifications_state'), type_='check')
        batch_op.create_check_constraint(op.f('ck_notifications_state'), f'state IN ({listed})')


def _waiting(columns: list[str]) -> None:
    """Have the waiting ones in this order."""
    op.drop_index('ix_notifications_waiting', 'notifications')
    op.create_index('ix_notifications_waiting', 'notifications', columns, unique=False, sqlite_where=OPEN, postgresql_where=OPEN)


def upgrade() -> None:
    _states(STATES)
    _waiting(['priority', 'next_at', 'due_at', 'id'])
    op.drop_index('ix_notifications_kind_subject_id_state', 'notifications')
    op.create_index('ix_notifications_kind_subject_id', 'notifications', ['kind', 'subject_id'], unique=False)
    has_error = sa.text('error IS NOT NULL')
    op.create_index('ix_notifications_troubled', 'notifications', ['settled_at'], unique=False, sqlite_where=has_error, postgresql_where=has_error)
    op.create_table('notification_tallies',
    sa.Column('kind', sa.String(length=40), nullable=False),
    sa.Column('subject_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=False, nullable=False),
    sa.Column('state', sa.Enum(*STATES, name='state', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('maybe_twice', sa.Boolean(), nullable=False),
    sa.Column('reason', sa.String(length=200), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('kind', 'subject_id', 'state', 'maybe_twice', 'reason', name=op.f('pk_notification_tallies'))
    )


def downgrade() -> None:
    op.drop_table('notification_tallies')
    op.drop_index('ix_notifications_troubled', 'notifications')
    op.drop_index('ix_notifications_kind_subject_id', 'notifications')
    op.create_index('ix_notifications_kind_subject_id_state', 'notifications', ['kind', 'subject_id', 'state'], unique=False)
    _waiting(['priority', 'next_at', 'due_at'])
    op.execute("UPDATE notifications SET state = 'failed' WHERE state = 'unknown'")
    _states(STATES_BEFORE)
