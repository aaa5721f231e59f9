"""The first run: a folder without a workstation becomes one."""
