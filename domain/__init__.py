"""What an interception is. Pure: no I/O, no Qt, no clock, no chance; all of it is passed in."""
