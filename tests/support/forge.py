"""Done once in the fork server, so that no forged process has to: the slow imports, the reading of all texts."""

import aiosqlite  # noqa: F401  # with the next three: imported on first use only
import alembic.command  # noqa: F401
import uvloop  # noqa: F401
from alembic.runtime import migration  # noqa: F401

import bot.serve
import sandbox.__main__  # noqa: F401
from screens.l10n import LANGUAGES, L10n

for language in LANGUAGES:
    L10n(language)
