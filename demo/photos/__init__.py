"""Photos for the demonstration, drawn: good enough to judge screens, papers and barcodes by."""
