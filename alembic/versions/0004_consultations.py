"""consultations

Revision: 0004, after 0003
"""

from alembic import op
import sqlalchemy as sa


revision = '0004'
down_revision = '0003'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('consultations',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('topic_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('asker_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('expert_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('assigned_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('state', sa.Enum('new', 'taken', 'closed', name='state', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('turn', sa.Enum('expert', 'asker', name='turn', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('promised_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('taken_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('first_answered_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('last_said_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('closed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('closed_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('rating', sa.Integer(), nullable=True),
    sa.Column('rated_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint("state <> 'taken' OR expert_id IS NOT NULL", name=op.f('ck_consultations_taken_by_somebody')),
    sa.CheckConstraint('rating IS NULL OR rating BETWEEN 1 AND 5', name=op.f('ck_consultations_rating')),
    sa.ForeignKeyConstraint(['asker_id'], ['persons.id'], name=op.f('fk_consultations_asker_id_persons')),
    sa.ForeignKeyConstraint(['assigned_by_id'], ['persons.id'], name=op.f('fk_consultations_assigned_by_id_persons'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['closed_by_id'], ['persons.id'], name=op.f('fk_consultations_closed_by_id_persons'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['expert_id'], ['persons.id'], name=op.f('fk_consultations_expert_id_persons')),
    sa.ForeignKeyConstraint(['topic_id'], ['topics.id'], name=op.f('fk_consultations_topic_id_topics')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_consultations'))
    )
    with op.batch_alter_table('consultations', schema=None) as batch_op:
        batch_op.create_index('ix_consultations_asker_id_last_said_at', ['asker_id', 'last_said_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_consultations_assigned_by_id'), ['assigned_by_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_consultations_closed_by_id'), ['closed_by_id'], unique=False)
        batch_op.create_index('ix_consultations_expert_id_state_last_said_at', ['expert_id', 'state', 'last_said_at'], unique=False)
        batch_op.create_index('ix_consultations_topic_id_state_id', ['topic_id', 'state', 'id'], unique=False)

    op.create_table('consultation_messages',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('consultation_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('author_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('texts', sa.JSON(), nullable=False),
    sa.Column('source_id', sa.BigInteger(), nullable=False),
    sa.Column('source_ids', sa.JSON(), nullable=False),
    sa.Column('album', sa.String(length=64), nullable=True),
    sa.Column('said_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['author_id'], ['persons.id'], name=op.f('fk_consultation_messages_author_id_persons')),
    sa.ForeignKeyConstraint(['consultation_id'], ['consultations.id'], name=op.f('fk_consultation_messages_consultation_id_consultations'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_consultation_messages')),
    sa.UniqueConstraint('author_id', 'source_id', name=op.f('uq_consultation_messages_author_id_source_id'))
    )
    with op.batch_alter_table('consultation_messages', schema=None) as batch_op:
        batch_op.create_index('ix_consultation_messages_author_id_said_at', ['author_id', 'said_at'], unique=False)
        batch_op.create_index('ix_consultation_messages_consultation_id_id', ['consultation_id', 'id'], unique=False)

    op.create_table('consultation_files',
    sa.Column('message_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('file_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['file_id'], ['files.id'], name=op.f('fk_consultation_files_file_id_files')),
    sa.ForeignKeyConstraint(['message_id'], ['consultation_messages.id'], name=op.f('fk_consultation_files_message_id_consultation_messages'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('message_id', 'file_id', name=op.f('pk_consultation_files'))
    )
    with op.batch_alter_table('consultation_files', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_consultation_files_file_id'), ['file_id'], unique=False)



def downgrade() -> None:
    with op.batch_alter_table('consultation_files', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_consultation_files_file_id'))

    op.drop_table('consultation_files')
    with op.batch_alter_table('consultation_messages', schema=None) as batch_op:
        batch_op.drop_index('ix_consultation_messages_consultation_id_id')
        batch_op.drop_index('ix_consultation_messages_author_id_said_at')

    op.drop_table('consultation_messages')
    with op.batch_alter_table('consultations', schema=None) as batch_op:
        batch_op.drop_index('ix_consultations_topic_id_state_id')
        batch_op.drop_index('ix_consultations_expert_id_state_last_said_at')
        batch_op.drop_index(batch_op.f('ix_consultations_closed_by_id'))
        batch_op.drop_index(batch_op.f('ix_consultations_assigned_by_id'))
        batch_op.drop_index('ix_consultations_asker_id_last_said_at')

    op.drop_table('consultations')
