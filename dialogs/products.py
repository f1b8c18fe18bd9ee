"""A work is handed in, corrected, returned."""

from dialogs.questions import Choice, Dialog, Pick, Pieces, Text
from models import ProductKind

MOST_FILES = 10

_WORK = (
    Choice(key="kind", options=tuple(kind.value for kind in ProductKind)),
    Text(key="title", longest=150, shortest=3),
    Text(key="annotation", longest=1000, shortest=10),
    Pieces(key="files", most=MOST_FILES, files_needed=True),
    Pick(key="network", source="own-networks"),
)

HAND_IN = Dialog("product", _WORK)
HAND_IN_AGAIN = Dialog("product-fix", _WORK, texts="product", titles="product-fix")
SEND_BACK = Dialog("product-return", (Text(key="remark", longest=2000, shortest=5),))
