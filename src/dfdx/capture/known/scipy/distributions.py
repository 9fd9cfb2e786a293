"""Distributions of scipy.stats under capture: densities, distribution functions, quantiles.

A distribution is asked for the standard form that SciPy's own code computes (`_pdf`, `_cdf`, …): the
formulas stand in `rules.distributions` where SciPy's code is not one of cards. Location and
scale, the support and the relations between the functions are added here. What comes out is
compared with SciPy's number before it is believed.
"""

from functools import cache

import numpy as np
from scipy import stats
from scipy.stats._distn_infrastructure import (
    rv_continuous_frozen,
    rv_discrete_frozen,
    rv_frozen,
    rv_generic,
)

from ....errors import NotTraceable
from ....primitive import shape_of
from ....rules.arrays import operand
from ....rules.distributions import STANDARD, logarithm
from ....rules.elementary import exp, log
from ...calls import call
from ...numpy_protocol.plain import seen_through, traced_in
from ...traced import plain
from .callbacks import Callback
from .tools import by_name, logged, tapes_of, unwrapped, where_traced

_CONTINUOUS = ("pdf", "logpdf", "cdf", "logcdf", "sf", "logsf", "ppf", "isf")
_DISCRETE = ("pmf", "logpmf", "cdf", "logcdf", "sf", "logsf")


def _standard(dist, kind):
    """The function of the standard form: from the tables, from SciPy's code, or None."""
    table = STANDARD.get(dist.name, {})
    if kind in table:
        return table[kind]
    if _in_other_words(kind) & set(table):
        return None  # the table's form is to be used
    base = stats.rv_continuous if isinstance(dist, stats.rv_continuous) else stats.rv_discrete
    method = getattr(type(dist), f"_{kind}", None)
    if method is not None and method is not getattr(base, f"_{kind}", None):
        return lambda *xs: operand(method(dist, *xs))
    return None


def _in_other_words(kind):
    """The kinds from which this one follows."""
    bare = kind.removeprefix("log")
    if kind in ("ppf", "isf"):
        return {"isf" if kind == "ppf" else "ppf"}
    found = {bare, f"log{bare}"} - {kind}
    return found | {"cdf", "logcdf"} if bare == "sf" else found


def standard(dist, kind, x, shapes):
    """The function of the given kind at the standardised x, by the first relation that leads there."""
    f = _standard(dist, kind)
    if f is not None:
        return f(x, *shapes)
    density = "pdf" if isinstance(dist, stats.rv_continuous) else "pmf"
    if kind == density and _standard(dist, f"log{density}"):
        return exp(standard(dist, f"log{density}", x, shapes))
    if kind in ("cdf", "sf") and f"log{kind}" in STANDARD.get(dist.name, {}):
        return exp(standard(dist, f"log{kind}", x, shapes))
    if kind in (f"log{density}", "logcdf", "logsf"):
        return logarithm(standard(dist, kind[3:], x, shapes))
    if kind == "cdf" and _standard(dist, "sf"):
        return 1.0 - standard(dist, "sf", x, shapes)
    if kind == "cdf" and density == "pmf":
        return _summed(dist, x, shapes)
    if kind == "sf":
        return 1.0 - standard(dist, "cdf", x, shapes)
    other = {"ppf": "isf", "isf": "ppf"}.get(kind)
    if other and kind not in STANDARD.get(dist.name, {}) and _standard(dist, other):
        return standard(dist, other, 1.0 - x, shapes)
    if kind in ("ppf", "isf"):
        return _inverted(dist, kind, x, shapes)
    raise NotTraceable(f"scipy.stats.{dist.name}: {kind} has no formula here")


def _summed(dist, k, shapes):
    """The distribution function of one count, as a sum."""
    low, _ = dist._get_support(*map(plain, shapes))
    if np.ndim(k) or np.ndim(low) or not np.isfinite(low) or k - low > 10_000:
        raise NotTraceable(f"scipy.stats.{dist.name}: cdf has no formula here")
    return np.sum(standard(dist, "pmf", np.arange(float(low), np.floor(k) + 1.0), shapes))


