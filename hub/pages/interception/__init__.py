"""The page of one interception."""
