"""Scattered samples in several dimensions: a polynomial through the neighbourhood of every place.

Around each place the nearest samples are fitted by polynomials of two degrees, weighted towards the middle.
Where the fits leave only noise, wider neighbourhoods are better; where the degrees differ, narrower ones:
the size is chosen once for all, by the error that a selection of places expects. The difference of the
degrees and the noise that is left make the error bar.

Source: Fan and Gijbels, "Local Polynomial Modelling and Its Applications" (1996), chapters 3 and 4.
"""

import os
from concurrent.futures import ThreadPoolExecutor
from itertools import combinations_with_replacement
from math import comb, perm

import numpy as np

_DEGREE = {1: 6, 2: 4, 3: 3}  # of the polynomial, by dimension; 2 beyond
_CROWDED = 2.0  # neighbours for each coefficient, at first
_WIDER = (1, 2, 4, 8, 32, 128)  # times as many, for noise
_LOOKED_AT = 200  # places from which the size is chosen
_BLOCK = 4096
_CACHED = 1 << 14  # neighbours of the places that are fitted together: their columns fit the cache
_WORSE = 4.0  # times the best error so far: wider neighbourhoods will not come back
_PART = 1 << 18  # places that are served together
_THREADED, _THREADS = 16, 4  # pieces from which threads pay, and how many of these at most
_WIDE = 1024
_FLAT = 1e-10
_MISFIT = 2.0  # times the variance in narrow neighbourhoods
_TILTED = 2.5
_ASTRAY = 6.0  # what a misfit of 1 may tilt, over the radius: 4 for a cube in one dimension
_RIDGE = 1e-13  # of the trace
_BLIND = 1e-3  # of a derivative: what the ridge may have taken from it
_UNCLEAR = 10.0  # times the median: larger errors count as that in the choice of the size
_SHARED = 0.4  # of the radius: places so close share a fit
_BAND = 1.96


