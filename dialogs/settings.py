"""What a person sets for themselves by typing: their time zone and their own quiet hours."""

from dialogs.questions import Dialog, Number, Pick

ZONE = Dialog("zone", (Pick(key="zone", source="time-zones"),), summary=False)

QUIET_HOURS = Dialog(
    "quiet",
    (
        Number(key="from", lowest=0, highest=23, suggestions=(19, 20, 21, 22, 23, 0)),
        Number(key="until", lowest=0, highest=23, suggestions=(5, 6, 7, 8, 9, 10)),
    ),
    summary=False,
)
