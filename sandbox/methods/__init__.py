"""The methods of the Bot API which the sandbox serves, a module per family; importing this package registers them all."""

from sandbox.methods import chats, commands, copying, editing, inline, media, messages, updates
from sandbox.methods.registry import HANDLERS, Context

__all__ = ["HANDLERS", "Context", "chats", "commands", "copying", "editing", "inline", "media", "messages", "updates"]
