"""The functions of one axis that measurements and roughness both see singly.

Among the splines of degree m on the axis there is a basis in which the samples' inner product and the
roughness ∫(f⁽ᵐ⁾)² are diagonal at once (Demmler and Reinsch): smooth functions first, the wildest last. Where
samples lie on a grid, products of such functions, one of each axis, do the same for the whole grid, so
smoothing it asks for no equations to be solved.

A spline is a polynomial and the m-fold integral of its m-th derivative, so the smoothest modes are the
largest singular vectors of integration and come out with all their digits, however many cells there are.

Source: Demmler and Reinsch, "Oscillation matrices with spline smoothing", Numer. Math. 24 (1975).
"""

from functools import lru_cache
from math import comb, sqrt

import numpy as np

from .basis import Basis

_CELLS = 320  # on one axis; beyond, samples share cells
_NARROW = (
    1e-3,
    1e-2,
    0.1,
    0.5,
)  # of the mean step: narrower cells are joined, more where digits ask for it
_APART = 1e-7  # the inner product of two modes, at most
_FAINT = 0.01  # of the wildest: what keeps modes apart that no sample sees
_SMOOTH = 1e-5  # of the smoothest: modes that are found as integrals


def modes_of(t, m):
    """The Modes of an axis, made once for all fields and components on it."""
    return _made(np.ascontiguousarray(t, dtype=float).tobytes(), m)


@lru_cache(maxsize=32)
def _made(places, m):
    return Modes(np.frombuffer(places), m)


class Modes:
    """The basis for samples at increasing places t and roughness of order m, on an axis of length 1.

    `values` are the modes at the samples, a column each, the m polynomials first. `seen[a]` is the inner
    product of mode a with itself there, between 0 and 1, and `rough[a]` its roughness, 0 for the polynomials.
    """

    def __init__(self, t, m):
        self.start, self.span = float(t[0]), float(t[-1] - t[0])
        s, self.m = (t - self.start) / self.span, m
        for narrow in _NARROW:
            self._found(s, Basis(_edges(s, narrow), m))
            gram = self.values.T @ self.values
            if np.abs(gram - np.diag(self.seen)).max() < _APART:
                break

    def _found(self, s, basis):
        self.basis = basis
        design, bends = self._design(s, 0), _bends(self.basis)
        faint = _FAINT * (np.linalg.norm(design) / np.linalg.norm(bends)) ** 2
        triangle = np.linalg.qr(np.concatenate([design, sqrt(faint) * bends]), mode="r")
        smooth, rough = _smooth(self.basis, design, faint)
        turned, _ = np.linalg.qr(triangle @ smooth, mode="complete")
        others = np.linalg.solve(triangle, turned[:, smooth.shape[1] :])
        _, sizes, rotated = np.linalg.svd(bends @ others)
        wild = others @ rotated[::-1].T
        self.rough = np.concatenate([rough, sizes[::-1] ** 2])
        self.coefficients = np.concatenate([smooth, wild], axis=1)
        self.values = design @ self.coefficients
        self.seen = (self.values**2).sum(axis=0)

    def _design(self, s, order):
        cell, rows = self.basis.rows(s, order)
        full = np.zeros((len(s), self.basis.size))
        for k in range(rows.shape[1]):
            full[np.arange(len(s)), cell + k] = rows[:, k]
        return full

    def at(self, t, order, count):
        """The derivative of that order of the first modes at the places t, a row for each place."""
        s = (t - self.start) / self.span
        return self._design(s, order) @ self.coefficients[:, :count] / self.span**order


def _edges(s, narrow):
    """The edges of the cells: every sample, or every few."""
    kept, least = [0.0], narrow / len(s)
    for place in s[:: -(-(len(s) - 1) // _CELLS)]:
        if kept[-1] + least < place < 1.0 - least:
            kept.append(float(place))
    return [*kept, 1.0]


def _bends(basis):
    """The matrix that takes coefficients to m-th derivatives, times √width, in each cell."""
    rows, bends = np.arange(basis.cells), np.zeros((basis.cells, basis.size))
    for k in range(basis.m + 1):
        bends[rows, rows + k] = basis.highest[:, k] * np.sqrt(basis.widths)
    return bends


def _polynomials(basis):
    """The coefficients of 1, t, …, tᵐ⁻¹, by their blossoms: means of products of knots."""
    m = basis.m
    symmetric = np.zeros((basis.size, m + 1))
    symmetric[:, 0] = 1.0
    for k in range(1, m + 1):
        knot = basis.knots[k : k + basis.size, None]
        symmetric[:, 1:] += knot * symmetric[:, :-1].copy()
    return symmetric[:, :m] / [comb(m, j) for j in range(m)]


def _smooth(basis, design, faint):
    """`(coefficients, roughness)` of the polynomials and the modes that are not wild."""
    polynomials = _polynomials(basis)
    seen_polynomials, triangle = np.linalg.qr(design @ polynomials)
    polynomials = polynomials @ np.linalg.inv(triangle)
    integrals = _integrals(basis)
    seen = design @ integrals
    shared = seen_polynomials.T @ seen
    _, sizes, turned = np.linalg.svd(seen - seen_polynomials @ shared, full_matrices=False)
    few = int((sizes > _SMOOTH * sizes[0]).sum()) if len(design) > basis.m else 0
    squares = sizes[:few] ** 2 + faint
    bent = (integrals - polynomials @ shared) @ (turned[:few].T / np.sqrt(squares))
    rough = np.concatenate([np.zeros(basis.m), 1.0 / squares])
    return np.concatenate([polynomials, bent], axis=1), rough


def _integrals(basis):
    """The coefficients of the splines that begin with 0 and whose m-th derivative is 1/√width in one cell."""
    from scipy.linalg import solve_banded

    m, cells = basis.m, basis.cells
    bands = np.zeros((m + 1, cells))
    for k in range(m + 1):
        bands[m - k, : cells - (m - k)] = basis.highest[m - k :, k]
    found = np.zeros((basis.size, cells))
    found[m:] = solve_banded((m, 0), bands, np.diag(1.0 / np.sqrt(basis.widths)))
    return found
