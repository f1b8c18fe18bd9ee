"""the house stands

Revision: 0001, the first
"""

from alembic import op
import sqlalchemy as sa


revision = '0001'
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('inbox_updates',
    sa.Column('update_id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('payload', sa.Text(), nullable=False),
    sa.Column('received_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('attempts', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('update_id', name=op.f('pk_inbox_updates'))
    )
    op.create_table('network_forms',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('title', sa.String(length=100), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_network_forms')),
    sa.UniqueConstraint('title', name=op.f('uq_network_forms_title'))
    )
    op.create_table('organisations',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('title', sa.String(length=200), nullable=False),
    sa.Column('kind', sa.Enum('school', 'kindergarten', 'extra', 'other', name='kind', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('address', sa.String(length=300), nullable=True),
    sa.Column('confirmed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_organisations')),
    sa.UniqueConstraint('title', name=op.f('uq_organisations_title'))
    )
    with op.batch_alter_table('organisations', schema=None) as batch_op:
        batch_op.create_index('ix_organisations_confirmed_at_title', ['confirmed_at', 'title'], unique=False)

    op.create_table('positions',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('title', sa.String(length=100), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_positions')),
    sa.UniqueConstraint('title', name=op.f('uq_positions_title'))
    )
    op.create_table('search_words',
    sa.Column('kind', sa.Enum('organisation', 'network', 'person', name='kind', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('word', sa.String(length=60).with_variant(sa.String(length=60, collation='C'), 'postgresql'), nullable=False),
    sa.Column('object_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.PrimaryKeyConstraint('kind', 'word', 'object_id', name=op.f('pk_search_words'))
    )
    with op.batch_alter_table('search_words', schema=None) as batch_op:
        batch_op.create_index('ix_search_words_kind_object_id', ['kind', 'object_id'], unique=False)

    op.create_table('subjects',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('title', sa.String(length=100), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_subjects')),
    sa.UniqueConstraint('title', name=op.f('uq_subjects_title'))
    )
    op.create_table('networks',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('title', sa.String(length=150), nullable=False),
    sa.Column('form_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('parent_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('goal', sa.Text(), nullable=True),
    sa.Column('description', sa.Text(), nullable=True),
    sa.Column('status', sa.Enum('formal', 'informal', name='status', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('structure', sa.Enum('linear', 'hierarchical', 'mixed', name='structure', native_enum=False, create_constraint=True, length=32), nullable=True),
    sa.Column('level', sa.Enum('municipal', 'regional', 'federal', 'mixed', name='level', native_enum=False, create_constraint=True, length=32), nullable=True),
    sa.Column('orientation', sa.Enum('information', 'social', 'innovation', name='orientation', native_enum=False, create_constraint=True, length=32), nullable=True),
    sa.Column('scope', sa.Enum('single', 'multiple', name='scope', native_enum=False, create_constraint=True, length=32), nullable=True),
    sa.Column('join_policy', sa.Enum('open', 'application', 'invitation', name='join_policy', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('visibility', sa.Enum('everyone', 'members', name='visibility', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('agreement_text', sa.Text(), nullable=True),
    sa.Column('agreement_version', sa.Integer(), nullable=True),
    sa.Column('for_young_specialists', sa.Boolean(), nullable=False),
    sa.Column('chat_url', sa.String(length=200), nullable=True),
    sa.Column('ends_on', sa.Date(), nullable=True),
    sa.Column('archived_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['form_id'], ['network_forms.id'], name=op.f('fk_networks_form_id_network_forms')),
    sa.ForeignKeyConstraint(['parent_id'], ['networks.id'], name=op.f('fk_networks_parent_id_networks')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_networks')),
    sa.UniqueConstraint('title', name=op.f('uq_networks_title'))
    )
    with op.batch_alter_table('networks', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_networks_form_id'), ['form_id'], unique=False)
        batch_op.create_index('ix_networks_parent_id_title', ['parent_id', 'title'], unique=False)

    op.create_table('persons',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('telegram_id', sa.BigInteger(), nullable=True),
    sa.Column('telegram_language', sa.String(length=16), nullable=True),
    sa.Column('language_code', sa.String(length=2), nullable=True),
    sa.Column('full_name', sa.String(length=120), nullable=True),
    sa.Column('organisation_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('position', sa.String(length=100), nullable=True),
    sa.Column('experience_years', sa.Integer(), nullable=True),
    sa.Column('time_zone', sa.String(length=64), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('registered_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('blocked_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('administrator_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint('experience_years IS NULL OR experience_years BETWEEN 0 AND 80', name=op.f('ck_persons_experience')),
    sa.ForeignKeyConstraint(['organisation_id'], ['organisations.id'], name=op.f('fk_persons_organisation_id_organisations')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_persons')),
    sa.UniqueConstraint('telegram_id', name=op.f('uq_persons_telegram_id'))
    )
    with op.batch_alter_table('persons', schema=None) as batch_op:
        batch_op.create_index('ix_persons_full_name_id', ['full_name', 'id'], unique=False)
        batch_op.create_index(batch_op.f('ix_persons_organisation_id'), ['organisation_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_persons_registered_at'), ['registered_at'], unique=False)

    op.create_table('appointments',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('person_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('network_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('role', sa.Enum('coordinator', 'moderator', 'expert', name='role', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('order_number', sa.String(length=50), nullable=True),
    sa.Column('order_on', sa.Date(), nullable=True),
    sa.Column('appointed_by_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('appointed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['appointed_by_id'], ['persons.id'], name=op.f('fk_appointments_appointed_by_id_persons'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['network_id'], ['networks.id'], name=op.f('fk_appointments_network_id_networks'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['person_id'], ['persons.id'], name=op.f('fk_appointments_person_id_persons'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_appointments'))
    )
    with op.batch_alter_table('appointments', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_appointments_appointed_by_id'), ['appointed_by_id'], unique=False)
        batch_op.create_index('ix_appointments_network_id_role', ['network_id', 'role'], unique=False)
        batch_op.create_index('uq_appointments_standing', ['person_id', 'network_id', 'role'], unique=True, sqlite_where=sa.text('ended_at IS NULL'), postgresql_where=sa.text('ended_at IS NULL'))

    op.create_table('audit',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('actor_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('deed', sa.String(length=60), nullable=False),
    sa.Column('subject', sa.String(length=40), nullable=False),
    sa.Column('subject_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('old', sa.JSON(), nullable=True),
    sa.Column('new', sa.JSON(), nullable=True),
    sa.ForeignKeyConstraint(['actor_id'], ['persons.id'], name=op.f('fk_audit_actor_id_persons'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_audit'))
    )
    with op.batch_alter_table('audit', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_audit_actor_id'), ['actor_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_audit_at'), ['at'], unique=False)
        batch_op.create_index('ix_audit_subject_subject_id', ['subject', 'subject_id'], unique=False)

    op.create_table('consents',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('person_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('version', sa.String(length=20), nullable=False),
    sa.Column('given_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('withdrawn_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['person_id'], ['persons.id'], name=op.f('fk_consents_person_id_persons'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_consents'))
    )
    with op.batch_alter_table('consents', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_consents_person_id'), ['person_id'], unique=False)

    op.create_table('dialog_states',
    sa.Column('person_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('state', sa.String(length=100), nullable=False),
    sa.Column('answers', sa.JSON(), nullable=False),
    sa.Column('update_id', sa.BigInteger(), nullable=True),
    sa.Column('paused_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('screen_message_id', sa.BigInteger(), nullable=True),
    sa.ForeignKeyConstraint(['person_id'], ['persons.id'], name=op.f('fk_dialog_states_person_id_persons'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('person_id', name=op.f('pk_dialog_states'))
    )
    op.create_table('memberships',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('network_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('person_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('state', sa.Enum('applied', 'member', 'declined', 'left', 'removed', name='state', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('state_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('reason', sa.Text(), nullable=True),
    sa.Column('agreement_version', sa.Integer(), nullable=True),
    sa.Column('agreed_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['network_id'], ['networks.id'], name=op.f('fk_memberships_network_id_networks'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['person_id'], ['persons.id'], name=op.f('fk_memberships_person_id_persons'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_memberships')),
    sa.UniqueConstraint('person_id', 'network_id', name=op.f('uq_memberships_person_id_network_id'))
    )
    with op.batch_alter_table('memberships', schema=None) as batch_op:
        batch_op.create_index('ix_memberships_network_id_state_person_id', ['network_id', 'state', 'person_id'], unique=False)

    op.create_table('network_positions',
    sa.Column('network_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('position_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.ForeignKeyConstraint(['network_id'], ['networks.id'], name=op.f('fk_network_positions_network_id_networks'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['position_id'], ['positions.id'], name=op.f('fk_network_positions_position_id_positions'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('network_id', 'position_id', name=op.f('pk_network_positions'))
    )
    with op.batch_alter_table('network_positions', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_network_positions_position_id'), ['position_id'], unique=False)

    op.create_table('network_subjects',
    sa.Column('network_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('subject_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.ForeignKeyConstraint(['network_id'], ['networks.id'], name=op.f('fk_network_subjects_network_id_networks'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['subject_id'], ['subjects.id'], name=op.f('fk_network_subjects_subject_id_subjects'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('network_id', 'subject_id', name=op.f('pk_network_subjects'))
    )
    with op.batch_alter_table('network_subjects', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_network_subjects_subject_id'), ['subject_id'], unique=False)

    op.create_table('person_subjects',
    sa.Column('person_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('subject_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['persons.id'], name=op.f('fk_person_subjects_person_id_persons'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['subject_id'], ['subjects.id'], name=op.f('fk_person_subjects_subject_id_subjects'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('person_id', 'subject_id', name=op.f('pk_person_subjects'))
    )
    with op.batch_alter_table('person_subjects', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_person_subjects_subject_id'), ['subject_id'], unique=False)



def downgrade() -> None:
    with op.batch_alter_table('person_subjects', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_person_subjects_subject_id'))

    op.drop_table('person_subjects')
    with op.batch_alter_table('network_subjects', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_network_subjects_subject_id'))

    op.drop_table('network_subjects')
    with op.batch_alter_table('network_positions', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_network_positions_position_id'))

    op.drop_table('network_positions')
    with op.batch_alter_table('memberships', schema=None) as batch_op:
        batch_op.drop_index('ix_memberships_network_id_state_person_id')

    op.drop_table('memberships')
    op.drop_table('dialog_states')
    with op.batch_alter_table('consents', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_consents_person_id'))

    op.drop_table('consents')
    with op.batch_alter_table('audit', schema=None) as batch_op:
        batch_op.drop_index('ix_audit_subject_subject_id')
        batch_op.drop_index(batch_op.f('ix_audit_at'))
        batch_op.drop_index(batch_op.f('ix_audit_actor_id'))

    op.drop_table('audit')
    with op.batch_alter_table('appointments', schema=None) as batch_op:
        batch_op.drop_index('uq_appointments_standing', sqlite_where=sa.text('ended_at IS NULL'), postgresql_where=sa.text('ended_at IS NULL'))
        batch_op.drop_index('ix_appointments_network_id_role')
        batch_op.drop_index(batch_op.f('ix_appointments_appointed_by_id'))

    op.drop_table('appointments')
    with op.batch_alter_table('persons', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_persons_registered_at'))
        batch_op.drop_index(batch_op.f('ix_persons_organisation_id'))
        batch_op.drop_index('ix_persons_full_name_id')

    op.drop_table('persons')
    with op.batch_alter_table('networks', schema=None) as batch_op:
        batch_op.drop_index('ix_networks_parent_id_title')
        batch_op.drop_index(batch_op.f('ix_networks_form_id'))

    op.drop_table('networks')
    op.drop_table('subjects')
    with op.batch_alter_table('search_words', schema=None) as batch_op:
        batch_op.drop_index('ix_search_words_kind_object_id')

    op.drop_table('search_words')
    op.drop_table('positions')
    with op.batch_alter_table('organisations', schema=None) as batch_op:
        batch_op.drop_index('ix_organisations_confirmed_at_title')

    op.drop_table('organisations')
    op.drop_table('network_forms')
    op.drop_table('inbox_updates')
