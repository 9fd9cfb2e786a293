"""Putting the derivative to use: the way down a function, by steps of ours or by SciPy's solvers."""
