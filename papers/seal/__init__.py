"""The signed short form of a paper, as the text of a QR code."""
