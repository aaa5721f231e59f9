"""People and programs that use the pages: accounts, roles, regions, sign-ins, tokens, audit."""
