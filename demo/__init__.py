"""The invented city: 28 organisations, 863 people, 25 associations, the same every time (seed 004, Novotroitsk)."""

from demo.accounts import ADMINISTRATOR_ID, NEWCOMER_ID, Account, accounts
from demo.city import City, CityNotEmpty, WordMissing, build

__all__ = [
    "ADMINISTRATOR_ID",
    "NEWCOMER_ID",
    "Account",
    "City",
    "CityNotEmpty",
    "WordMissing",
    "accounts",
    "build",
]
