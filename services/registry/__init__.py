"""The centre's lists of people and organisations: read from files, taken, recognised, looked through."""

from services.registry.checking import Checked, OrganisationLine, PersonLine, WrongRow
from services.registry.exporting import Contents, Numbers, contents, members, numbers
from services.registry.importing import Counts, Outcome
from services.registry.reading import MOST_BYTES, Cell, NoValue
from services.registry.recognising import (
    Doubt,
    decide,
    doubt,
    doubts,
    forget_decision,
    recognise,
    recognise_all,
    settle,
    untie,
)
from services.registry.whole import examine, foresee, take

__all__ = [
    "MOST_BYTES",
    "Cell",
    "Checked",
    "Contents",
    "Counts",
    "Doubt",
    "NoValue",
    "Numbers",
    "OrganisationLine",
    "Outcome",
    "PersonLine",
    "WrongRow",
    "contents",
    "decide",
    "doubt",
    "doubts",
    "examine",
    "foresee",
    "forget_decision",
    "members",
    "numbers",
    "recognise",
    "recognise_all",
    "settle",
    "take",
    "untie",
]
