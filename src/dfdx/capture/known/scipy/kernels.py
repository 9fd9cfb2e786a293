"""Stand-ins for gaussian_kde: a density as a sum of bells around the data."""

import numpy as np
from scipy import stats

from ....contraction import contraction
from ....errors import NotTraceable
from ....primitive import shape_of
from ....rules import linalg
from ....rules.arrays import operand
from ....rules.arrays_sums import logsumexp
from ....rules.special import function as special
from ....rules.table import all_cards
from ...numpy_protocol.plain import seen_through, traced_in
from ...traced import plain
from .tools import by_name, logged, tapes_of, unwrapped

all_cards()
_ndtr = special("ndtr")


class Kernels:
    """The density with traced data: dataset (dimensions, points), weights, covariance."""

    def __init__(self, dataset, weights, covariance):
        self.dataset = dataset
        self.weights = weights
        self.covariance = covariance

    @property
    def n(self):
        return shape_of(self.dataset)[1]

    @property
    def d(self):
        return shape_of(self.dataset)[0]

    def logpdf(self, points):
        x = np.atleast_2d(operand(unwrapped(points)))
        d, n = shape_of(self.dataset)
        if shape_of(x)[0] != d:
            x = np.reshape(x, (d, shape_of(x)[1] // d * shape_of(x)[0]))
        m = shape_of(x)[1]
        apart = np.reshape(x, (d, m, 1)) - np.reshape(self.dataset, (d, 1, n))
        half = linalg.cholesky(self.covariance)
        y = linalg.solve(half, np.reshape(apart, (d, m * n)))
        squares = np.reshape(contraction("ij,ij->j")(y, y), (m, n))
        level = np.sum(np.log(contraction("ii->i")(half))) + 0.5 * d * np.log(2 * np.pi)
        return logsumexp(-0.5 * squares, 1, self.weights) - level

    def evaluate(self, points):
        return np.exp(self.logpdf(points))

    __call__ = pdf = evaluate

    def integrate_box_1d(self, low, high):
        if self.d != 1:
            raise ValueError("integrate_box_1d() only handles 1D pdfs")
        width = np.sqrt(self.covariance[0, 0])
        low, high = ((operand(end) - self.dataset[0]) / width for end in (low, high))
        return np.sum(self.weights * (_ndtr(high) - _ndtr(low)))


def _made(*args, **kwargs):
    """gaussian_kde: SciPy's own for plain data."""
    given = by_name(stats.gaussian_kde, args, kwargs)
    seen = traced_in(given)
    example = stats.gaussian_kde(**seen_through(given))
    if not seen:
        return example
    with logged(tapes_of(seen)):
        if callable(given.get("bw_method")):
            raise NotTraceable("gaussian_kde: a function as bw_method is not followed")
        data = np.atleast_2d(operand(given["dataset"]))
        weights = given.get("weights")
        n = shape_of(data)[1]
        w = np.full(n, 1.0 / n) if weights is None else operand(weights) / np.sum(operand(weights))
        return Kernels(data, w, _covariance(data, w, given.get("bw_method")))


def _covariance(data, w, method):
    d, _ = shape_of(data)
    count = 1.0 / np.sum(w * w)
    if method is None or method == "scott":
        factor = count ** (-1.0 / (d + 4))
    elif method == "silverman":
        factor = (count * (d + 2.0) / 4.0) ** (-1.0 / (d + 4))
    else:
        factor = operand(method)
    apart = data - np.reshape(np.sum(data * w, axis=1), (d, 1))
    whole = contraction("ik,jk->ij")(apart * w, apart) / (1.0 - np.sum(w * w))
    return whole * factor**2


def _method(name):
    original = getattr(stats.gaussian_kde, name)

    def function(self, *points):
        points = unwrapped(points)
        seen = traced_in(points)
        if not seen:
            return original(self, *points)
        with logged(tapes_of(seen)):
            kernels = Kernels(self.dataset, self.weights, self.covariance)
            y = getattr(kernels, name)(*points)
            theirs = original(self, *seen_through(points))
            if not np.allclose(plain(y), theirs, rtol=1e-7, atol=1e-300):
                raise NotTraceable(f"gaussian_kde.{name}: the formula and SciPy's number differ")
            return y

    return original, function


def kernel_stand_ins():
    """From gaussian_kde and its methods to their stand-ins."""
    made = dict(_method(name) for name in ("evaluate", "pdf", "logpdf", "integrate_box_1d"))
    made[stats.gaussian_kde] = _made
    return made
