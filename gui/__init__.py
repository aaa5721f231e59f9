"""The desk: the windows and screens for officers and supervisors."""
