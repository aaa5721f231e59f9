"""Programs for whoever works on Tidewaiter, and the parts of start.py."""
