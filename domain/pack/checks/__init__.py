"""The rules for a pack that is to be adopted or given out, beyond what makes it readable."""
