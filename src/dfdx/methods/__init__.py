"""A function and a point become an answer: exactly, by samples, by limits; and which of these."""
