"""The description of the interception form, for the form engine."""

from __future__ import annotations

from domain.fields import FIELDS
from gui.capture.asked import asked
from gui.capture.proposals import proposals
from gui.capture.sections import SECTIONS
from gui.form.layout import FormDescription

INTERCEPTION_FORM = FormDescription(
    FIELDS,
    SECTIONS,
    asked,
    proposals,
    decides=frozenset({"consignment.mode", "goods.category"}),
    follows_at_once=frozenset({"category"}),
    kept_as_seen="consignment.as_seen_on_label",
    not_copied=frozenset({"bag_no"}),
    beside=frozenset({"photos"}),
)
