"""Options of fields that depend on other values: of the same item, of the goods, of the mode."""

from __future__ import annotations

from domain.document import DocumentPart, texts_at
from gui.form.entries import Entries
from gui.form.layout import FormDescription
from gui.form.section import SectionCard


def offer_options(
    card: SectionCard,
    item: DocumentPart,
    entries: Entries,
    form: FormDescription,
    document: DocumentPart,
) -> None:
    """Offer what fits the values of `item`, which the card shows, and of the whole document."""
    for path, options_of in (card.section.offers or {}).items():
        box = card.box(card.prefix + path)
        offer = getattr(box.entry, "offer", None) if box else None
        if offer is not None:
            offer(options_of(entries.choices, item))
    if not entries.checklist.fitting.lists:
        return
    # Of lists with codes that are not for all goods or modes, offer what fits.
    line = item if card.section.repeats else None
    for path, box in card.shown().items():
        below = path.removeprefix(card.prefix)
        name = form.fields[card.section.below + below].list_name
        fits = entries.fitting(name, document, line, texts_at(item, below))
        offer = getattr(box.entry, "offer", None)
        if fits is not None and offer is not None:
            offer(fits)
