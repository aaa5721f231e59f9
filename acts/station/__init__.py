"""What can be done with the workstation itself."""
