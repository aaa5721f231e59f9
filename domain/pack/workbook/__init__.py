"""A pack as the sheets of a workbook, and back: pure values. `system.workbook` has the file."""
