"""The officer and the desk: language, theme, badge, pack."""
