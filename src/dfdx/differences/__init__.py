"""Derivatives from samples: of a function that can only be called."""
