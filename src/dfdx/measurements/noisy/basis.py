"""B-splines on cells: the functions whose highest derivative is constant in every cell.

A spline of degree m on K cells has K + m coefficients, and its m-th derivative is one number per
cell. That makes it the natural picture of an integrated Wiener process: there the m-th derivative
is white noise. In cell j only the coefficients j, …, j + m count.

Source: de Boor, "A Practical Guide to Splines" (1978), chapters IX and X.
"""

from functools import cached_property, lru_cache
from math import log

import numpy as np


@lru_cache(maxsize=64)
def equal_cells(start, span, cells, m):
    """The basis of degree m on equal cells; many series on one axis share it."""
    return Basis(np.linspace(start, start + span, cells + 1), m)


class Basis:
    """The B-splines of degree m on the cells between the edges."""

    def __init__(self, edges, m):
        self.m = m
        self.edges = np.asarray(edges, dtype=float)
        self.cells = len(self.edges) - 1
        self.size = self.cells + m
        first, last = self.edges[1] - self.edges[0], self.edges[-1] - self.edges[-2]
        ahead = self.edges[0] - first * np.arange(m, 0, -1)
        behind = self.edges[-1] + last * np.arange(1, m + 1)
        self.knots = np.concatenate([ahead, self.edges, behind])
        self.widths = np.diff(self.edges)

    def cell(self, t):
        """The number of the cell in which each t lies; those outside count to the nearest."""
        return np.clip(np.searchsorted(self.edges, t, side="right") - 1, 0, self.cells - 1)

    def rows(self, t, order=0, cell=None):
        """`(cell, values)`: values[i, k] is the derivative of that order of B-spline cell[i] + k at t[i]."""
        m, knots = self.m, self.knots
        cell = self.cell(t) if cell is None else cell
        if order > m:
            return cell, np.zeros((len(t), m + 1))
        at = cell + m  # knots[at] <= t < knots[at + 1]
        values = [np.ones(len(t))]
        for r in range(
            1, m - order + 1
        ):  # the recursion of Cox and de Boor, from degree r - 1 to r
            grown = [np.zeros(len(t)) for _ in range(r + 1)]
            for k in range(r):
                low, high = knots[at - r + 1 + k], knots[at + 1 + k]
                share = values[k] / (high - low)
                grown[k] += (high - t) * share
                grown[k + 1] += (t - low) * share
            values = grown
        for r in range(m - order + 1, m + 1):  # coefficients of the derivative -> coefficients
            spread = [np.zeros(len(t)) for _ in range(r + 1)]
            for k in range(r):
                low, high = knots[at - r + 1 + k], knots[at + 1 + k]
                share = values[k] * (r / (high - low))
                spread[k] -= share
                spread[k + 1] += share
            values = spread
        return cell, np.stack(values, axis=1)

    @cached_property
    def polynomials(self):
        """The B-splines on one of equal cells, a row each: coefficients of τᵏ, τ from −1 to 1 across it."""
        tau = np.cos(np.pi * (np.arange(self.m + 1) + 0.5) / (self.m + 1))
        middle = 0.5 * (self.edges[0] + self.edges[1])
        where = np.zeros(self.m + 1, dtype=np.intp)
        _, values = self.rows(middle + 0.5 * self.widths[0] * tau, 0, where)
        return np.linalg.solve(np.vander(tau, increasing=True), values).T

    @cached_property
    def highest(self):
        """Row j: the coefficients j, …, j + m of the m-th derivative in cell j."""
        middle = 0.5 * (self.edges[:-1] + self.edges[1:])
        return self.rows(middle, self.m, np.arange(self.cells))[1]

    @cached_property
    def middle(self):
        """All derivatives in the middle of the first of equal cells."""
        where = 0.5 * (self.edges[:1] + self.edges[1:2])
        return [self.rows(where, order)[1][0] for order in range(self.m + 1)]

    @cached_property
    def start(self):
        """The derivatives below the m-th at the left end, by the first m coefficients."""
        return np.array([self.rows(self.edges[:1], k)[1][0, : self.m] for k in range(self.m)])

    @cached_property
    def log_state(self):
        """Twice log |∂ state at the left end / ∂ first coefficients|."""
        return 2 * log(abs(np.linalg.det(self.start)))
