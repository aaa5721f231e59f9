"""The own account: password, second factor, sign-ins."""
