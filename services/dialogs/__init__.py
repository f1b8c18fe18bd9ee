"""The engine of dialogs: one row a person, one write of it a step.

A step is served once: the row keeps the update that made it, so the same update after a crash only shows where the dialog stands.
Finishing deletes the row in the transaction of the act itself, so a second tap finds nothing to finish.
"""

from services.dialogs.ends import cancel, finish, pause, remember_screen, waiting, waiting_question
from services.dialogs.place import Step, Unfinished, Waiting
from services.dialogs.steps import (
    SILENCE,
    answer_said,
    answer_tapped,
    answer_typed,
    back,
    begin,
    correct,
    done,
    resume,
    skip,
    turn_page,
)

__all__ = [
    "SILENCE",
    "Step",
    "Unfinished",
    "Waiting",
    "answer_said",
    "answer_tapped",
    "answer_typed",
    "back",
    "begin",
    "cancel",
    "correct",
    "done",
    "finish",
    "pause",
    "remember_screen",
    "resume",
    "skip",
    "turn_page",
    "waiting",
    "waiting_question",
]
