"""Stand-ins for the distributions of vectors in scipy.stats."""

from functools import cache

import numpy as np
from scipy import stats

from ....contraction import contraction
from ....errors import NotTraceable
from ....numbers import pi
from ....primitive import items, shape_of
from ....rules import linalg
from ....rules.arrays import operand
from ....rules.elementary import exp, log, log1p
from ....rules.special import function as special
from ....rules.table import all_cards
from ....structure import reshape
from ...numpy_protocol.plain import seen_through, traced_in
from ...traced import plain
from .tools import logged, tapes_of, unwrapped, where_traced

all_cards()
_gammaln, _xlogy = special("gammaln"), special("xlogy")


def _matrix(cov, n):
    """A covariance given as a number, a diagonal or a matrix."""
    c = operand(cov)
    if not shape_of(c):
        return c * np.eye(n)
    return c * np.eye(n) if len(shape_of(c)) == 1 else c


def _dimension(*parts):
    sizes = [shape_of(p)[-1] for p in parts if p is not None and shape_of(p)]
    return sizes[0] if sizes else 1


def mahalanobis(x, mean, cov):
    """`((x − μ)ᵀ Σ⁻¹ (x − μ), log det Σ, dimension)` for a point or rows of points."""
    x = operand(x)
    mean = None if mean is None else operand(mean)
    cov = operand(cov)
    n = _dimension(mean, cov, x)
    if n == 1 and (not shape_of(x) or shape_of(x)[-1] != 1):
        x = reshape(x, (*shape_of(x), 1))
    d = x if mean is None else x - mean
    half = linalg.cholesky(_matrix(cov, n))
    rows = d if len(shape_of(d)) > 1 else reshape(d, (1, n))
    flat = reshape(rows, (int(np.prod(shape_of(rows)[:-1])), n))
    y = linalg.solve(half, linalg.transposed(flat))
    squares = reshape(contraction("ij,ij->j")(y, y), shape_of(d)[:-1])
    return squares, 2.0 * np.sum(log(contraction("ii->i")(half))), n


def _normal_logpdf(x, mean=None, cov=1, allow_singular=False):
    squares, level, n = mahalanobis(x, mean, cov)
    return -0.5 * (n * np.log(2 * np.pi) + level + squares)


def _t_logpdf(x, loc=None, shape=1, df=1, allow_singular=False):
    squares, level, n = mahalanobis(x, loc, shape)
    df = operand(df)
    front = _gammaln(0.5 * (df + n)) - _gammaln(0.5 * df) - 0.5 * n * log(df * pi) - 0.5 * level
    return front - 0.5 * (df + n) * log1p(squares / df)


def _dirichlet_logpdf(x, alpha):
    x, alpha = operand(x), operand(alpha)
    if shape_of(x)[0] == shape_of(alpha)[0] - 1:
        x = np.concatenate([x, np.reshape(1.0 - np.sum(x, axis=0), (1, *shape_of(x)[1:]))])
    front = _gammaln(np.sum(alpha)) - np.sum(_gammaln(alpha))
    powers = reshape(alpha - 1.0, shape_of(alpha) + (1,) * (len(shape_of(x)) - 1))
    return front + np.sum(_xlogy(powers, x), axis=0)


def _multinomial_logpmf(x, n, p):
    x, p = np.asarray(x, dtype=float), operand(p)
    if traced_in(n):
        raise NotTraceable("scipy.stats.multinomial: the number of trials cannot vary")
    last = 1.0 - np.sum(p[..., :-1], axis=-1)  # as SciPy has it
    p = np.concatenate([p[..., :-1], np.reshape(last, (*shape_of(last), 1))], axis=-1)
    return _gammaln(np.sum(x, axis=-1) + 1.0) + np.sum(_xlogy(x, p) - _gammaln(x + 1.0), axis=-1)


def _wishart_logpdf(x, df, scale):
    x, df = operand(x), operand(df)
    n = _dimension(operand(scale), x)
    scale = _matrix(scale, n)
    if len(shape_of(x)) != 2:
        raise NotTraceable("scipy.stats.wishart: one matrix at a time is followed")
    level_x, level_s = (items(linalg.slogdet, linalg.slogdet(m))[1] for m in (x, scale))
    trace = contraction("ii->")(linalg.solve(scale, x))
    gammas = 0.25 * n * (n - 1) * np.log(np.pi)
    gammas = gammas + sum(_gammaln(0.5 * df - 0.5 * k) for k in range(n))
    half = 0.5 * (df - n - 1.0) * level_x - 0.5 * trace
    return half - 0.5 * df * n * np.log(2.0) - 0.5 * df * level_s - gammas


_LOGS = {
    "multivariate_normal": _normal_logpdf,
    "multivariate_t": _t_logpdf,
    "dirichlet": _dirichlet_logpdf,
    "multinomial": _multinomial_logpmf,
    "wishart": _wishart_logpdf,
}


def _checked(y, theirs, name):
    ours = plain(y)
    if not np.allclose(ours, theirs, rtol=1e-7, atol=1e-300, equal_nan=True):
        raise NotTraceable(f"scipy.stats.{name}: the formula and SciPy's number differ")
    return reshape(y, np.shape(theirs)) if shape_of(y) != np.shape(theirs) else y


def _pair(name, density):
    """The stand-ins of the methods logpdf and pdf (or logpmf and pmf)."""
    logarithm = _LOGS[name]
    gen = type(getattr(stats, name))
    methods = {}
    for kind in (f"log{density}", density):
        method = getattr(gen, kind)

        def ours(self, *args, method=method, kind=kind, **kwds):
            theirs = method(self, *seen_through(args), **seen_through(kwds))
            y = logarithm(*args, **kwds)
            return _checked(y if kind.startswith("log") else exp(y), theirs, f"{name}.{kind}")

        methods[kind] = where_traced(method, ours, f"scipy.stats.{name}.{kind}")
    return gen, methods


class Frozen:
    """A distribution of vectors with traced parameters."""

    def __init__(self, dist, methods, args, kwds):
        self.dist = dist
        self.methods = methods
        self.args = args
        self.kwds = kwds

    def __getattr__(self, name):
        if name.startswith("__") or name not in self.methods:
            raise AttributeError(name)
        return lambda x: self.methods[name](self.dist, x, *self.args, **self.kwds)


def _freezing(gen, methods):
    original = gen.__call__

    def freeze(self, *args, **kwds):
        args, kwds = unwrapped(args), unwrapped(kwds)
        if not traced_in((args, kwds)):
            return original(self, *args, **kwds)
        return Frozen(self, methods, args, kwds)

    return freeze


def _frozen_normal(kind):
    def function(self, x):
        x = unwrapped(x)
        seen = traced_in(x)
        if not seen:
            return getattr(type(self), kind)(self, x)
        with logged(tapes_of(seen)):
            y = _normal_logpdf(x, self.mean, self.cov)
            theirs = getattr(type(self), kind)(self, seen_through(x))
            return _checked(
                y if kind == "logpdf" else exp(y), theirs, f"multivariate_normal.{kind}"
            )

    return function


@cache
def stand_ins():
    """From the methods of SciPy's distributions of vectors to their stand-ins."""
    made = {}
    for name in _LOGS:
        gen, methods = _pair(name, "pmf" if name == "multinomial" else "pdf")
        made |= {getattr(gen, kind): ours for kind, ours in methods.items()}
        made[gen.__call__] = _freezing(gen, methods)
    frozen = type(stats.multivariate_normal([0.0]))
    made |= {getattr(frozen, kind): _frozen_normal(kind) for kind in ("logpdf", "pdf")}
    return made
