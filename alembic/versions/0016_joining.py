"""joining: applications, agreements, invitations; who sees a network

Revision: 0016, after 0015
"""

import sqlalchemy as sa

from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

FEW = ("everyone", "members")
MANY = ("everyone", "registered", "parent", "members")


def upgrade() -> None:
    op.create_table('agreements',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('network_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('published_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('published_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['network_id'], ['networks.id'], name=op.f('fk_agreements_network_id_networks'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['published_by_id'], ['persons.id'], name=op.f('fk_agreements_published_by_id_persons'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_agreements')),
    sa.UniqueConstraint('network_id', 'version', name=op.f('uq_agreements_network_id_version'))
    )
    with op.batch_alter_table('agreements', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_agreements_published_by_id'), ['published_by_id'], unique=False)

    op.create_table('applications',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('network_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('person_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('state', sa.Enum('pending', 'approved', 'declined', 'withdrawn', 'expired', name='state', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('agreement_version', sa.Integer(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('decided_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('decided_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('reason', sa.Text(), nullable=True),
    sa.ForeignKeyConstraint(['decided_by_id'], ['persons.id'], name=op.f('fk_applications_decided_by_id_persons'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['network_id'], ['networks.id'], name=op.f('fk_applications_network_id_networks'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['person_id'], ['persons.id'], name=op.f('fk_applications_person_id_persons'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_applications'))
    )
    with op.batch_alter_table('applications', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_applications_decided_by_id'), ['decided_by_id'], unique=False)
        batch_op.create_index('ix_applications_network_id_state_id', ['network_id', 'state', 'id'], unique=False)
        batch_op.create_index('ix_applications_person_id_network_id_id', ['person_id', 'network_id', 'id'], unique=False)
        batch_op.create_index('uq_applications_pending', ['person_id', 'network_id'], unique=True, sqlite_where=sa.text("state = 'pending'"), postgresql_where=sa.text("state = 'pending'"))

    op.create_table('wrong_tokens',
    sa.Column('person_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('tries', sa.Integer(), nullable=False),
    sa.Column('since', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['persons.id'], name=op.f('fk_wrong_tokens_person_id_persons'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('person_id', name=op.f('pk_wrong_tokens'))
    )
    op.create_table('invitations',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('token', sa.String(length=64), nullable=False),
    sa.Column('target', sa.Enum('network', 'organisation', 'expert', 'coordinator', 'administrator', name='target', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('network_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('topic_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('organisation_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('most', sa.Integer(), nullable=True),
    sa.Column('used', sa.Integer(), nullable=False),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('revoked_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('created_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint("CASE target WHEN 'network' THEN network_id WHEN 'coordinator' THEN network_id WHEN 'expert' THEN topic_id WHEN 'organisation' THEN organisation_id ELSE 0 END IS NOT NULL", name=op.f('ck_invitations_leads_somewhere')),
    sa.CheckConstraint('most IS NULL OR used <= most', name=op.f('ck_invitations_used')),
    sa.ForeignKeyConstraint(['created_by_id'], ['persons.id'], name=op.f('fk_invitations_created_by_id_persons'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['network_id'], ['networks.id'], name=op.f('fk_invitations_network_id_networks'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisations.id'], name=op.f('fk_invitations_organisation_id_organisations'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['topic_id'], ['topics.id'], name=op.f('fk_invitations_topic_id_topics'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_invitations')),
    sa.UniqueConstraint('token', name=op.f('uq_invitations_token'))
    )
    with op.batch_alter_table('invitations', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_invitations_created_by_id'), ['created_by_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_invitations_network_id'), ['network_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_invitations_organisation_id'), ['organisation_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_invitations_topic_id'), ['topic_id'], unique=False)

    op.create_table('invitation_uses',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('invitation_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('person_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('used_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['invitation_id'], ['invitations.id'], name=op.f('fk_invitation_uses_invitation_id_invitations'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['person_id'], ['persons.id'], name=op.f('fk_invitation_uses_person_id_persons'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_invitation_uses')),
    sa.UniqueConstraint('invitation_id', 'person_id', name=op.f('uq_invitation_uses_invitation_id_person_id'))
    )
    with op.batch_alter_table('invitation_uses', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_invitation_uses_person_id'), ['person_id'], unique=False)

    op.create_table('opened_invitations',
    sa.Column('person_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('invitation_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('opened_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['invitation_id'], ['invitations.id'], name=op.f('fk_opened_invitations_invitation_id_invitations'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['person_id'], ['persons.id'], name=op.f('fk_opened_invitations_person_id_persons'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('person_id', 'invitation_id', name=op.f('pk_opened_invitations'))
    )
    with op.batch_alter_table('opened_invitations', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_opened_invitations_invitation_id'), ['invitation_id'], unique=False)

    op.execute(
        "INSERT INTO agreements (network_id, version, text, published_at)"
        " SELECT id, agreement_version, agreement_text, created_at FROM networks"
        " WHERE agreement_text IS NOT NULL AND agreement_version IS NOT NULL"
    )
    op.drop_column("networks", "agreement_text")
    _widen_visibility(FEW, MANY)
    op.add_column("persons", sa.Column("administrator_invited_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    op.drop_column("persons", "administrator_invited_at")
    op.execute("UPDATE networks SET visibility = 'members' WHERE visibility = 'parent'")
    op.execute("UPDATE networks SET visibility = 'everyone' WHERE visibility = 'registered'")
    _widen_visibility(MANY, FEW)
    op.add_column("networks", sa.Column("agreement_text", sa.Text(), nullable=True))
    op.execute(
        "UPDATE networks SET agreement_text = (SELECT text FROM agreements"
        " WHERE agreements.network_id = networks.id AND agreements.version = networks.agreement_version)"
    )
    for table in ("opened_invitations", "invitation_uses", "invitations", "wrong_tokens", "applications", "agreements"):
        op.drop_table(table)


def _widen_visibility(old: tuple[str, ...], new: tuple[str, ...]) -> None:
    """Let a network's visibility be one of the `new` words.

    SQLite cannot change a CHECK, and a table made anew would take with it, by its foreign keys, everything that belongs to the
    networks. What a CHECK says may be rewritten where it stands (sqlite.org/lang_altertable.html, section 7: no row is touched).
    """
    was, is_now = (f"visibility IN ({', '.join(repr(word) for word in words)})" for words in (old, new))
    if op.get_context().dialect.name != "sqlite":
        op.drop_constraint(op.f("ck_networks_visibility"), "networks", type_="check")
        op.create_check_constraint(op.f("ck_networks_visibility"), "networks", is_now)
        return
    connection = op.get_bind()
    version = connection.exec_driver_sql("PRAGMA schema_version").scalar_one()
    connection.exec_driver_sql("PRAGMA writable_schema=ON")
    connection.exec_driver_sql(
        "UPDATE sqlite_master SET sql = replace(sql, ?, ?) WHERE type = 'table' AND name = 'networks'", (was, is_now)
    )
    connection.exec_driver_sql(f"PRAGMA schema_version={version + 1}")
    connection.exec_driver_sql("PRAGMA writable_schema=RESET")
