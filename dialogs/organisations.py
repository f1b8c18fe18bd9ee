"""An administrator adds an organisation to the registry."""

from dialogs.questions import Choice, Dialog, Text
from models import OrganisationKind

ORGANISATION = Dialog(
    "organisation",
    (
        Text(key="title", longest=200, shortest=3),
        Choice(key="kind", options=tuple(kind.value for kind in OrganisationKind)),
        Text(key="address", longest=300, optional=True),
    ),
)
