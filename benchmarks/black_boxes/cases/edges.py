"""Edges of the domain, where the function raises or is nan on the other side."""

import math
from functools import partial

import numpy as np

from ..case import Case

edge = partial(Case, "domain edge")


def quiet_log(x):
    with np.errstate(all="ignore"):
        return float(np.log(x))


def quiet_sqrt(x):
    with np.errstate(all="ignore"):
        return float(np.sqrt(x)) * x


def only_inside(x):
    if not 0 <= x <= 1:
        raise ValueError(f"a probability lies between 0 and 1, not {x}")
    return x**2 * (1 - x) ** 3 + x


def asserted(x):
    assert x >= 2, "too small"
    return x * math.log(x)


def none_outside(x):
    return math.cos(x) if x > 0 else None


def infinite_outside(x):
    return -math.log(x) if x > 0 else math.inf


def table(x):
    heights = [1.0, 2.0, 4.0, 7.0]
    k = int(x)
    if k < 0 or k > 2:
        raise IndexError("outside the table")
    return heights[k] + (x - k) * (heights[k + 1] - heights[k])


CASES = (
    edge("sqrt, 1e-3", lambda x: math.sqrt(x), 1e-3),
    edge("sqrt, 1e-12", lambda x: math.sqrt(x), 1e-12),
    edge("sqrt, 1e-300", lambda x: math.sqrt(x), 1e-300),
    edge("log, 1e-5", lambda x: math.log(x), 1e-5),
    edge("log, 1e-200", lambda x: math.log(x), 1e-200),
    edge("asin, 0.999", lambda x: math.asin(x), 0.999),
    edge("asin, 1 - 1e-8", lambda x: math.asin(x), 1 - 2.0**-27),
    edge("acosh, 1.001", lambda x: math.acosh(x), 1.001),
    edge("log1p", lambda x: math.log1p(x), -0.9999),
    edge("sqrt(1 - x²)", lambda x: math.sqrt(1 - x * x), 0.9999),
    edge("x log x", lambda x: x * math.log(x), 1e-7),
    edge("nan outside", quiet_log, 1e-4),
    edge("nan outside, sqrt", quiet_sqrt, 0.01),
    edge("raises outside", only_inside, 0.02),
    edge("raises outside, 1e-6", only_inside, 1 - 1e-6),
    edge("asserts", asserted, 2.01),
    edge("None outside", none_outside, 0.05),
    edge("inf outside", infinite_outside, 0.03),
    edge("table's end", table, 2.9),
    edge("narrow domain", lambda x: math.asin(1e6 * (x - 1)) + x, 1 + 3e-7),
    edge("sqrt at 1e10", lambda x: math.sqrt(x - 1e10), 1e10 + 2.0**-8),
)
