"""what people choose for themselves, consents by version, and what is left of those who had themselves deleted

Revision: 0015, after 0014
"""

import sqlalchemy as sa

from alembic import op

revision = "0015"
down_revision = "0014"
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
    op.add_column('persons', sa.Column('deleted_at', sa.DateTime(timezone=True), nullable=True))
    op.execute(STANDING)
    op.create_table('held_updates',
    sa.Column('update_id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('person_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('payload', sa.Text(), nullable=False),
    sa.Column('held_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['persons.id'], name=op.f('fk_held_updates_person_id_persons'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('update_id', name=op.f('pk_held_updates'))
    )
    with op.batch_alter_table('held_updates', schema=None) as batch_op:
        batch_op.create_index('ix_held_updates_person_id_held_at', ['person_id', 'held_at'], unique=False)

    op.create_table('leftovers',
    sa.Column('person_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('copies', sa.JSON(), nullable=False),
    sa.Column('due_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['persons.id'], name=op.f('fk_leftovers_person_id_persons'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('person_id', name=op.f('pk_leftovers'))
    )
    with op.batch_alter_table('leftovers', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_leftovers_due_at'), ['due_at'], unique=False)


def downgrade() -> None:
    op.drop_table('leftovers')
    op.drop_table('held_updates')
    op.drop_column('persons', 'deleted_at')
    op.drop_column('persons', 'muted')
    op.drop_column('persons', 'quiet_until')
    op.drop_column('persons', 'quiet_from')
    op.drop_column('persons', 'consent_version')
