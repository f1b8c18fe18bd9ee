"""the centre's lists of people

Revision: 0014, after 0013
"""

import sqlalchemy as sa

from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('registry_entries',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('full_name', sa.String(length=120), nullable=False),
    sa.Column('name_key', sa.String(length=120), nullable=False),
    sa.Column('surname', sa.String(length=60), nullable=False),
    sa.Column('organisation_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('position', sa.String(length=100), nullable=True),
    sa.Column('subjects', sa.String(length=300), nullable=True),
    sa.Column('phone', sa.String(length=20), nullable=True),
    sa.Column('works_since', sa.Date(), nullable=True),
    sa.Column('person_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('recognised_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisations.id'], name=op.f('fk_registry_entries_organisation_id_organisations')),
    sa.ForeignKeyConstraint(['person_id'], ['persons.id'], name=op.f('fk_registry_entries_person_id_persons'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_registry_entries')),
    sa.UniqueConstraint('organisation_id', 'name_key', name=op.f('uq_registry_entries_organisation_id_name_key')),
    sa.UniqueConstraint('person_id', name=op.f('uq_registry_entries_person_id'))
    )
    with op.batch_alter_table('registry_entries', schema=None) as batch_op:
        batch_op.create_index('ix_registry_entries_full_name_id', ['full_name', 'id'], unique=False)
        batch_op.create_index(batch_op.f('ix_registry_entries_name_key'), ['name_key'], unique=False)
        batch_op.create_index(batch_op.f('ix_registry_entries_surname'), ['surname'], unique=False)

    op.create_table('registry_doubts',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('person_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('decided_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('decided_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('entry_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.ForeignKeyConstraint(['decided_by_id'], ['persons.id'], name=op.f('fk_registry_doubts_decided_by_id_persons'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['entry_id'], ['registry_entries.id'], name=op.f('fk_registry_doubts_entry_id_registry_entries'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['person_id'], ['persons.id'], name=op.f('fk_registry_doubts_person_id_persons'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_registry_doubts'))
    )
    with op.batch_alter_table('registry_doubts', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_registry_doubts_decided_at'), ['decided_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_registry_doubts_decided_by_id'), ['decided_by_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_registry_doubts_entry_id'), ['entry_id'], unique=False)
        batch_op.create_index('ix_registry_doubts_person_id', ['person_id'], unique=False)
        batch_op.create_index('uq_registry_doubts_open', ['person_id'], unique=True, sqlite_where=sa.text('decided_at IS NULL'), postgresql_where=sa.text('decided_at IS NULL'))



def downgrade() -> None:
    with op.batch_alter_table('registry_doubts', schema=None) as batch_op:
        batch_op.drop_index('uq_registry_doubts_open', sqlite_where=sa.text('decided_at IS NULL'), postgresql_where=sa.text('decided_at IS NULL'))
        batch_op.drop_index('ix_registry_doubts_person_id')
        batch_op.drop_index(batch_op.f('ix_registry_doubts_entry_id'))
        batch_op.drop_index(batch_op.f('ix_registry_doubts_decided_by_id'))
        batch_op.drop_index(batch_op.f('ix_registry_doubts_decided_at'))

    op.drop_table('registry_doubts')
    with op.batch_alter_table('registry_entries', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_registry_entries_surname'))
        batch_op.drop_index(batch_op.f('ix_registry_entries_name_key'))
        batch_op.drop_index('ix_registry_entries_full_name_id')

    op.drop_table('registry_entries')
