"""Samples with noise: a curve and its slopes, with bands."""
