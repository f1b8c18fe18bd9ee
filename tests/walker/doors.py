"""Who draws what comes of a dialog, and what is told."""

TOLD = "told"
"""What a notification is drawn by."""

DIALOGS_DOOR = "handlers.dialogs"
"""All dialogs go through this one door: which of its handlers drew a question makes no difference to the screen."""
