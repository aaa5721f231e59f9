"""The SQL of the hub: one file for each subject, the same for every engine."""
