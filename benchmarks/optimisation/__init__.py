"""Minima, fits and equations: SciPy's solvers with exact derivatives beside SciPy's own differences."""
