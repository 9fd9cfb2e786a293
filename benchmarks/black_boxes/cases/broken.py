"""Derivatives that do not exist, with what the two sides say; and some that exist but look broken."""

import math
from functools import partial

from mpmath import mp

from ..case import Case

none = partial(Case, "not existing", exists=False)
there = partial(Case, "looks broken")
INF = math.inf


def hole(x):
    return math.sin(x) / x  # 0 / 0 raises


def filled_wrong(x):
    return math.sin(x) / x if x else 3.0


def filled_right(x):
    return math.sin(x) / x if x else 1.0


def rate(x):
    if x < 1:
        return x * x
    return 2 - x


def stairs(x):
    return math.floor(4 * x) / 4


def asserted(x):
    assert x >= 2, "too small"
    return x * math.log(x)


def sign(x):
    return (x > 0) - (x < 0)


CASES = (
    none("abs", lambda x: abs(x), 0.0, left=-1.0, right=1.0),
    none("abs at 3", lambda x: abs(x - 3) + x * x, 3.0, left=5.0, right=7.0),
    none(
        "slight kink",
        lambda x: math.sin(x) + 1e-4 * abs(x - 1),
        1.0,
        left=math.cos(1) - 1e-4,
        right=math.cos(1) + 1e-4,
    ),
    none("steep kink", lambda x: 1e6 * max(0.0, x - 2), 2.0, left=0.0, right=1e6),
    none("relu", lambda x: max(0.0, x), 0.0, left=0.0, right=1.0),
    none("max", lambda x: max(math.exp(x - 1), x * x), 1.0, left=1.0, right=2.0),
    none("clip", lambda x: min(max(x, -1.0), 1.0), 1.0, left=1.0, right=0.0),
    none("two laws", rate, 1.0, left=2.0, right=-1.0),
    none("abs sin", lambda x: abs(math.sin(x)), 0.0, left=-1.0, right=1.0),
    none("sqrt of a square", lambda x: math.sqrt(x * x), 0.0, left=-1.0, right=1.0),
    none("|x| exp x", lambda x: abs(x) * math.exp(x), 0.0, left=-1.0, right=1.0),
    none("kink at 1e6", lambda x: abs(x - 1e6), 1e6, left=-1.0, right=1.0),
    none("kink at 1e-6", lambda x: abs(x - 1e-6), 1e-6, left=-1.0, right=1.0),
    none("distance to a whole number", lambda x: abs(x - round(x)), 2.0, left=-1.0, right=1.0),
    none("jump", lambda x: math.floor(x), 2.0),
    none("jump with a slope", lambda x: math.floor(x) + 3 * x, 2.0),
    none("sign", sign, 0.0),
    none("small jump", lambda x: math.cos(x) + (1e-6 if x >= 1 else 0.0), 1.0),
    none("stairs", stairs, 0.5),
    none("x mod 1", lambda x: x % 1.0, 3.0),
    none("lone point", filled_wrong, 0.0),
    none("copysign", lambda x: math.copysign(1.0, x) * math.cos(x), 0.0),
    none("cusp", lambda x: abs(x) ** 0.5, 0.0, left=-INF, right=INF),
    none("cusp 2/3", lambda x: abs(x) ** (2 / 3), 0.0, left=-INF, right=INF),
    none("vertical tangent", lambda x: math.cbrt(x), 0.0, left=INF, right=INF),
    none(
        "signed root",
        lambda x: math.copysign(math.sqrt(abs(x - 1)), x - 1),
        1.0,
        left=INF,
        right=INF,
    ),
    none("sqrt at 0", lambda x: math.sqrt(x), 0.0, right=INF),
    none("asin at 1", lambda x: math.asin(x), 1.0, left=INF),
    none("x log |x|", lambda x: x * math.log(abs(x)) if x else 0.0, 0.0, left=-INF, right=-INF),
    none("x sin 1/x", lambda x: x * math.sin(1 / x) if x else 0.0, 0.0),
    none("sin 1/x", lambda x: math.sin(1 / x) if x else 0.0, 0.0),
    none("x cos log |x|", lambda x: x * math.cos(math.log(abs(x))) if x else 0.0, 0.0),
    none("kink of order 2", lambda x: x * abs(x), 0.0, 2, left=-2.0, right=2.0),
    none("kink of order 3", lambda x: abs(x) ** 3, 0.0, 3, left=-6.0, right=6.0),
    there("x abs x", lambda x: x * abs(x), 0.0, truth=lambda x: mp.mpf(0)),
    there(
        "x² sin 1/x",
        lambda x: x * x * math.sin(1 / x) if x else 0.0,
        0.0,
        truth=lambda x: mp.mpf(0),
    ),
    there("|x|^(4/3)", lambda x: abs(x) ** (4 / 3), 0.0, truth=lambda x: mp.mpf(0)),
    there("|x|^1.5 + x", lambda x: abs(x) ** 1.5 + x, 0.0, truth=lambda x: mp.mpf(1)),
    there("asserts beyond", asserted, 2.0, truth=lambda x: 1 + mp.log(x)),
    there("filled hole", filled_right, 0.0, truth=lambda x: mp.mpf(0)),
    there(
        "joined smoothly", lambda x: x * x if x < 1 else 2 * x - 1, 1.0, truth=lambda x: mp.mpf(2)
    ),
    there(
        "flat bump", lambda x: math.exp(-1 / x) if x > 0 else 0.0, 0.0, truth=lambda x: mp.mpf(0)
    ),
    there("relu squared", lambda x: max(0.0, x) ** 2, 0.0, truth=lambda x: mp.mpf(0)),
    there("|x|³, order 2", lambda x: abs(x) ** 3, 0.0, 2, truth=lambda x: mp.mpf(0)),
)