class Scattered:
    """Values and derivatives of samples y at points x, an array (count, dimensions)."""

    notes = ()

    def __init__(self, x, y):
        from scipy.spatial import cKDTree

        self.x, self.y = x, y
        self.count, self.dimensions = x.shape
        degree = _DEGREE.get(self.dimensions, 2)
        while degree > 1 and comb(degree + self.dimensions, degree) * 1.5 > self.count:
            degree -= 1
        self.degree = degree
        self.powers = _powers(self.dimensions, degree)
        if self.count < len(self.powers) + 1:
            raise ValueError(
                f"{self.count} samples in {self.dimensions} dimensions are too few; "
                f"{len(self.powers) + 1} are needed"
            )
        self.lower = sum(sum(p) < degree for p in self.powers)  # coefficients of the degree below
        self.middle, self.spread = x.mean(axis=0), x.std(axis=0)
        if not self.spread.all():
            flat = int(np.flatnonzero(self.spread == 0)[0])
            raise ValueError(
                f"all points have the same coordinate number {flat}; no slope along it"
            )
        flat = np.linalg.svd(((x - self.middle) / self.spread)[: 10**6], compute_uv=False)
        if flat[-1] < _FLAT * flat[0]:
            raise ValueError(
                f"all points lie on a line or plane in {self.dimensions} dimensions; nothing is known of "
                "the slope across it"
            )
        self.tree = cKDTree((x - self.middle) / self.spread)
        self.quiet = np.inf
        self.neighbours = self._chosen()

    @property
    def method(self):
        return f"local polynomials of degree {self.degree} on {self.neighbours} neighbours"

    def at(self, points, orders):
        """`(values, error bars)` of the partial of those orders at points (count, dimensions)."""
        if sum(orders) > self.degree:
            raise ValueError(
                f"these samples in {self.dimensions} dimensions have derivatives to order {self.degree}"
            )
        scaled = (points - self.middle) / self.spread
        unit = float(np.prod(self.spread ** np.array(orders)))
        values, errors = np.empty(len(points)), np.empty(len(points))
        for start in range(0, len(points), _PART):
            part = slice(start, start + _PART)
            centres, own = self._centres(scaled[part])
            alone = orders if len(centres) == len(own) else None
            fits = self._fitted(centres, self.neighbours, alone)
            for k in range(0, len(own), _BLOCK):
                block = slice(start + k, start + k + _BLOCK)
                near = own[k : k + _BLOCK]
                steps = scaled[block][: len(near)] - centres[near]
                values[block], errors[block] = self._read([a[near] for a in fits], steps, orders)
        return values / unit, errors / unit

    def _centres(self, scaled):
        """Where polynomials are fitted, and which of them serves each place.

        Wide neighbourhoods of places close together are nearly the same: one fit serves them all.
        """
        radius = np.median(
            self.tree.query(scaled[:: max(1, len(scaled) // 50)], self.neighbours)[0][:, -1]
        )
        cells = np.floor(scaled / (_SHARED * radius))
        cells -= cells.min(axis=0)
        sizes = cells.max(axis=0) + 1
        if np.prod(sizes) < 2.0**62:
            cells = np.ravel_multi_index(tuple(cells.T.astype(np.int64)), sizes.astype(np.int64))
        _, first, own = np.unique(cells, axis=0, return_index=True, return_inverse=True)
        own = own.reshape(-1)
        if len(first) > 0.5 * len(scaled):
            sequence = np.argsort(
                own, kind="stable"
            )  # neighbours in turn: the tree stays in the cache
            own = np.empty_like(sequence)
            own[sequence] = np.arange(len(sequence))
            return scaled[sequence], own
        counts = np.bincount(own)
        means = [np.bincount(own, c) / counts for c in scaled.T]
        return np.stack(means, axis=1), own

    def _chosen(self):
        """How many neighbours: those with the smallest error expected of a first derivative."""
        places = self.tree.data[:: max(1, self.count // _LOOKED_AT)]
        least = int(_CROWDED * len(self.powers)) + 1
        orders = (1,) + (0,) * (self.dimensions - 1)
        found, quiet = {}, np.inf
        for factor in _WIDER:
            k = min(factor * least, self.count)
            some = places[:: 1 + factor // 16]
            fits = self._fitted(some, k, orders)
            left = float(np.median(fits[-1]))
            if left > _MISFIT * quiet:  # what is left is no longer noise
                break
            quiet = min(quiet, left)
            fits[5] = self._astray(fits[-1], k, quiet, fits[5])
            _, errors = self._read(fits, np.zeros_like(some), orders)
            found[k] = float(np.mean(np.minimum(errors, _UNCLEAR * np.median(errors))))
            if found[k] > _WORSE * min(found.values()):  # truncation has taken over
                break
        self.quiet = quiet
        return min(found, key=found.get)

    def _astray(self, noise, k, quiet, blind):
        """The misfit beyond the noise of the narrowest neighbourhoods; infinite where blind."""
        surely = quiet * (1 + 3 * np.sqrt(2 / (k - len(self.powers))))
        return np.maximum(np.sqrt(np.maximum(noise - surely, 0.0)), blind)

    def _fitted(self, centres, k, orders=None):
        """For each centre: radius, level, the coefficients of both degrees, their covariance by noise.

        With orders, in its place the variance of that derivative at the centre, which is cheaper.
        """
        few = max(1, _CACHED // k)
        pieces = [centres[n : n + few] for n in range(0, len(centres), few)]
        if len(pieces) < _THREADED:
            parts = [self._fitted_few(piece, k, orders) for piece in pieces]
        else:  # the work is NumPy's, which lets other threads run meanwhile
            with ThreadPoolExecutor(min(os.cpu_count() or 1, _THREADS)) as pool:
                parts = list(pool.map(lambda piece: self._fitted_few(piece, k, orders), pieces))
        return [np.concatenate(part) for part in zip(*parts, strict=True)]

    def _fitted_few(self, centres, k, orders):
        distance, index = self.tree.query(centres, k)
        radius = np.maximum(distance[:, -1], 1e-300)
        z = self.tree.data[index] - centres[:, None, :]
        z /= radius[:, None, None]
        ratio = distance * (0.95 / radius[:, None])
        weight = np.maximum(1 - ratio * ratio * ratio, 0.0)
        weight *= weight * weight  # tricube
        columns = _monomials(z, self.powers)
        y = self.y[index]
        level = y.mean(axis=1)
        y -= level[:, None]
        weighted = columns * weight[:, None, :]
        gram, right = _products(weighted, columns), _products(weighted, y[:, None, :])
        size, n = len(self.powers), self.lower
        ridge = _RIDGE * np.trace(gram, axis1=1, axis2=2)
        gram += ridge[:, None, None] * np.eye(size)
        part = np.zeros((len(centres), size))
        part[:, :n] = np.linalg.solve(gram[:, :n, :n], right[:, :n])[:, :, 0]
        if orders is None:
            inverse = np.linalg.inv(gram)
            full = inverse @ right
            spread = inverse @ _products(weighted, weighted) @ inverse
            blind = np.abs(np.diagonal(inverse, axis1=1, axis2=2)).max(axis=1)
        else:
            row = _derived(np.zeros((1, self.dimensions)), self.powers, orders)
            rows = np.broadcast_to(row[:, :, None], right.shape)
            both = np.linalg.solve(gram, np.concatenate([right, rows], axis=2))
            full, own = both[:, :, :1], both[:, None, :, 1] @ weighted
            spread = (own * own).sum(axis=(1, 2))
            blind = np.abs(both[:, :, 1]).max(axis=1) / np.abs(row).max()
        left = y - (full.transpose(0, 2, 1) @ columns)[:, 0]
        free = np.maximum(weight.sum(axis=1) * (1 - size / k), 1e-9)
        noise = (weight * left * left).sum(axis=1) / free
        spread *= noise[:, None, None] if orders is None else noise
        # some polynomial vanishes on all of these points: nothing is known
        blind = np.where(ridge * blind > _BLIND, np.inf, 0.0)
        astray = self._astray(noise, k, self.quiet, blind)
        return radius, level, full[:, :, 0], part, spread, astray, noise

    def _read(self, fits, steps, orders):
        """The derivative of fitted polynomials at steps from their centres, with its error bar."""
        radius, level, full, part, spread, astray = fits[:6]
        row = _derived(steps / radius[:, None], self.powers, orders)
        value = (row * full).sum(axis=1)
        bend = np.abs(value - (row * part).sum(axis=1))
        if self.degree == 2 and sum(orders) == 1:
            bend *= _TILTED  # squares hardly change a slope, the cubes that are left out do
        if spread.ndim > 1:
            spread = ((row[:, None] @ spread)[:, 0] * row).sum(axis=1)
        noise = np.sqrt(np.maximum(spread, 0.0))
        unit = radius ** -float(sum(orders))
        if not sum(orders):
            value = value + level
        return value * unit, (_BAND * noise + bend + _ASTRAY * max(sum(orders), 1) * astray) * unit


def _products(a, b):
    """a bᵀ for stacks of wide matrices, in pieces so small that BLAS does not start threads for them."""
    pieces = range(0, a.shape[2], _WIDE)
    return sum(a[:, :, n : n + _WIDE] @ b[:, :, n : n + _WIDE].transpose(0, 2, 1) for n in pieces)


def _powers(dimensions, degree):
    """The exponents of all monomials to a degree, low degrees first."""
    found = []
    for total in range(degree + 1):
        for chosen in combinations_with_replacement(range(dimensions), total):
            found.append(tuple(chosen.count(k) for k in range(dimensions)))
    return found


def _derived(z, powers, orders):
    """The derivative of those orders of every monomial at places z (count, dimensions)."""
    row = np.ones((len(z), len(powers)))
    for n, exponents in enumerate(powers):
        for axis, (e, o) in enumerate(zip(exponents, orders, strict=True)):
            row[:, n] *= perm(e, o) * z[:, axis] ** max(e - o, 0)
    return row


def _monomials(z, powers):
    """All monomials at places z (centres, neighbours, dimensions): (centres, monomials, neighbours)."""
    columns = np.empty((len(z), len(powers), z.shape[1]))
    columns[:, 0] = 1.0
    for n, exponents in enumerate(powers[1:], 1):
        axis = next(k for k, e in enumerate(exponents) if e)
        before = tuple(e - (k == axis) for k, e in enumerate(exponents))
        np.multiply(columns[:, powers.index(before)], z[:, :, axis], out=columns[:, n])
    return columns
