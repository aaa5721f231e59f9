"""The capture screen, on which officers record interceptions."""
