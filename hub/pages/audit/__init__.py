"""Who saw, exported or changed what, for administrators."""
