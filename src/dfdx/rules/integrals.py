"""Integrals of positive functions that are closed under differentiation.

Differentiating Carlson's elliptic integrals, the scaled Bessel function e^x K_ν(x) or
Tricomi's U(a, b, x) by their recurrences subtracts nearly equal numbers. Under the
integral sign it multiplies a positive integrand by a factor of one sign, so every
derivative keeps its digits and is the same integral with other exponents. The
exponents are the parameters of the primitive; the substitution t = e^u makes the
integrand decay on both sides, where the trapezoidal rule converges geometrically.
Source: DLMF 10.32.9, 13.4.4, 19.16 and 3.5(i).
"""

from functools import cache
from math import inf

from ..pointwise import Pointwise
from .parameter import SAMPLED, slope

_POSITIVE = (0, inf)
_DIGITS = 42.0  # e^-42 is below a quarter unit in the last place
_AT_ONCE = 4096


def _by_parts(function):
    """`function` of flat float arrays, applied to arrays of any shape, some points at a time."""

    def on_arrays(*args):
        import numpy as np

        whole = np.broadcast_arrays(*(np.asarray(a, float) for a in args))
        flat = [a.ravel()[:, None] for a in whole]
        out = np.empty(whole[0].size)
        with np.errstate(all="ignore"):
            for start in range(0, out.size, _AT_ONCE):
                part = slice(start, start + _AT_ONCE)
                out[part] = function(*(a[part] for a in flat))
        return out.reshape(whole[0].shape) if whole[0].shape else out[0]

    return on_arrays


def _trapezoid(logarithm, low, high, step):
    """∫ e^logarithm(u) du over [low, high], with a step no longer than `step`, for each row."""
    import numpy as np

    lengths = (high - low) / step
    sane = np.isfinite(lengths) & (lengths > 0)
    count = int(min(lengths[sane].max(initial=1.0), 1e5)) + 2
    low, high = np.where(sane, low, np.nan), np.where(sane, high, np.nan)
    u = low + (high - low) * np.linspace(0, 1, count)
    return np.exp(logarithm(u)).sum(axis=1) * ((high - low)[:, 0] / (count - 1))


@cache
def carlson(q, powers):
    """∫₀^∞ t^q Π (t + zᵢ)^(−powersᵢ/2) dt as a card with the operands zᵢ ≥ 0, of which two may be 0.

    >>> round(carlson(0, (1, 1, 1))(1.0, 1.0, 1.0), 12)  # 2 R_F(1, 1, 1)
    2.0
    """

    def function(*zs):
        import numpy as np

        logs = [np.log(z) for z in zs]
        low = np.minimum.reduce([np.where(z > 0, w, inf) for z, w in zip(zs, logs, strict=True)])
        high = np.maximum.reduce(logs)
        zero = sum(np.where(z == 0, p / 2, 0.0) for z, p in zip(zs, powers, strict=True))
        left, right = q + 1 - zero, sum(powers) / 2 - q - 1

        def logarithm(u):
            t = np.exp(u)
            total = (q + 1) * u
            for z, p in zip(zs, powers, strict=True):
                total = total - p / 2 * np.log(t + z)
            return total

        low = np.where(left > 0, low - _DIGITS / left, np.nan)
        return _trapezoid(logarithm, low, high + _DIGITS / right, 0.4)

    return Pointwise(
        f"carlson[{q}; {', '.join(map(str, powers))}]",
        tuple(_carlson_partial(q, powers, k) for k in range(len(powers))),
        numpy=_by_parts(function),
        mp=lambda mp, *zs: mp.quad(
            lambda t: (
                t**q
                * mp.fprod((t + z) ** (-mp.mpf(p) / 2) for z, p in zip(zs, powers, strict=True))
            ),
            [0, *sorted({z for z in zs if z}), mp.inf],
        ),
        domain=(_POSITIVE,) * len(powers),
        bounds=_POSITIVE,
        ulps=20,
        latex="R",
    )


