"""Readings of a graph: its Taylor series, its enclosure, its formula, its value in many digits."""
