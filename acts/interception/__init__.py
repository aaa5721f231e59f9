"""What can be done with an interception."""
