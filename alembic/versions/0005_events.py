"""events

Revision: 0005, after 0004
"""

from alembic import op
import sqlalchemy as sa


revision = '0005'
down_revision = '0004'
branch_labels = None
depends_on = None

FOUND_BEFORE = ('organisation', 'network', 'person')


def _found(kinds: tuple[str, ...]) -> None:
    """Let the search know exactly these kinds of things."""
    listed = ', '.join(f"'{kind}'" for kind in kinds)
    with op.batch_alter_table('search_words', schema=None) as batch_op:
        batch_op.drop_constraint(op.f('ck_search_words_kind'), type_='check')
        batch_op.create_check_constraint(op.f('ck_search_words_kind'), f'kind IN ({listed})')


def upgrade() -> None:
    op.create_table('events',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('network_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('kind', sa.Enum('seminar', 'webinar', 'master-class', 'open-lesson', 'meeting', 'consultation', 'workshop', 'discussion', 'contest', 'conference', name='kind', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('title', sa.String(length=150), nullable=False),
    sa.Column('annotation', sa.Text(), nullable=True),
    sa.Column('starts_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('place', sa.String(length=300), nullable=False),
    sa.Column('seats', sa.Integer(), nullable=True),
    sa.Column('taken', sa.Integer(), nullable=False),
    sa.Column('last_turn', sa.Integer(), nullable=False),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.Column('calendar_uid', sa.String(length=36), nullable=False),
    sa.Column('created_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('announced_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('cancelled_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('cancel_reason', sa.Text(), nullable=True),
    sa.CheckConstraint('seats IS NULL OR seats > 0', name=op.f('ck_events_seats')),
    sa.CheckConstraint('taken >= 0 AND (seats IS NULL OR taken <= seats)', name=op.f('ck_events_taken')),
    sa.ForeignKeyConstraint(['created_by_id'], ['persons.id'], name=op.f('fk_events_created_by_id_persons'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['network_id'], ['networks.id'], name=op.f('fk_events_network_id_networks')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_events'))
    )
    with op.batch_alter_table('events', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_events_created_by_id'), ['created_by_id'], unique=False)
        batch_op.create_index('ix_events_network_id_starts_at', ['network_id', 'starts_at'], unique=False)
        batch_op.create_index('ix_events_starts_at_id', ['starts_at', 'id'], unique=False)

    op.create_table('registrations',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('event_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('person_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('state', sa.Enum('registered', 'waiting', 'withdrawn', name='state', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('turn', sa.Integer(), nullable=False),
    sa.Column('state_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['event_id'], ['events.id'], name=op.f('fk_registrations_event_id_events'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['person_id'], ['persons.id'], name=op.f('fk_registrations_person_id_persons'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_registrations')),
    sa.UniqueConstraint('event_id', 'person_id', name=op.f('uq_registrations_event_id_person_id')),
    sa.UniqueConstraint('event_id', 'turn', name=op.f('uq_registrations_event_id_turn'))
    )
    with op.batch_alter_table('registrations', schema=None) as batch_op:
        batch_op.create_index('ix_registrations_event_id_state_turn', ['event_id', 'state', 'turn'], unique=False)
        batch_op.create_index('ix_registrations_person_id_state', ['person_id', 'state'], unique=False)

    _found((*FOUND_BEFORE, 'event'))


def downgrade() -> None:
    op.execute("DELETE FROM search_words WHERE kind = 'event'")
    _found(FOUND_BEFORE)
    with op.batch_alter_table('registrations', schema=None) as batch_op:
        batch_op.drop_index('ix_registrations_person_id_state')
        batch_op.drop_index('ix_registrations_event_id_state_turn')

    op.drop_table('registrations')
    with op.batch_alter_table('events', schema=None) as batch_op:
        batch_op.drop_index('ix_events_starts_at_id')
        batch_op.drop_index('ix_events_network_id_starts_at')
        batch_op.drop_index(batch_op.f('ix_events_created_by_id'))

    op.drop_table('events')
