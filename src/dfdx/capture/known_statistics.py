"""Stand-ins for the functions of `statistics`, which count in fractions of plain numbers."""

import statistics
from functools import cache
from math import sqrt

from ..graph import Operand
from ..rules.table import all_cards


@cache
def stand_ins():
    """From the function of `statistics` to its stand-in."""
    ours = {
        "mean": _mean,
        "fmean": _fmean,
        "geometric_mean": _geometric_mean,
        "harmonic_mean": _harmonic_mean,
        "variance": _variance(1),
        "pvariance": _variance(0),
        "stdev": _deviation(1),
        "pstdev": _deviation(0),
        "covariance": _covariance,
        "correlation": _correlation,
        "linear_regression": _linear_regression,
    }
    return {getattr(statistics, name): _where_traced(name, f) for name, f in ours.items()}


def _where_traced(name, function):
    plainly = getattr(statistics, name)

    def call(*data, **options):
        lists = [list(d) if hasattr(d, "__iter__") else d for d in data]
        traced = any(isinstance(v, Operand) for d in lists if isinstance(d, list) for v in d)
        return function(*lists, **options) if traced else plainly(*lists, **options)

    return call


def _root(x):
    return all_cards()["sqrt"](x) if isinstance(x, Operand) else sqrt(x)


def _mean(data):
    return sum(data) / len(data)


def _fmean(data, weights=None):
    if weights is None:
        return _mean(data)
    weights = list(weights)
    return sum(w * x for w, x in zip(weights, data, strict=True)) / sum(weights)


def _geometric_mean(data):
    cards = all_cards()
    return cards["exp"](_mean([cards["log"](x) for x in data]))


def _harmonic_mean(data, weights=None):
    weights = [1.0] * len(data) if weights is None else list(weights)
    return sum(weights) / sum(w / x for w, x in zip(weights, data, strict=True))


def _variance(lost):
    def variance(data, center=None):
        center = _mean(data) if center is None else center
        return sum((x - center) ** 2 for x in data) / (len(data) - lost)

    return variance


def _deviation(lost):
    variance = _variance(lost)
    return lambda data, center=None: _root(variance(data, center))


def _covariance(x, y):
    mx, my = _mean(x), _mean(y)
    return sum((a - mx) * (b - my) for a, b in zip(x, y, strict=True)) / (len(x) - 1)


def _correlation(x, y, **options):
    return _covariance(x, y) / _root(_covariance(x, x) * _covariance(y, y))


def _linear_regression(x, y, *, proportional=False):
    if proportional:
        slope = sum(a * b for a, b in zip(x, y, strict=True)) / sum(a * a for a in x)
        return statistics.LinearRegression(slope, 0.0)
    slope = _covariance(x, y) / _covariance(x, x)
    return statistics.LinearRegression(slope, _mean(y) - slope * _mean(x))
