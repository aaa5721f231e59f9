"""Programs for whoever works on Tidewaiter; none of them ships."""
