"""the card of a network: its documents, and who follows its news

Revision: 0018, after 0016
"""

import sqlalchemy as sa

from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

FOLLOWERS = "NOT followers OR (network_id IS NOT NULL AND role IS NULL)"


def upgrade() -> None:
    op.create_table('network_documents',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('network_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('file_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('title', sa.String(length=150), nullable=True),
    sa.Column('added_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['file_id'], ['files.id'], name=op.f('fk_network_documents_file_id_files')),
    sa.ForeignKeyConstraint(['network_id'], ['networks.id'], name=op.f('fk_network_documents_network_id_networks'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_network_documents'))
    )
    with op.batch_alter_table('network_documents', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_network_documents_file_id'), ['file_id'], unique=False)
        batch_op.create_index('ix_network_documents_network_id_id', ['network_id', 'id'], unique=False)

    op.create_table('network_followers',
    sa.Column('network_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('person_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('followed_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['network_id'], ['networks.id'], name=op.f('fk_network_followers_network_id_networks'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['person_id'], ['persons.id'], name=op.f('fk_network_followers_person_id_persons'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('network_id', 'person_id', name=op.f('pk_network_followers'))
    )
    with op.batch_alter_table('network_followers', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_network_followers_person_id'), ['person_id'], unique=False)

    op.add_column('announcement_parts', sa.Column('followers', sa.Boolean(), nullable=True))
    op.execute("UPDATE announcement_parts SET followers = false")
    with op.batch_alter_table('announcement_parts', schema=None) as batch_op:
        batch_op.alter_column('followers', existing_type=sa.Boolean(), nullable=False)
        batch_op.create_check_constraint(op.f('ck_announcement_parts_followers'), FOLLOWERS)


def downgrade() -> None:
    # Without the column a part of followers would say «all members»; former code knows no such word in a draft's parts.
    op.execute("DELETE FROM announcement_parts WHERE followers")
    drafts = sa.table("announcement_drafts", sa.column("id", sa.BigInteger()), sa.column("audience", sa.JSON()))
    connection = op.get_bind()
    for draft_id, audience in connection.execute(sa.select(drafts.c.id, drafts.c.audience)).all():
        kept = [{name: part[name] for name in part if name != "followers"} for part in audience if not part.get("followers")]
        connection.execute(sa.update(drafts).where(drafts.c.id == draft_id).values(audience=kept))
    with op.batch_alter_table('announcement_parts', schema=None) as batch_op:
        batch_op.drop_constraint(op.f('ck_announcement_parts_followers'), type_='check')
        batch_op.drop_column('followers')
    op.drop_table('network_followers')
    op.drop_table('network_documents')
