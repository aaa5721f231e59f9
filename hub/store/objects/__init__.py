"""The bytes of photos: in a folder."""
