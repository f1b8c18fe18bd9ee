"""Organisations come into networks, and act through the people who head them."""

from dialogs.links import read_link
from dialogs.questions import Dialog, Pick, Pieces, Text, WrongAnswer

MOST_SCANS = 10
"""Pages of one paper: one album."""


def read_email(typed: str) -> str:
    """An address of electronic mail, as far as its form tells. Raises WrongAnswer."""
    address = typed.strip()
    name, at, host = address.rpartition("@")
    if not (name and at and "." in host.strip(".")) or any(sign.isspace() for sign in address):
        raise WrongAnswer("org-card-wrong-email", example="school4@example.org")
    return address


def read_phones(typed: str) -> str:
    """One or several numbers as people write them, «8 (902) 12-34-56, доб. 7». Raises WrongAnswer where there are too few digits."""
    if sum(sign.isdigit() for sign in typed) < 5:
        raise WrongAnswer("org-card-wrong-phone", example="8 (3537) 61-20-30")
    return " ".join(typed.split())


PARTICIPATION = Dialog("part", (Pick(key="organisation", source="organisations", search_only=True),), summary=False)

ORGANISATION_AGREEMENT = Dialog("org-agree", (Pieces(key="scan", most=MOST_SCANS, files_needed=True),))

REPRESENTATIVE = Dialog("part-rep", (Pick(key="person", source="persons", search_only=True),), summary=False)

HEAD = Dialog("org-head", (Pick(key="person", source="persons", search_only=True),), summary=False)

ORGANISATION_CARD = Dialog(
    "org-card",
    (
        Text(key="address", longest=300, shortest=3, optional=True),
        Text(key="phone", longest=60, shortest=5, optional=True, read=read_phones),
        Text(key="email", longest=100, shortest=5, optional=True, read=read_email),
        Text(key="site", longest=200, shortest=4, optional=True, read=read_link),
    ),
)

PARTICIPATION_DIALOGS = (PARTICIPATION, ORGANISATION_AGREEMENT, REPRESENTATIVE, HEAD, ORGANISATION_CARD)
