"""Stand-ins for the functions of `statistics`, which count in fractions of plain numbers."""

import math
import statistics
from functools import cache

from ...graph import Operand
from ...rules.elementary import exp, log, sqrt


@cache
def stand_ins():
    """From the function of `statistics` to its stand-in."""
    ours = {
        "mean": _mean,
        "fmean": _fmean,
        "geometric_mean": _geometric_mean,
        "harmonic_mean": _harmonic_mean,
        "variance": lambda data, xbar=None: _variance(data, xbar, 1),
        "pvariance": lambda data, mu=None: _variance(data, mu, 0),
        "stdev": lambda data, xbar=None: _root(_variance(data, xbar, 1)),
        "pstdev": lambda data, mu=None: _root(_variance(data, mu, 0)),
        "covariance": _covariance,
        "correlation": _correlation,
        "linear_regression": _linear_regression,
        "_mean_stdev": lambda data: (_mean(data), _root(_variance(data, None, 1))),
        "_normal_dist_inv_cdf": _quantile,
    }
    known = {name: getattr(statistics, name, None) for name in ours}
    return {f: _where_traced(f, ours[name]) for name, f in known.items() if f is not None}


def _where_traced(plainly, function):
    """The function on lists, where a traced number is among them; else that of `statistics`."""

    def call(*data, **options):
        data = [_listed(d) for d in data]
        options = {name: _listed(d) for name, d in options.items()}
        given = (*data, *options.values())
        if any(_holds_traced(d) for d in given) and options.get("method") != "ranked":
            return function(*data, **options)
        return plainly(*data, **options)

    return call


def _listed(data):
    """What is iterated over, as a list; numbers and words as they are."""
    if isinstance(data, (Operand, str)) and not getattr(data, "shape", ()):
        return data
    return list(data) if hasattr(data, "__iter__") else data


def _holds_traced(data):
    values = data if type(data) is list else [data]
    return any(isinstance(v, Operand) for v in values)


def _root(x):
    return sqrt(x) if isinstance(x, Operand) else math.sqrt(x)


def _mean(data):
    return sum(data) / len(_enough(data, 1))


def _enough(data, least):
    """The data, or what `statistics` says of too few."""
    if len(data) < least:
        raise statistics.StatisticsError(f"at least {least} values are needed")
    return data


def _fmean(data, weights=None):
    if weights is None:
        return _mean(data)
    return sum(w * x for w, x in zip(weights, data, strict=True)) / sum(weights)


def _geometric_mean(data):
    return exp(_mean([log(x) for x in data]))


def _harmonic_mean(data, weights=None):
    weights = [1.0] * len(data) if weights is None else weights
    return sum(weights) / sum(w / x for w, x in zip(weights, data, strict=True))


def _variance(data, center, lost):
    center = _mean(data) if center is None else center
    return sum((x - center) ** 2 for x in data) / (len(_enough(data, lost + 1)) - lost)


def _covariance(x, y, /):
    mx, my = _mean(x), _mean(y)
    return sum((a - mx) * (b - my) for a, b in zip(x, y, strict=True)) / (len(_enough(x, 2)) - 1)


def _correlation(x, y, /, **options):
    return _covariance(x, y) / _root(_covariance(x, x) * _covariance(y, y))


def _linear_regression(x, y, /, *, proportional=False):
    if proportional:
        slope = sum(a * b for a, b in zip(x, y, strict=True)) / sum(a * a for a in x)
        return statistics.LinearRegression(slope, 0.0)
    slope = _covariance(x, y) / _covariance(x, x)
    return statistics.LinearRegression(slope, _mean(y) - slope * _mean(x))


def _quantile(p, mu, sigma):
    """The number below which a normal variable stays with probability p."""
    from ...rules.special_error import ndtri

    return mu + sigma * ndtri(p)
