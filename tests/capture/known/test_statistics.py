"""The functions of statistics on traced numbers."""

import statistics as st

import mpmath as mp
import pytest
from constructs import exactly

from dfdx import derivative


def mean(values):
    return mp.fsum(values) / len(values)


def variance(values, lost=1):
    return mp.fsum((v - mean(values)) ** 2 for v in values) / (len(values) - lost)


def covariance(x):
    a, b = [x, 1, 2], [1, 2, mp.mpf(4)]
    return mp.fsum((p - mean(a)) * (q - mean(b)) for p, q in zip(a, b, strict=True)) / 2


DATA = lambda x: [x, 2.0, x**2, 0.5]
CASES = {
    "mean": (lambda x: st.mean(DATA(x)), lambda x: mean(DATA(x))),
    "fmean": (lambda x: st.fmean(DATA(x)), lambda x: mean(DATA(x))),
    "fmean weighted": (lambda x: st.fmean([x, 2.0], [x, 3.0]), lambda x: (x * x + 6) / (x + 3)),
    "geometric_mean": (lambda x: st.geometric_mean(DATA(x)), lambda x: mp.root(x**3, 4)),
    "harmonic_mean": (lambda x: st.harmonic_mean(DATA(x)), lambda x: 4 / (1 / x + x**-2 + 2.5)),
    "harmonic weighted": (lambda x: st.harmonic_mean([x, 2.0], [1, 3]), lambda x: 4 / (1 / x + 1.5)),
    "variance": (lambda x: st.variance(DATA(x)), lambda x: variance(DATA(x))),
    "pvariance": (lambda x: st.pvariance(DATA(x)), lambda x: variance(DATA(x), 0)),
    "variance about": (lambda x: st.pvariance([x, 1.0], 0.5), lambda x: ((x - 0.5) ** 2 + 0.25) / 2),
    "stdev": (lambda x: st.stdev(DATA(x)), lambda x: mp.sqrt(variance(DATA(x)))),
    "pstdev": (lambda x: st.pstdev(DATA(x)), lambda x: mp.sqrt(variance(DATA(x), 0))),
    "median": (lambda x: st.median(DATA(x)), lambda x: (x + x**2) / 2),
    "median_low": (lambda x: st.median_low(DATA(x)) + st.median_high(DATA(x)), lambda x: x + x**2),
    "quantiles": (lambda x: st.quantiles(DATA(x), n=4)[1], lambda x: (x + x**2) / 2),
    "covariance": (lambda x: st.covariance([x, 1, 2], [1, 2, 4]), lambda x: covariance(x)),
    "correlation": (
        lambda x: st.correlation([x, 1, 2], [1, 2, 4]),
        lambda x: covariance(x) / mp.sqrt(variance([x, 1, 2]) * variance([1, 2, mp.mpf(4)])),
    ),
    "linear_regression": (
        lambda x: st.linear_regression([0.0, 1.0, 2.0], [x, 1.0, x**2]).slope,
        lambda x: (x**2 - x) / 2,
    ),
    "proportional": (
        lambda x: st.linear_regression([1.0, 2.0], [x, x**2], proportional=True).slope,
        lambda x: (x + 2 * x**2) / 5,
    ),
    "xbar": (lambda x: st.variance([x, 1.0], xbar=x / 2), lambda x: (x / 2) ** 2 + (1 - x / 2) ** 2),
    "weights": (lambda x: st.fmean([1.0, 2.0], weights=[x, 3.0]), lambda x: (x + 6) / (x + 3)),
    "from samples": (
        lambda x: st.NormalDist.from_samples(DATA(x)).variance,
        lambda x: variance(DATA(x)),
    ),
    "a quantile": (
        lambda x: st.NormalDist(x, x**2).inv_cdf(x / 2),
        lambda x: x + x**2 * mp.sqrt(2) * mp.erfinv(x - 1),
    ),
    "a density": (lambda x: st.NormalDist(x, 2.0).pdf(0.3), lambda x: mp.npdf(0.3, x, 2)),
    "a distribution": (lambda x: st.NormalDist(1.0, x).cdf(0.3), lambda x: mp.ncdf((0.3 - 1) / x)),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_derivatives(name):
    f, formula = CASES[name]
    exactly(f, 1.3, formula)


def test_plain_numbers_are_left_to_statistics():
    f = lambda x: x * st.mean([1, 2, 4]) + 0 * st.mode([1, 1, 2])
    assert derivative(f, 1.0) == st.mean([1, 2, 4])


def test_errors_are_those_of_statistics():
    for f in (lambda x: st.mean([]) * x, lambda x: st.stdev([x])):
        with pytest.raises(st.StatisticsError):
            f(1.0)
        with pytest.raises(st.StatisticsError):
            derivative(f, 1.0)
