"""The desk: what officers and supervisors see."""
