"""Everything that is stored about a person (152-ФЗ, art. 14), section by section, as JSON could keep it.

Each section is rows of one table that belong to the person by some of its columns. A rule of the tests compares the columns of all
tables that lead to `persons` with those named here.
"""

from __future__ import annotations

import enum
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import ColumnElement, Select, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute
from sqlalchemy.sql.base import ColumnCollection

from models import (
    Announcement,
    AnnouncementFile,
    Appointment,
    Audit,
    Consent,
    Consultation,
    ConsultationFile,
    ConsultationMessage,
    DialogState,
    Event,
    HeldUpdate,
    Membership,
    Network,
    Notification,
    Organisation,
    Person,
    PersonSubject,
    Product,
    ProductFile,
    ProductRemark,
    ProductVersion,
    Registration,
    Saying,
    StoredFile,
    Subject,
    Topic,
    TopicExpert,
)

Column = InstrumentedAttribute[Any]
Joins = tuple[tuple[type[Any], ColumnElement[bool]], ...]


@dataclass(frozen=True, slots=True)
class Field:
    """What of a row is told, under which name."""

    name: str
    column: Column


@dataclass(frozen=True, slots=True)
class Section:
    """The rows of `table` that belong to a person by one of the columns `by`, in the order of their `key_columns`."""

    key: str
    table: type[Any]
    by: tuple[Column, ...]
    fields: tuple[Field, ...]
    joins: Joins = ()

    def rows_of(self, person_id: int) -> Select[Any]:
        """The query of the section."""
        query = select(*(field.column.label(field.name) for field in self.fields)).select_from(self.table)
        for table, condition in self.joins:
            query = query.outerjoin(table, condition)
        keys: ColumnCollection[str, Any] = self.table.__table__.primary_key.columns
        return query.where(or_(*(column == person_id for column in self.by))).order_by(*keys)


def _section(key: str, table: type[Any], by: Column | tuple[Column, ...], joins: Joins = (), **fields: Any) -> Section:
    columns = by if isinstance(by, tuple) else (by,)
    return Section(key, table, columns, tuple(Field(name, column) for name, column in fields.items()), joins)


_TO_MESSAGE: Joins = (
    (ConsultationMessage, ConsultationMessage.id == ConsultationFile.message_id),
    (StoredFile, StoredFile.id == ConsultationFile.file_id),
)
_TO_WORK: Joins = (
    (ProductVersion, ProductVersion.id == ProductFile.version_id),
    (Product, Product.id == ProductVersion.product_id),
    (StoredFile, StoredFile.id == ProductFile.file_id),
)
_TO_ANNOUNCEMENT: Joins = (
    (Announcement, Announcement.id == AnnouncementFile.announcement_id),
    (StoredFile, StoredFile.id == AnnouncementFile.file_id),
)

