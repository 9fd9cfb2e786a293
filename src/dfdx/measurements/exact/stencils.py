"""Stencils on the nearest samples, for any spacing.

Newton's form of the polynomial through samples grows by one term with each sample taken in, and the term is
the difference that the sample makes: p(z) = sum of f[z0, …, zn] (z - z0) … (z - z(n-1)). So one table of
divided differences gives the derivative by the nearest 2, 3, …, 15 samples, and how far each is from the one
before. Where only weights are wanted, for grids, Fornberg's recursion gives them.

Sources: Fornberg, "Calculation of weights in finite difference formulas", SIAM Review 40 (1998); de Boor, "A
Practical Guide to Splines" (2001), chapter 1.
"""

from math import factorial

import numpy as np


def nearest(x, at, count):
    """For each place the numbers of the nearest nodes, the nearest first.

    >>> nearest(np.array([0.0, 1.0, 3.0, 7.0]), np.array([2.9]), 3)
    array([[2, 1, 0]])
    """
    last = len(x) - 1
    right = np.searchsorted(x, at)
    left = right - 1
    found = np.empty((count, len(at)), dtype=np.intp)
    below, above = at - x[np.maximum(left, 0)], x[np.minimum(right, last)] - at
    below[left < 0], above[right > last] = np.inf, np.inf
    for row in found:
        down = below < above
        np.copyto(row, np.where(down, left, right))
        left = left - down
        right = right + ~down
        below, above = at - x[np.maximum(left, 0)], x[np.minimum(right, last)] - at
        below[left < 0], above[right > last] = np.inf, np.inf
    return found.T


def growing(z, y, order):
    """The derivative at 0 by the first order + 1, order + 2, … nodes, and what noise becomes in it.

    z and y hold a row for each place. Both answers are arrays (stencils, places); the second bounds the
    is the 2-norm of the weights, as if Newton's terms had noise of their own.
    """
    z, table = np.ascontiguousarray(z.T), np.array(y.T)
    count, places = z.shape
    taylor = np.zeros((order + 1, places))  # of (z - z0) … (z - z(n-1)) at 0
    taylor[0] = 1.0
    weights = np.ones((count, places))  # of the values in the divided difference
    value, square = np.zeros(places), np.zeros(places)
    estimates, norms = [], []
    for n in range(count):
        if n:
            table = table[1:] - table[:-1]
            table /= z[n:] - z[:-n]
            before = z[:n] - z[n]
            weights[:n] /= before  # barycentric: 1 / the product of the gaps to all others
            weights[n] = 1.0 / np.multiply.reduce(-before, axis=0)
            for k in range(order, 0, -1):
                taylor[k] = taylor[k - 1] - z[n - 1] * taylor[k]
            taylor[0] *= -z[n - 1]
        if n >= order:
            unit = factorial(order) * taylor[order]
            value = value + table[0] * unit
            square = square + unit**2 * np.einsum("np,np->p", weights[: n + 1], weights[: n + 1])
            estimates.append(value)
            norms.append(np.sqrt(square))
    return np.array(estimates), np.array(norms)


def stencil_weights(z, order):
    """The weights of the derivative at 0 by all nodes z (places, nodes), by Fornberg's recursion."""
    points, count = z.shape
    weights = np.zeros((order + 1, count, points))
    weights[0, 0] = 1.0
    z = z.T.copy()
    product = np.ones(points)
    for n in range(1, count):
        before, product = product, np.ones(points)
        top = min(n, order)
        last = weights[:, n - 1].copy()
        for j in range(n):
            gap = z[n] - z[j]
            product *= gap
            for k in range(top, 0, -1):
                weights[k, j] = (z[n] * weights[k, j] - k * weights[k - 1, j]) / gap
            weights[0, j] *= z[n] / gap
        ratio = before / product
        for k in range(top, 0, -1):
            weights[k, n] = ratio * (k * last[k - 1] - z[n - 1] * last[k])
        weights[0, n] = -ratio * z[n - 1] * last[0]
    return weights[order].T
