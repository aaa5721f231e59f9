"""The records screen: a list of interceptions on the left, the chosen one on the right."""
