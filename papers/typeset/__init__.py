"""Sets text on pages: fonts, shaping, lines, flow, tables, codes."""
