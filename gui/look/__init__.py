"""How the desk looks: one table of tokens, one style sheet filled from it."""
