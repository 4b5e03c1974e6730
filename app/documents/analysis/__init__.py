"""A file comes back: what it says, which of our clauses it holds and in which state, and the corrected file."""
