"""The list of arrived interceptions."""
