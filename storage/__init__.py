"""The stored data of a workstation: database, files and keys."""