def _inverted(dist, kind, q, shapes):
    """The quantile as the solution of cdf(x) = q."""
    from .roots import _as_it_is, implicit

    other = "cdf" if kind == "ppf" else "sf"
    callback = Callback(lambda x: standard(dist, other, x, shapes) - q)
    found = getattr(dist, kind)(plain(q), *map(plain, shapes))
    return implicit(callback, found, _as_it_is)


_OUTSIDE = {  # the value below the support and above it
    "pdf": (0.0, 0.0),
    "pmf": (0.0, 0.0),
    "logpdf": (-np.inf, -np.inf),
    "logpmf": (-np.inf, -np.inf),
    "cdf": (0.0, 1.0),
    "logcdf": (-np.inf, 0.0),
    "sf": (1.0, 0.0),
    "logsf": (0.0, -np.inf),
}


def evaluate(dist, kind, x, args, kwds):
    """`dist.kind(x, *args, **kwds)` with SciPy's value and the derivative of the formula."""
    theirs = getattr(type(dist), kind)(dist, *seen_through((x, *args)), **seen_through(kwds))
    shapes, loc, scale = dist._parse_args(*args, **kwds)
    if isinstance(dist, stats.rv_discrete) and traced_in((x, loc)):
        raise NotTraceable(f"scipy.stats.{dist.name}.{kind}: counts cannot vary")
    x, loc, scale = operand(x), operand(loc), operand(scale)
    shapes = [operand(s) for s in shapes]
    if not np.all(dist._argcheck(*map(plain, shapes)) & (plain(scale) > 0)):
        raise NotTraceable(f"scipy.stats.{dist.name}: these parameters are outside their range")
    if kind in ("ppf", "isf"):
        y = _quantile(dist, kind, x, shapes) * scale + loc
    else:
        y = _function(dist, kind, (x - loc) / scale, shapes)
        if kind == "pdf":
            y = y / scale
        elif kind == "logpdf":
            y = y - log(scale)
    return _believed(y, theirs, dist, kind)


def _believed(y, theirs, dist, kind):
    ours = plain(y)
    with np.errstate(invalid="ignore"):
        apart = np.abs(ours - theirs)
        same = (apart <= 1e-7 * np.abs(theirs)) | (ours == theirs) | (apart <= 1e-14)
        same = same | (np.isnan(ours) & np.isnan(theirs))
    if shape_of(ours) != np.shape(theirs) or not np.all(same):
        raise NotTraceable(f"scipy.stats.{dist.name}.{kind}: the formula and SciPy's number differ")
    return y


def _quantile(dist, kind, q, shapes):
    if np.any((plain(q) <= 0) | (plain(q) >= 1)):
        raise NotTraceable(f"scipy.stats.{dist.name}.{kind} at 0 or 1 has no derivative")
    return standard(dist, kind, q, shapes)


def _function(dist, kind, x, shapes):
    """The standard function inside the support, its constants outside; on its ends the trace is on edge."""
    numbers = np.asarray(plain(x), dtype=float)
    low, high = dist._get_support(*(plain(s) for s in shapes))
    below, above = numbers < low, numbers > high
    if kind in ("cdf", "logcdf", "sf", "logsf") and isinstance(dist, stats.rv_continuous):
        below, above = numbers <= low, numbers >= high
    if isinstance(dist, stats.rv_continuous) and np.any((numbers == low) | (numbers == high)):
        for v in traced_in((x, *shapes)):
            v.on_edge(f"{dist.name}.{kind}")
    outside = below | above
    if not np.any(outside):
        return standard(dist, kind, x, shapes)
    shape = np.broadcast_shapes(shape_of(x), *map(shape_of, shapes))
    constants = np.where(below, _OUTSIDE[kind][0], _OUTSIDE[kind][1])
    if not shape or np.all(outside):
        return 0.0 * x + np.broadcast_to(constants, shape)[()]
    inner = _inside(low, high)
    y = standard(dist, kind, np.where(outside, inner, x), shapes)
    return np.where(outside, constants, y)


