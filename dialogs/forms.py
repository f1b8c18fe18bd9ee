"""The administrator names the forms that networks have."""

from dialogs.questions import Dialog, Text

_TITLE = Text(key="title", longest=100, shortest=3)

NEW_FORM = Dialog("form-new", (_TITLE,), summary=False, texts="form")
RENAME_FORM = Dialog("form-rename", (_TITLE,), summary=False, texts="form", titles="form-rename")
"""Its `arg` is the form's id."""
