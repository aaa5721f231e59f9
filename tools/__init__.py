"""Programs for developers of Tidewaiter, and the parts of start.py."""