SECTIONS: tuple[Section, ...] = (
    _section(
        "person",
        Person,
        Person.id,
        ((Organisation, Organisation.id == Person.organisation_id),),
        full_name=Person.full_name,
        organisation=Organisation.title,
        position=Person.position,
        experience_years=Person.experience_years,
        telegram_id=Person.telegram_id,
        telegram_language=Person.telegram_language,
        language_code=Person.language_code,
        time_zone=Person.time_zone,
        quiet_from=Person.quiet_from,
        quiet_until=Person.quiet_until,
        muted=Person.muted,
        consent_version=Person.consent_version,
        created_at=Person.created_at,
        registered_at=Person.registered_at,
        blocked_at=Person.blocked_at,
        administrator_at=Person.administrator_at,
    ),
    _section(
        "subjects",
        PersonSubject,
        PersonSubject.person_id,
        ((Subject, Subject.id == PersonSubject.subject_id),),
        title=Subject.title,
    ),
    _section(
        "consents",
        Consent,
        Consent.person_id,
        version=Consent.version,
        given_at=Consent.given_at,
        withdrawn_at=Consent.withdrawn_at,
    ),
    _section(
        "memberships",
        Membership,
        Membership.person_id,
        ((Network, Network.id == Membership.network_id),),
        network=Network.title,
        state=Membership.state,
        state_at=Membership.state_at,
        reason=Membership.reason,
        agreement_version=Membership.agreement_version,
        agreed_at=Membership.agreed_at,
    ),
    _section(
        "appointments",
        Appointment,
        Appointment.person_id,
        ((Network, Network.id == Appointment.network_id),),
        network=Network.title,
        role=Appointment.role,
        order_number=Appointment.order_number,
        order_on=Appointment.order_on,
        appointed_at=Appointment.appointed_at,
        ended_at=Appointment.ended_at,
    ),
    _section(
        "expert-topics",
        TopicExpert,
        TopicExpert.person_id,
        ((Topic, Topic.id == TopicExpert.topic_id),),
        topic=Topic.title,
        appointed_at=TopicExpert.appointed_at,
        ended_at=TopicExpert.ended_at,
    ),
    _section(
        "registrations",
        Registration,
        Registration.person_id,
        ((Event, Event.id == Registration.event_id),),
        title=Event.title,
        starts_at=Event.starts_at,
        state=Registration.state,
        state_at=Registration.state_at,
        created_at=Registration.created_at,
    ),
    _section(
        "consultations",
        Consultation,
        (Consultation.asker_id, Consultation.expert_id),
        ((Topic, Topic.id == Consultation.topic_id),),
        number=Consultation.id,
        topic=Topic.title,
        state=Consultation.state,
        created_at=Consultation.created_at,
        taken_at=Consultation.taken_at,
        closed_at=Consultation.closed_at,
        rating=Consultation.rating,
        rated_at=Consultation.rated_at,
    ),
    _section(
        "messages",
        ConsultationMessage,
        ConsultationMessage.author_id,
        number=ConsultationMessage.consultation_id,
        said_at=ConsultationMessage.said_at,
        texts=ConsultationMessage.texts,
    ),
    _section(
        "message-files",
        ConsultationFile,
        ConsultationMessage.author_id,
        _TO_MESSAGE,
        number=ConsultationMessage.consultation_id,
        file=StoredFile.name,
        kind=StoredFile.kind,
        size=StoredFile.size,
    ),
    _section(
        "works",
        Product,
        Product.author_id,
        (
            (Network, Network.id == Product.network_id),
            (Organisation, Organisation.id == Product.organisation_id),
        ),
        title=Product.title,
        kind=Product.kind,
        annotation=Product.annotation,
        network=Network.title,
        organisation=Organisation.title,
        version=Product.version,
        state=Product.state,
        state_at=Product.state_at,
        created_at=Product.created_at,
    ),
    _section(
        "work-versions",
        ProductVersion,
        Product.author_id,
        ((Product, Product.id == ProductVersion.product_id),),
        title=ProductVersion.title,
        kind=ProductVersion.kind,
        annotation=ProductVersion.annotation,
        version=ProductVersion.number,
        submitted_at=ProductVersion.submitted_at,
    ),
    _section(
        "work-files",
        ProductFile,
        Product.author_id,
        _TO_WORK,
        title=ProductVersion.title,
        version=ProductVersion.number,
        file=StoredFile.name,
        kind=StoredFile.kind,
        size=StoredFile.size,
    ),
    _section(
        "remarks",
        ProductRemark,
        ProductRemark.author_id,
        (
            (ProductVersion, ProductVersion.id == ProductRemark.version_id),
            (Product, Product.id == ProductVersion.product_id),
        ),
        title=Product.title,
        text=ProductRemark.text,
        created_at=ProductRemark.created_at,
    ),
    _section(
        "events",
        Event,
        Event.created_by_id,
        ((Network, Network.id == Event.network_id),),
        title=Event.title,
        network=Network.title,
        starts_at=Event.starts_at,
        place=Event.place,
        annotation=Event.annotation,
        reason=Event.cancel_reason,
        created_at=Event.created_at,
    ),
    _section(
        "announcements",
        Announcement,
        Announcement.author_id,
        ((Network, Network.id == Announcement.network_id),),
        network=Network.title,
        texts=Announcement.texts,
        created_at=Announcement.created_at,
    ),
    _section(
        "announcement-files",
        AnnouncementFile,
        Announcement.author_id,
        _TO_ANNOUNCEMENT,
        file=StoredFile.name,
        kind=StoredFile.kind,
        size=StoredFile.size,
    ),
    _section(
        "dialog",
        DialogState,
        DialogState.person_id,
        state=DialogState.state,
        answers=DialogState.answers,
        updated_at=DialogState.updated_at,
    ),
    _section("saying", Saying, Saying.person_id, answers=Saying.pieces, said_at=Saying.said_at),
    _section("held", HeldUpdate, HeldUpdate.person_id, at=HeldUpdate.held_at, answers=HeldUpdate.payload),
    _section(
        "notifications",
        Notification,
        Notification.person_id,
        kind=Notification.kind,
        due_at=Notification.due_at,
        state=Notification.state,
        settled_at=Notification.settled_at,
    ),
    _section(
        "journal",
        Audit,
        Audit.actor_id,
        at=Audit.at,
        deed=Audit.deed,
        subject=Audit.subject,
        number=Audit.subject_id,
        old=Audit.old,
        new=Audit.new,
    ),
)
"""What a person gets, in this order."""

LEFT_OUT = {
    "consultations.assigned_by_id": "what the person did as a coordinator stands in the journal",
    "consultations.closed_by_id": "the same",
    "products.decided_by_id": "the same",
    "appointments.appointed_by_id": "the same",
    "topic_experts.appointed_by_id": "the same",
    "leftovers.person_id": "whoever has a row there is deleted",
}
"""The columns that lead to a person and are no section's, and why."""

OWN_LEFT_OUT = {
    "id": "a number of ours, by which nobody knows the person",
    "organisation_id": "the title of the organisation is told",
    "command_menu": "which commands Telegram shows follows from the roles",
    "deleted_at": "whoever asks is not deleted",
}
"""The columns of `persons` that are not told, and why."""

Data = Mapping[str, Sequence[Mapping[str, Any]]]
"""Section's key → its rows, each by the names of its fields."""


async def collect(session: AsyncSession, actor: Person) -> Data:
    """Everything stored about the actor, by section; empty sections are there too."""
    data: dict[str, list[dict[str, Any]]] = {}
    for section in SECTIONS:
        rows = (await session.execute(section.rows_of(actor.id))).mappings()
        data[section.key] = [{name: _plain(value) for name, value in row.items()} for row in rows]
    return data


def _plain(value: Any) -> Any:
    """A value as JSON has it: moments in UTC, the words of enums."""
    if isinstance(value, enum.Enum):
        return value.value
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    return value
