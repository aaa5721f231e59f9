"""The capture screen: an interception is written here."""
