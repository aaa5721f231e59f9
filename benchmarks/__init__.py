"""What is measured, as ratios against a named alternative; not part of the tests."""
