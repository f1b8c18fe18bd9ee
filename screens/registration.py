"""The first screens: consent, its full text, refusal and withdrawal; and the own profile."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from dialogs import REGISTRATION, Dialog
from dialogs.questions import Said
from models import Network, NetworkView, Person
from screens.addresses import (
    AskPhone,
    AskWithdrawConsent,
    BeginDialog,
    ChooseLanguage,
    ForgetPhone,
    GiveConsent,
    ListNetworks,
    OpenConsentText,
    OpenNetwork,
    OpenNetworks,
    OpenOrganisation,
    OpenPersonalData,
    OpenWelcome,
    RefuseConsent,
    WithdrawConsent,
)
from screens.l10n import LANGUAGES, L10n
from screens.menu import continue_button, given_name, resume_button
from screens.navigation import ways
from screens.screen import Button, Screen, column, grid, shorten

if TYPE_CHECKING:
    from services.dialogs import Waiting
    from services.persons import Profile


def welcome(t: L10n) -> Screen:
    """Who I am and what I ask: consent to the processing of personal data (152-ФЗ)."""
    other = next(code for code in LANGUAGES if code != t.language)
    rows = column(
        [
            Button(t.plain("consent-give"), GiveConsent()),
            Button(t.plain("consent-read"), OpenConsentText()),
            Button(t.plain("consent-refuse"), RefuseConsent()),
            Button(t.plain(f"language-{other}"), ChooseLanguage(code=other, welcome=True)),
        ]
    )
    return Screen(t("welcome-text"), rows)


def consent_again(t: L10n) -> Screen:
    """The text of the consent has changed: a registered person is asked again."""
    rows = column(
        [
            Button(t.plain("consent-give"), GiveConsent()),
            Button(t.plain("consent-read"), OpenConsentText()),
            Button(t.plain("consent-disagree"), AskWithdrawConsent()),
        ]
    )
    return Screen(t("consent-again"), rows)


def consented_again(t: L10n) -> Screen:
    """Thanks, and what was begun goes on below."""
    return Screen(t("consent-again-done"), (ways(t),))


def consent_text(t: L10n, *, version: str, is_given: bool, again: bool = False) -> Screen:
    """The full text of the consent. `again`: whoever is asked is registered by a former text, and refuses by withdrawing that."""
    if is_given:
        return Screen(t("consent-full", version=version), (ways(t, OpenPersonalData()),))
    rows = column(
        [
            Button(t.plain("consent-give"), GiveConsent()),
            Button(t.plain("consent-disagree"), AskWithdrawConsent())
            if again
            else Button(t.plain("consent-refuse"), RefuseConsent()),
            Button(t.plain("nav-back"), OpenWelcome()),
        ]
    )
    return Screen(t("consent-full", version=version), rows)


def refused(t: L10n) -> Screen:
    """Nothing is kept, and the way back stays open."""
    rows = column([Button(t.plain("consent-think-again"), OpenWelcome())])
    return Screen(t("consent-refused"), rows)


def unfinished_form(t: L10n, waiting: Dialog | None) -> Screen:
    """Consent is given, the form is not finished: go on with it, or begin it."""
    if waiting is not None:
        return Screen(t("registration-continue"), ((resume_button(t, waiting),),))
    begin = Button(t.plain("registration-begin"), BeginDialog(dialog=REGISTRATION.name))
    return Screen(t("registration-needed"), ((begin,),))


def typed_meanwhile(t: L10n, waiting: Waiting, said: Said) -> Screen:
    """The form is not finished, and what was typed may be the answer that it waits for."""
    return Screen(t("registration-not-taken"), ((continue_button(t, waiting, said),),))


def registered(t: L10n, person: Person, school: Network | None) -> Screen:
    """Welcome to the network; `school` is the School of the Young Teacher, offered to a young specialist."""
    text = t("registration-done", name=given_name(person))
    buttons = [
        Button(t.plain("registration-to-networks"), ListNetworks(view=NetworkView.FOR_ME.value)),
        Button(t.plain("free-text-all-networks"), OpenNetworks()),
    ]
    if school is not None:
        text += "\n\n" + t("registration-young", title=school.title)
        buttons.insert(0, Button(shorten(f"🌱 {school.title}"), OpenNetwork(network_id=school.id)))
    return Screen(text, (*column(buttons), ways(t)))


def ask_withdraw(t: L10n) -> Screen:
    """Sure to withdraw the consent?"""
    rows = column(
        [Button(t.plain("withdraw-yes"), WithdrawConsent()), Button(t.plain("withdraw-no"), OpenPersonalData())]
    )
    return Screen(t("withdraw-ask"), (*rows, ways(t)))


def withdrawn(t: L10n) -> Screen:
    """The form is deleted."""
    return Screen(t("withdraw-done"), ((Button(t.plain("consent-think-again"), OpenWelcome()),),))


def profile(t: L10n, profile: Profile) -> Screen:
    """The own profile; each field can be changed."""
    person = profile.person
    organisation = profile.organisation
    text = t(
        "profile-text",
        name=person.full_name or "",
        organisation=organisation.title if organisation else t.plain("profile-unknown"),
        position=person.position or t.plain("profile-unknown"),
        subjects=", ".join(subject.title for subject in profile.subjects) or t.plain("profile-unknown"),
        experience=t.plain("experience-years", count=person.experience_years or 0),
        networks=profile.networks_count,
    )
    if organisation is not None and organisation.confirmed_at is None:
        text += "\n\n" + t("profile-organisation-waits")
    fields = ("name", "organisation", "position", "subjects", "experience")
    buttons = [Button(t.plain(f"profile-edit-{field}"), BeginDialog(dialog=f"edit-{field}")) for field in fields]
    if person.phone is None:
        buttons.append(Button(t.plain("profile-share-phone"), AskPhone()))
    else:
        text += "\n\n" + t("profile-phone", phone=person.phone)
        buttons.append(Button(t.plain("profile-forget-phone"), ForgetPhone()))
    rows = grid(buttons, 2)
    if organisation is not None:
        rows = (*rows, (Button(t.plain("org-card-my"), OpenOrganisation(organisation_id=organisation.id)),))
    return Screen(text, (*rows, ways(t)))


def profile_changed(t: L10n, changed: Profile) -> Screen:
    """The profile after a change."""
    return replace(profile(t, changed), toast=t.plain("profile-changed"))
