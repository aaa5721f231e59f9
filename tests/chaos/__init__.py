"""Random histories of workstations, hubs and bad links over the real engine, in virtual time."""
