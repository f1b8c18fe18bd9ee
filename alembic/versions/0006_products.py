"""products

Revision: 0006, after 0005
"""

from alembic import op
import sqlalchemy as sa


revision = '0006'
down_revision = '0005'
branch_labels = None
depends_on = None

FOUND_BEFORE = ('organisation', 'network', 'person', 'event')


def _found(kinds: tuple[str, ...]) -> None:
    """Let the search know exactly these kinds of things."""
    listed = ', '.join(f"'{kind}'" for kind in kinds)
    with op.batch_alter_table('search_words', schema=None) as batch_op:
        batch_op.drop_constraint(op.f('ck_search_words_kind'), type_='check')
        batch_op.create_check_constraint(op.f('ck_search_words_kind'), f'kind IN ({listed})')


def upgrade() -> None:
    op.create_table('products',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('network_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('author_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('organisation_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('kind', sa.Enum('lesson', 'guidelines', 'tests', 'programme', 'project', 'innovation', 'score-sheet', 'other', name='kind', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('title', sa.String(length=150), nullable=False),
    sa.Column('annotation', sa.Text(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('state', sa.Enum('submitted', 'returned', 'published', 'withdrawn', name='state', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('state_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('decided_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint('version > 0', name=op.f('ck_products_version')),
    sa.ForeignKeyConstraint(['author_id'], ['persons.id'], name=op.f('fk_products_author_id_persons')),
    sa.ForeignKeyConstraint(['decided_by_id'], ['persons.id'], name=op.f('fk_products_decided_by_id_persons'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['network_id'], ['networks.id'], name=op.f('fk_products_network_id_networks')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisations.id'], name=op.f('fk_products_organisation_id_organisations')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_products'))
    )
    with op.batch_alter_table('products', schema=None) as batch_op:
        batch_op.create_index('ix_products_author_id_state_at', ['author_id', 'state_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_products_decided_by_id'), ['decided_by_id'], unique=False)
        batch_op.create_index('ix_products_kind_state_state_at', ['kind', 'state', 'state_at'], unique=False)
        batch_op.create_index('ix_products_network_id_state_state_at', ['network_id', 'state', 'state_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_products_organisation_id'), ['organisation_id'], unique=False)
        batch_op.create_index('ix_products_state_state_at_id', ['state', 'state_at', 'id'], unique=False)

    op.create_table('product_versions',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('product_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('kind', sa.Enum('lesson', 'guidelines', 'tests', 'programme', 'project', 'innovation', 'score-sheet', 'other', name='kind', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('title', sa.String(length=150), nullable=False),
    sa.Column('annotation', sa.Text(), nullable=False),
    sa.Column('submitted_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['product_id'], ['products.id'], name=op.f('fk_product_versions_product_id_products'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_product_versions')),
    sa.UniqueConstraint('product_id', 'number', name=op.f('uq_product_versions_product_id_number'))
    )
    op.create_table('product_files',
    sa.Column('version_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('file_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.ForeignKeyConstraint(['file_id'], ['files.id'], name=op.f('fk_product_files_file_id_files')),
    sa.ForeignKeyConstraint(['version_id'], ['product_versions.id'], name=op.f('fk_product_files_version_id_product_versions'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('version_id', 'position', name=op.f('pk_product_files'))
    )
    with op.batch_alter_table('product_files', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_product_files_file_id'), ['file_id'], unique=False)

    op.create_table('product_remarks',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('version_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('author_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['author_id'], ['persons.id'], name=op.f('fk_product_remarks_author_id_persons'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['version_id'], ['product_versions.id'], name=op.f('fk_product_remarks_version_id_product_versions'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_product_remarks'))
    )
    with op.batch_alter_table('product_remarks', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_product_remarks_author_id'), ['author_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_product_remarks_version_id'), ['version_id'], unique=False)

    with op.batch_alter_table('files', schema=None) as batch_op:
        batch_op.add_column(sa.Column('copy_due_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.create_index(batch_op.f('ix_files_telegram_file_id'), ['telegram_file_id'], unique=False)
        batch_op.create_index('ix_files_copy_due_at', ['copy_due_at'], unique=False, sqlite_where=sa.text('copy_due_at IS NOT NULL'), postgresql_where=sa.text('copy_due_at IS NOT NULL'))
    op.execute('UPDATE files SET copy_due_at = created_at WHERE sha256 IS NULL AND NOT too_large')

    _found((*FOUND_BEFORE, 'product'))


def downgrade() -> None:
    op.execute("DELETE FROM search_words WHERE kind = 'product'")
    _found(FOUND_BEFORE)
    with op.batch_alter_table('files', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_files_telegram_file_id'))
        batch_op.drop_index('ix_files_copy_due_at', sqlite_where=sa.text('copy_due_at IS NOT NULL'), postgresql_where=sa.text('copy_due_at IS NOT NULL'))
        batch_op.drop_column('copy_due_at')

    with op.batch_alter_table('product_remarks', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_product_remarks_version_id'))
        batch_op.drop_index(batch_op.f('ix_product_remarks_author_id'))

    op.drop_table('product_remarks')
    with op.batch_alter_table('product_files', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_product_files_file_id'))

    op.drop_table('product_files')
    op.drop_table('product_versions')
    with op.batch_alter_table('products', schema=None) as batch_op:
        batch_op.drop_index('ix_products_state_state_at_id')
        batch_op.drop_index(batch_op.f('ix_products_organisation_id'))
        batch_op.drop_index('ix_products_network_id_state_state_at')
        batch_op.drop_index('ix_products_kind_state_state_at')
        batch_op.drop_index(batch_op.f('ix_products_decided_by_id'))
        batch_op.drop_index('ix_products_author_id_state_at')

    op.drop_table('products')
