"""The pages that people look at: what arrived, one interception, the workstations."""