def _inside(low, high):
    """Some point of the support."""
    low, high = np.max(low), np.min(high)
    if np.isfinite(low) and np.isfinite(high):
        return (low + high) / 2
    return low + 1.0 if np.isfinite(low) else high - 1.0 if np.isfinite(high) else 0.0


def _mean_and_variance(dist, args, kwds):
    """Mean and variance, from the standard form's."""
    shapes, loc, scale = dist._parse_args(*args, **kwds)
    mean, variance, *_ = dist._stats(*(operand(s) for s in shapes))
    if mean is None or variance is None:
        raise NotTraceable(f"scipy.stats.{dist.name}: the moments have no formula here")
    scale = operand(scale)
    return mean * scale + operand(loc), variance * scale * scale


def _moments(kind):
    """mean, var, std, median, entropy, interval, stats of a distribution."""

    def function(self, *args, **kwds):
        args, kwds = unwrapped(args), unwrapped(kwds)
        seen = traced_in((args, kwds))
        if not seen:
            return getattr(type(self), kind)(self, *args, **kwds)
        with logged(tapes_of(seen)):
            theirs = getattr(type(self), kind)(self, *seen_through(args), **seen_through(kwds))
            return _believed(_moment(self, kind, args, kwds), theirs, self, kind)

    return function


def _moment(dist, kind, args, kwds):
    if kind == "median":
        return evaluate(dist, "ppf", 0.5, args, kwds)
    if kind == "entropy":
        shapes, _, scale = dist._parse_args(*args, **kwds)
        return dist._entropy(*(operand(s) for s in shapes)) + log(operand(scale))
    mean, variance = _mean_and_variance(dist, args, kwds)
    return {"mean": mean, "var": variance, "std": variance**0.5}[kind]


def _interval(self, confidence, *args, **kwds):
    ends = (1.0 - confidence) / 2.0, (1.0 + confidence) / 2.0
    return tuple(_METHODS["ppf"](self, q, *args, **kwds) for q in ends)


def _expect(self, func=None, args=(), loc=0, scale=1, lb=None, ub=None, conditional=False, **kwds):
    """The expectation as an integral (continuous distributions)."""
    from .quad import quad

    if conditional or kwds:
        raise NotTraceable(f"scipy.stats.{self.name}.expect: only plain bounds are followed")
    low, high = self.support(*seen_through(args), seen_through(loc), seen_through(scale))
    low, high = (low if lb is None else lb), (high if ub is None else ub)

    def integrand(x):
        y = _METHODS["pdf"](self, x, *args, loc=loc, scale=scale)
        return y if func is None else call(func, x) * y

    return quad(integrand, low, high)[0]


def _rvs(self, *args, **kwds):
    """Samples: those of the standard form, moved and stretched."""
    args, kwds = unwrapped(args), unwrapped(kwds)
    rest = {key: kwds.pop(key) for key in ("size", "random_state") if key in kwds}
    shapes, loc, scale = self._parse_args(*args, **kwds)
    if traced_in((shapes, rest)):
        raise NotTraceable(f"scipy.stats.{self.name}.rvs: shape parameters cannot vary")
    return operand(self.rvs(*shapes, **rest)) * scale + loc


def _method(kind):
    def function(self, *args, **kwds):
        args, kwds = unwrapped(args), unwrapped(kwds)
        first = (
            "q" if kind in ("ppf", "isf") else "k" if isinstance(self, stats.rv_discrete) else "x"
        )
        x, args = (kwds.pop(first), args) if first in kwds else (args[0], args[1:])
        seen = traced_in((x, args, kwds))
        if not seen:
            return getattr(type(self), kind)(self, x, *args, **kwds)
        with logged(tapes_of(seen)):
            return evaluate(self, kind, x, args, kwds)

    function.__name__ = kind
    return function


