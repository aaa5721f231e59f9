"""The demonstration: records invented cases and sends them to a hub; it starts desk and hub as
programs.
"""
