"""What the machine gives, to a workstation and to the hub alike."""
