"""Why the bot could not start."""


class StartError(Exception):
    """The bot cannot start; the message is one clear sentence for the operator."""
