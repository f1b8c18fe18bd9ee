"""All dialogs go through here: a feature only says how its dialog begins, what is done at its end and what is shown then."""

from handlers.dialogs import answering, opening, pressing
from handlers.dialogs.conversations import CONVERSATIONS, Conversation, converse
from handlers.dialogs.opening import begin
from handlers.dialogs.routing import router

__all__ = ["CONVERSATIONS", "Conversation", "answering", "begin", "converse", "opening", "pressing", "router"]
