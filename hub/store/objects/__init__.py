"""The bytes of photos, stored in a folder."""
