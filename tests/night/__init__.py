"""A night at the bench: many parcels by real keys, one in ten with something wrong."""
