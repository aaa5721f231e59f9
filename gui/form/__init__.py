"""The form engine: entries, cards, notes below fields, the sheet that is written on."""
