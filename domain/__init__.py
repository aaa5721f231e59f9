"""What an interception is. Pure code: files, clock and random numbers are passed in; no Qt."""
