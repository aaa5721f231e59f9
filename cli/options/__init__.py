"""Options and answers that several commands share."""
