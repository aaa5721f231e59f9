"""The form of an interception, as the form engine takes it."""

from __future__ import annotations

from gui.capture.asked import asked, label_of
from gui.capture.proposals import proposals
from gui.capture.sections import SECTIONS
from gui.form.layout import FormDescription

INTERCEPTION_FORM = FormDescription(
    SECTIONS,
    asked,
    proposals,
    label_of,
    follows_at_once=frozenset({"category"}),
    kept_as_seen="consignment.as_seen_on_label",
    not_copied=frozenset({"bag_no"}),
    beside=frozenset({"photos"}),
)
