"""Small widgets.

They do not know the store or the application: they have methods and send signals.
"""
