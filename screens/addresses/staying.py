"""Buttons by what becomes of the screen around them: an open dialog is left, or not, by this."""

from __future__ import annotations

from aiogram.filters.callback_data import CallbackData

from screens.addresses.announced import Acknowledge, PauseAnnouncement, ReadAnnouncement, ResumeAnnouncement, SendTable
from screens.addresses.announcements import (
    OpenAnnouncement,
    OpenEventBelow,
    OpenMenuBelow,
    OpenNetworkBelow,
    OpenProductBelow,
    ShowAnnouncement,
)
from screens.addresses.consultations import CloseConsultation, RateConsultation, SendFiles
from screens.addresses.events import SendEventFile, SignUpForEvent
from screens.addresses.invitations import SendInvitationPicture
from screens.addresses.joining import ApproveApplication
from screens.addresses.organisations import ConfirmOrganisation
from screens.addresses.products import PublishProduct, SendProductFiles
from screens.addresses.registry import SendMembers, SendRegistry, SendRegistryTemplate, SettleDoubt
from screens.addresses.settings import SendMyData

STAYING_ADDRESSES: tuple[type[CallbackData], ...] = (
    SignUpForEvent,
    SendEventFile,
    SendFiles,
    SendProductFiles,
    SendMyData,
    PublishProduct,
    CloseConsultation,
    RateConsultation,
    ConfirmOrganisation,
    SettleDoubt,
    SendMembers,
    SendRegistry,
    SendRegistryTemplate,
    ApproveApplication,
    SendInvitationPicture,
    OpenAnnouncement,
    ShowAnnouncement,
    PauseAnnouncement,
    ResumeAnnouncement,
    SendTable,
    Acknowledge,
    ReadAnnouncement,
)
"""Deeds of screens that come unprompted or stay as they are: a seat taken, a mark given, a report refreshed, files sent below.

Nobody goes elsewhere by them: whoever opened the screen around them has left the dialog by that. «Взять» is none of them: it asks
for the answer to what was taken, and what is typed next may well be it.
"""

BELOW_ADDRESSES: tuple[type[CallbackData], ...] = (
    OpenMenuBelow,
    OpenNetworkBelow,
    OpenEventBelow,
    OpenProductBelow,
)
"""Buttons that show another screen as a new message, below everything."""
