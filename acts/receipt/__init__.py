"""What can be done with a receipt."""
