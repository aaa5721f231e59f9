"""The look of the desk: one table of colours and sizes, and one style sheet filled from it."""
