"""The form engine: entries, cards, notes below fields, and the document with undo."""
