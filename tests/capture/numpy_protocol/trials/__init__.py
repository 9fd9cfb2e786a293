"""Trials of NumPy's functions, as people call them: a name, a function of numbers and arrays, its arguments.

The first word of a trial's name is the function (or the method, after a dot) that it is about,
so a list of NumPy's names shows which of them have no trial.
"""

from importlib import import_module

import numpy as np

GROUPS = ("elementwise", "moves", "sums", "order", "in_place", "products", "numeric", "linalg")
GROUPS += ("fft", "polynomials", "complexes", "makers", "methods")

V = np.array([0.4, -0.7, 1.1, 0.25])
W = np.array([1.3, 0.2, -0.6, 0.85])
P = np.array([0.4, 0.7, 1.1, 0.25])  # positive
M = np.array([[0.3, 0.7, 0.1], [1.1, -0.4, 2.5]])
S = np.array([[2.0, 0.3, -0.4], [0.1, 1.5, 0.6], [0.7, -0.2, 3.0]])  # square
C = np.arange(24.0).reshape(2, 3, 4) ** 1.3 % 1.7 - 0.6  # a cube


def trials():
    """(name, function, arguments) of every trial."""
    for group in GROUPS:
        for name, f, *args in import_module(f".{group}", __name__).TRIALS:
            yield name, f, args
