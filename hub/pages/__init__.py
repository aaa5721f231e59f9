"""The pages for people: the list of arrivals, one interception, the workstations."""
