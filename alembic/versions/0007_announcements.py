"""announcements

Revision: 0007, after 0006
"""

import sqlalchemy as sa

from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('announcements',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('network_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('author_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('texts', sa.JSON(), nullable=False),
    sa.Column('recipients', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint('recipients > 0', name=op.f('ck_announcements_recipients')),
    sa.ForeignKeyConstraint(['author_id'], ['persons.id'], name=op.f('fk_announcements_author_id_persons'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['network_id'], ['networks.id'], name=op.f('fk_announcements_network_id_networks')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_announcements'))
    )
    with op.batch_alter_table('announcements', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_announcements_author_id'), ['author_id'], unique=False)
        batch_op.create_index('ix_announcements_network_id_id', ['network_id', 'id'], unique=False)

    op.create_table('announcement_files',
    sa.Column('announcement_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('file_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.ForeignKeyConstraint(['announcement_id'], ['announcements.id'], name=op.f('fk_announcement_files_announcement_id_announcements'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['file_id'], ['files.id'], name=op.f('fk_announcement_files_file_id_files')),
    sa.PrimaryKeyConstraint('announcement_id', 'position', name=op.f('pk_announcement_files'))
    )
    with op.batch_alter_table('announcement_files', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_announcement_files_file_id'), ['file_id'], unique=False)

    op.create_table('announcement_networks',
    sa.Column('announcement_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('network_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('with_branch', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['announcement_id'], ['announcements.id'], name=op.f('fk_announcement_networks_announcement_id_announcements'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['network_id'], ['networks.id'], name=op.f('fk_announcement_networks_network_id_networks')),
    sa.PrimaryKeyConstraint('announcement_id', 'network_id', name=op.f('pk_announcement_networks'))
    )
    with op.batch_alter_table('announcement_networks', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_announcement_networks_network_id'), ['network_id'], unique=False)

    with op.batch_alter_table('persons', schema=None) as batch_op:
        batch_op.add_column(sa.Column('command_menu', sa.String(length=16), nullable=True))



def downgrade() -> None:
    with op.batch_alter_table('persons', schema=None) as batch_op:
        batch_op.drop_column('command_menu')

    with op.batch_alter_table('announcement_networks', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_announcement_networks_network_id'))

    op.drop_table('announcement_networks')
    with op.batch_alter_table('announcement_files', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_announcement_files_file_id'))

    op.drop_table('announcement_files')
    with op.batch_alter_table('announcements', schema=None) as batch_op:
        batch_op.drop_index('ix_announcements_network_id_id')
        batch_op.drop_index(batch_op.f('ix_announcements_author_id'))

    op.drop_table('announcements')
