"""The page on which a person gives the hub bundles from a stick."""