def _carlson_partial(q, powers, k):
    """−(pₖ/2) times the integral with pₖ + 2."""
    more = (*powers[:k], powers[k] + 2, *powers[k + 1 :])
    return lambda y, *zs: -powers[k] * carlson(q, more)(*zs) / 2


@cache
def bessel_k_integral(m, j):
    """∫₀^∞ (cosh t − 1)^m t^j c(νt) e^(x (1 − cosh t)) dt as a card of (ν, x); c is cosh, for odd j sinh.

    With m = j = 0 it is e^x K_ν(x).

    >>> round(bessel_k_integral(0, 0)(0.5, 2.0), 12)  # √(π/4)
    0.886226925453
    """

    def function(v, x):
        import numpy as np

        order, high = abs(v), np.zeros_like(v)
        for _ in range(6):
            high = np.arccosh(1 + (_DIGITS + (m + order) * high + j * np.log1p(high)) / x)
        t = high * np.linspace(0, 1, int(160 + 8 * np.sqrt(order.max(initial=0.0))))
        rise = 2 * np.sinh(t / 2) ** 2
        sides = -np.expm1(-2 * order * t) if j % 2 else 1 + np.exp(-2 * order * t)
        terms = rise**m * t**j * sides / 2 * np.exp(order * t - x * rise)
        terms[:, 0] /= 2
        return terms.sum(axis=1) * (t[:, 1] - t[:, 0]) * (np.sign(v)[:, 0] if j % 2 else 1)

    return Pointwise(
        f"bessel_k_integral[{m}, {j}]",
        (
            lambda y, v, x: bessel_k_integral(m, j + 1)(v, x),
            lambda y, v, x: -bessel_k_integral(m + 1, j)(v, x),
        ),
        numpy=_by_parts(function),
        mp=lambda mp, v, x: mp.quad(
            lambda t: (
                (mp.cosh(t) - 1) ** m
                * t**j
                * (mp.sinh if j % 2 else mp.cosh)(v * t)
                * mp.exp(x * (1 - mp.cosh(t)))
            ),
            mp.linspace(0, 40, 30),
        ),
        domain=((-inf, inf), _POSITIVE),
        breaks=lambda v, x: x,
        ulps=30,
        latex="K",
    )


def _tricomi(a, b, x):
    """U(a, b, x) for a > 0, x > 0: ∫ t^(a−1) (1 + t)^(b−a−1) e^(−x t) dt / Γ(a)."""
    import numpy as np
    from scipy.special import gammaln

    def logarithm(u):
        t = np.exp(u)
        return a * u + (b - a - 1) * np.log1p(t) - x * t - gammaln(a)

    peak = np.maximum(abs(b - 1), a)
    high = np.log((_DIGITS + 1) / x)
    for _ in range(6):
        high = np.log((_DIGITS + peak * (1 + abs(high))) / x)
    low = np.minimum(0, np.log(a / (x + abs(b - a - 1) + a))) - _DIGITS / a - 1
    return _trapezoid(logarithm, low, high, 0.2 / np.sqrt(1 + (a + abs(b)) / 8))


_tricomi_integral = _by_parts(_tricomi)


def _tricomi_on_arrays(a, b, x):
    """The integral where a is positive, SciPy's function elsewhere."""
    import numpy as np
    from scipy.special import hyperu

    integral = np.greater(a, 0.01)
    return np.where(integral, _tricomi_integral(np.where(integral, a, 1.0), b, x), hyperu(a, b, x))[
        ()
    ]


tricomi = Pointwise(
    "tricomi",
    (
        lambda y, a, b, x: slope(tricomi, 0)(a, b, x),
        lambda y, a, b, x: slope(tricomi, 1)(a, b, x),
        lambda y, a, b, x: -a * tricomi(a + 1, b + 1, x),
    ),
    numpy=_tricomi_on_arrays,
    mp="hyperu",
    domain=(_POSITIVE, (-inf, inf), _POSITIVE),
    breaks=lambda a, b, x: x,
    ulps=200,
    notes={0: SAMPLED, 1: SAMPLED},
    latex="U",
)
