"""The settings screen: language, theme, badge number, pack."""