class Frozen:
    """A distribution with traced parameters: norm(mu, sigma) and its methods."""

    def __init__(self, dist, args, kwds):
        self.dist = dist
        self.args = args
        self.kwds = kwds

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        method = _METHODS.get(name)
        if method is None:
            refused = NotTraceable(
                f"scipy.stats.{self.dist.name}(…).{name} with traced parameters is not followed"
            )
            with logged(tapes_of(traced_in((self.args, self.kwds)))):
                raise refused
        if name == "expect":
            return self._expect
        return lambda *x, **named: method(self.dist, *x, *self.args, **named, **self.kwds)

    def _expect(self, func=None, lb=None, ub=None, conditional=False, **kwds):
        shapes, loc, scale = self.dist._parse_args(*self.args, **self.kwds)
        return _expecting(self.dist, func, shapes, loc, scale, lb, ub, conditional, **kwds)


def _expecting(self, *args, **kwds):
    """`expect`, whose function may reach traced values."""
    given = by_name(stats.rv_continuous.expect, (self, *args), kwds)
    given.pop("self")
    func = given.get("func")
    callback = Callback(func) if callable(func) else None
    plainly = seen_through({**given, "func": callback})
    found = type(self).expect(self, **plainly)
    seen = traced_in(given)
    if not (seen or (callback and callback.reached)):
        return found
    with logged(tapes_of(seen) | (callback.tapes if callback else set())):
        if not isinstance(self, stats.rv_continuous):
            raise NotTraceable(f"scipy.stats.{self.name}.expect is not followed")
        return _believed(_expect(self, **given), found, self, "expect")


def _freeze(self, *args, **kwds):
    args, kwds = unwrapped(args), unwrapped(kwds)
    return Frozen(self, args, kwds) if traced_in((args, kwds)) else self.freeze(*args, **kwds)


def _frozen_expect(self, func=None, lb=None, ub=None, conditional=False, **kwds):
    args, loc, scale = self.dist._parse_args(*self.args, **self.kwds)
    return _expecting(self.dist, func, args, loc, scale, lb, ub, conditional, **kwds)


def _frozen_method(kind):
    def function(self, *x, **named):
        return _METHODS[kind](self.dist, *x, *self.args, **named, **self.kwds)

    return function


_METHODS = {kind: _method(kind) for kind in dict.fromkeys(_CONTINUOUS + _DISCRETE)}
_METHODS |= {kind: _moments(kind) for kind in ("mean", "var", "std", "median", "entropy")}
_METHODS["interval"] = where_traced(rv_generic.interval, _interval)
_METHODS["expect"] = _expecting
_METHODS["rvs"] = where_traced(rv_generic.rvs, _rvs)


@cache
def stand_ins():
    """From the methods of SciPy's distributions to their stand-ins."""
    made = {rv_generic.__call__: _freeze}
    for kind in ("mean", "var", "std", "median", "entropy", "interval", "rvs"):
        made[getattr(rv_generic, kind)] = _METHODS[kind]
    made[stats.rv_continuous.rvs] = _METHODS["rvs"]
    made[stats.rv_continuous.expect] = _expecting
    made[rv_frozen.expect] = _frozen_expect
    for base, kinds in ((stats.rv_continuous, _CONTINUOUS), (stats.rv_discrete, _DISCRETE)):
        for kind in kinds:
            made[getattr(base, kind)] = _METHODS[kind]
    for kind in _METHODS:
        for frozen in (rv_frozen, rv_continuous_frozen, rv_discrete_frozen):
            if kind in vars(frozen) and kind in _CONTINUOUS + _DISCRETE:
                made[vars(frozen)[kind]] = _frozen_method(kind)
    return made
