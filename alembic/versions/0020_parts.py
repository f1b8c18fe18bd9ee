"""parts: organisations in networks and their heads, contacts of organisations, phones of people

Revision: 0020, after 0016
"""

import sqlalchemy as sa

from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

CONTACTS = (("phone", 60), ("email", 100), ("site", 200))


def _id() -> sa.types.TypeEngine:
    return sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table('heads',
    sa.Column('id', _id(), nullable=False),
    sa.Column('organisation_id', _id(), nullable=False),
    sa.Column('person_id', _id(), nullable=False),
    sa.Column('appointed_by_id', _id(), nullable=True),
    sa.Column('appointed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['appointed_by_id'], ['persons.id'], name=op.f('fk_heads_appointed_by_id_persons'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisations.id'], name=op.f('fk_heads_organisation_id_organisations'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['person_id'], ['persons.id'], name=op.f('fk_heads_person_id_persons'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_heads'))
    )
    op.create_index(op.f('ix_heads_appointed_by_id'), 'heads', ['appointed_by_id'])
    op.create_index('ix_heads_organisation_id', 'heads', ['organisation_id'])
    op.create_index(op.f('ix_heads_person_id'), 'heads', ['person_id'])
    op.create_index('uq_heads_standing', 'heads', ['organisation_id'], unique=True, sqlite_where=sa.text('ended_at IS NULL'), postgresql_where=sa.text('ended_at IS NULL'))

    op.create_table('participations',
    sa.Column('id', _id(), nullable=False),
    sa.Column('organisation_id', _id(), nullable=False),
    sa.Column('network_id', _id(), nullable=False),
    sa.Column('role', sa.Enum('participant', 'partner', 'coordinator', name='role', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('agreement_version', sa.Integer(), nullable=True),
    sa.Column('agreed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('agreed_by_id', _id(), nullable=True),
    sa.Column('began_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['agreed_by_id'], ['persons.id'], name=op.f('fk_participations_agreed_by_id_persons'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['network_id'], ['networks.id'], name=op.f('fk_participations_network_id_networks'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisations.id'], name=op.f('fk_participations_organisation_id_organisations')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_participations')),
    sa.UniqueConstraint('organisation_id', 'network_id', name=op.f('uq_participations_organisation_id_network_id'))
    )
    op.create_index(op.f('ix_participations_agreed_by_id'), 'participations', ['agreed_by_id'])
    op.create_index(op.f('ix_participations_network_id'), 'participations', ['network_id'])

    op.create_table('participation_scans',
    sa.Column('participation_id', _id(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('file_id', _id(), nullable=False),
    sa.ForeignKeyConstraint(['file_id'], ['files.id'], name=op.f('fk_participation_scans_file_id_files')),
    sa.ForeignKeyConstraint(['participation_id'], ['participations.id'], name=op.f('fk_participation_scans_participation_id_participations'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('participation_id', 'version', 'position', name=op.f('pk_participation_scans'))
    )
    op.create_index(op.f('ix_participation_scans_file_id'), 'participation_scans', ['file_id'])

    op.create_table('representatives',
    sa.Column('appointment_id', _id(), nullable=False),
    sa.Column('participation_id', _id(), nullable=False),
    sa.ForeignKeyConstraint(['appointment_id'], ['appointments.id'], name=op.f('fk_representatives_appointment_id_appointments'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['participation_id'], ['participations.id'], name=op.f('fk_representatives_participation_id_participations'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('appointment_id', name=op.f('pk_representatives'))
    )
    op.create_index(op.f('ix_representatives_participation_id'), 'representatives', ['participation_id'])

    for name, longest in CONTACTS:
        op.add_column("organisations", sa.Column(name, sa.String(length=longest), nullable=True))
    op.add_column("persons", sa.Column("phone", sa.String(length=20), nullable=True))


def downgrade() -> None:
    op.drop_column("persons", "phone")
    for name, _ in reversed(CONTACTS):
        op.drop_column("organisations", name)
    for table in ("representatives", "participation_scans", "participations", "heads"):
        op.drop_table(table)
