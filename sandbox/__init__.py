"""A Telegram of our own: one in-memory world that remembers and refuses as Telegram does, with two doors.

`InProcessSession` lets an aiogram Bot live in it without a network; `sandbox.server` serves it as an HTTP Bot API with
a web chat. See README.md beside this file.
"""

from sandbox.deeds import Attachment, Impossible
from sandbox.journal import Call, Fault
from sandbox.limits import Limits
from sandbox.people import Visitor
from sandbox.records import BotAccount, Group, Person
from sandbox.session import InProcessSession
from sandbox.view import Button, MessageView
from sandbox.world import World

__all__ = [
    "Attachment",
    "BotAccount",
    "Button",
    "Call",
    "Fault",
    "Group",
    "Impossible",
    "InProcessSession",
    "Limits",
    "MessageView",
    "Person",
    "Visitor",
    "World",
]
