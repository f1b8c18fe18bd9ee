"""«Найти»: one of a long list is found by typing, and opened."""

from dialogs.questions import Dialog, Pick


def _finds(what: str, question: Pick) -> Dialog:
    return Dialog(f"find-{what}", (question,), summary=False, texts="find", titles="find")


FIND_MEMBER = _finds("member", Pick(key="member", source="members", search_only=True))
FIND_APPLICANT = _finds("applicant", Pick(key="applicant", source="applicants", search_only=True))
FIND_READER = _finds("reader", Pick(key="reader", source="readers", search_only=True))
FIND_NETWORK = _finds("network", Pick(key="network", source="coordinated-networks", search_only=True))
"""`arg` is the network whose members or applicants, the announcement whose readers are looked through."""
