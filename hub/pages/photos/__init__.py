"""Photos as pages show them."""
