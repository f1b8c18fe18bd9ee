"""The registration form and, question by question, the changes of a profile."""

from __future__ import annotations

import re

from dialogs.questions import Answers, Choices, Dialog, Number, Pick, Text, WrongAnswer

_NAME_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*\.?")


def read_full_name(typed: str) -> str:
    """Give the name in tidy form: «иванова  анна» → «Иванова Анна». Refuses fewer than 2 or more than 4 words, digits, signs."""
    words = typed.split()
    if any(not _NAME_WORD.fullmatch(word) for word in words):
        raise WrongAnswer("registration-name-wrong-letters")
    if not 2 <= len(words) <= 4:
        raise WrongAnswer("registration-name-wrong-words", count=len(words))
    return " ".join(_capital(word) for word in words)


def _capital(word: str) -> str:
    """Mend only what is typed all in one case: «иванова», «ИВАНОВА»; leave «оглы» and «МакКензи» as people write them."""
    if word.islower() or (word.isupper() and len(word) > 2):
        return "-".join(part[:1].upper() + part[1:].lower() for part in word.split("-"))
    return word


def organisation_is_absent(answers: Answers) -> bool:
    """Whether «моей нет» was tapped, so that the title of a new organisation is asked."""
    return bool(answers.get("organisation")) and answers["organisation"]["id"] == 0


NAME = Text(key="name", longest=120, shortest=3, read=read_full_name)
ORGANISATION = Pick(key="organisation", source="organisations", absent=True, search_only=True)
ORGANISATION_TITLE = Text(key="organisation-title", longest=200, shortest=3, when=organisation_is_absent)
POSITION = Pick(key="position", source="positions", typed=True)
SUBJECTS = Choices(key="subjects", source="subjects")
EXPERIENCE = Number(key="experience", lowest=0, highest=70, suggestions=(0, 1, 2, 3, 5, 10, 15, 20))

REGISTRATION = Dialog("registration", (NAME, ORGANISATION, ORGANISATION_TITLE, POSITION, SUBJECTS, EXPERIENCE))

PROFILE_EDITS = tuple(
    Dialog(f"edit-{questions[0].key}", questions, summary=False, texts="registration", titles="profile-edit")
    for questions in ((NAME,), (ORGANISATION, ORGANISATION_TITLE), (POSITION,), (SUBJECTS,), (EXPERIENCE,))
)
