"""The cards of the error function and its kin: erf, the normal distribution, Faddeeva, Fresnel.

Where the textbook's rule subtracts nearly equal numbers (2 x erfcx(x) − 2/√π,
1 − 2 x F(x)) the slope is written with a function that has it as its value.
Source: DLMF 7; for Owen's T function D. B. Owen (1956).
"""

# A table: one card, one line.
# fmt: off
from functools import cache
from math import inf

from ..numbers import pi, root_pi, root_two, root_two_pi, two_by_root_pi
from ..pointwise import Pointwise, pointwise
from .choice import choose, greater
from .elementary import cos, exp, sin
from .integrals import tricomi
from .library import inverse, part
from .special_hypergeometric import hyp1f1

_POSITIVE = (0, inf)
_REAL = (-inf, inf)
_FAR = 6.5  # beyond it the asymptotic series of the Faddeeva function has all digits


def _erfcx_slope(y, x):
    """2 x y − 2/√π, which cancels for large x: there −U(1, 1/2, x²)/√π."""
    far = greater(x, 0.5)
    v = choose(far, x, 1.0)
    return choose(far, -tricomi(1, 0.5, v * v) / root_pi, 2 * x * y - two_by_root_pi)


def _dawson_slope(y, x):
    """1 − 2 x y, which is Kummer's M(1, 1/2, −x²)."""
    return hyp1f1(1, 0.5, -x * x)


@cache
def faddeeva(order, part):
    """The real (part 0) or imaginary (part 1) part of w⁽ᵏ⁾(x + i y) as a card, for w = e^(−z²) erfc(−i z).

    Near 0 by w″ = −2 z w′ − 2 w, far out by the asymptotic series, so that no order cancels.

    >>> round(faddeeva(0, 0)(0.0, 1.0), 12)  # e erfc(1)
    0.427583576156
    """
    def on_arrays(x, y):
        import numpy as np
        from scipy.special import wofz
        z = np.asarray(x) + 1j * np.asarray(y)
        with np.errstate(all="ignore"):
            lower, w = 0.0, wofz(z)
            for k in range(order):
                lower, w = w, 2j / np.sqrt(np.pi) - 2 * z * w if k == 0 else -2 * z * w - 2 * k * lower
            term = 1j / np.sqrt(np.pi) / np.where(abs(z) > _FAR, z, 1.0)
            for k in range(order):
                term = -term * (k + 1) / z
            series = 0.0
            for n in range(40):
                series = series + term
                term = term * (2 * n + order + 1) * (2 * n + order + 2) / (4 * (n + 1) * z * z)
        far = (abs(z) > _FAR) & (np.asarray(y) >= 0)
        w = np.where(far, series, w)
        return (w.imag if part else w.real)[()]

    def exact(mp, x, y):
        def w(z):
            return mp.exp(-z * z) * mp.erfc(-1j * z)
        value = mp.diff(w, mp.mpc(x, y), order) if order else w(mp.mpc(x, y))
        return value.imag if part else value.real

    cross = (lambda g, x, y: faddeeva(order + 1, 0)(x, y)) if part else (lambda g, x, y: -faddeeva(order + 1, 1)(x, y))
    return Pointwise(f"faddeeva[{order}, {'im' if part else 're'}]", (lambda g, x, y: faddeeva(order + 1, part)(x, y), cross), numpy=on_arrays, mp=exact, ulps=100, latex="w")


def _voigt(order, part, x, s, g):
    """The part of w⁽ᵏ⁾ at (x + i γ)/(σ √2)."""
    return faddeeva(order, part)(x / (s * root_two), g / (s * root_two))


def _voigt_mp(mp, x, s, g):
    z = mp.mpc(x, g) / (s * mp.sqrt(2))
    return (mp.exp(-z * z) * mp.erfc(-1j * z)).real / (s * mp.sqrt(2 * mp.pi))


def _owen_mp(mp, h, a):
    return mp.quad(lambda t: mp.exp(-h * h * (1 + t * t) / 2) / (1 + t * t), mp.linspace(0, a, 5)) / (2 * mp.pi)


# the error function
erf = pointwise("erf", lambda y, x: two_by_root_pi * exp(-x * x), module="scipy.special", bounds=(-1, 1), trend="up", latex=r"\operatorname{erf}")
erfc = pointwise("erfc", lambda y, x: -(two_by_root_pi * exp(-x * x)), module="scipy.special", bounds=(0, 2), trend="down", ulps=3, latex=r"\operatorname{erfc}")
erfcx = pointwise("erfcx", _erfcx_slope, module="scipy.special", bounds=_POSITIVE, trend="down", mp=lambda mp, x: mp.exp(x * x) * mp.erfc(x), ulps=5, latex=r"\operatorname{erfcx}")
erfi = pointwise("erfi", lambda y, x: two_by_root_pi * exp(x * x), module="scipy.special", trend="up", ulps=100, latex=r"\operatorname{erfi}")
erfinv = pointwise("erfinv", lambda y, x: root_pi * exp(y * y) / 2, module="scipy.special", breaks=lambda x: (1 - x) * (1 + x), domain=((-1, 1),), trend="up", latex=r"\operatorname{erf}^{-1}")
erfcinv = pointwise("erfcinv", lambda y, x: -(root_pi * exp(y * y)) / 2, module="scipy.special", breaks=lambda x: x * (2 - x), domain=((0, 2),), trend="down", mp=lambda mp, x: mp.erfinv(1 - x), ulps=5, latex=r"\operatorname{erfc}^{-1}")
dawsn = pointwise("dawsn", _dawson_slope, module="scipy.special", bounds=(-0.5410442246351818, 0.5410442246351818), mp=lambda mp, x: mp.sqrt(mp.pi) / 2 * mp.exp(-x * x) * mp.erfi(x), ulps=100, latex="F")

# the normal distribution; Voigt's profile spreads like heat, so its slope in σ is σ ∂²/∂x²
ndtr = pointwise("ndtr", lambda y, x: exp(-x * x / 2) / root_two_pi, module="scipy.special", bounds=(0, 1), trend="up", mp="ncdf", ulps=3, latex=r"\Phi")
log_ndtr = pointwise("log_ndtr", lambda y, x: 2 / (root_two_pi * erfcx(-x / root_two)), module="scipy.special", bounds=(-inf, 0), trend="up", mp=lambda mp, x: mp.log(mp.ncdf(x)) if x < 0 else mp.log1p(-mp.ncdf(-x)), ulps=3, latex=r"\ln\Phi")
ndtri = pointwise("ndtri", lambda y, p: root_two_pi * exp(y * y / 2), module="scipy.special", breaks=lambda p: p * (1 - p), domain=((0, 1),), trend="up", mp=lambda mp, p: mp.sqrt(2) * mp.erfinv(2 * p - 1), ulps=5, latex=r"\Phi^{-1}")
ndtri_exp = pointwise("ndtri_exp", lambda y, x: root_two_pi * erfcx(-y / root_two) / 2, module="scipy.special", breaks=lambda x: x, domain=((-inf, 0),), trend="up", mp=inverse("ndtri_exp", lambda mp, x: mp.log(mp.ncdf(x))), ulps=5)
owens_t = pointwise("owens_t", lambda y, h, a: -exp(-h * h / 2) * erf(a * h / root_two) / root_two_pi / 2, lambda y, h, a: exp(-h * h * (1 + a * a) / 2) / (1 + a * a) / pi / 2, module="scipy.special", mp=_owen_mp, bounds=(-0.25, 0.25), ulps=5, latex="T")
voigt_profile = pointwise("voigt_profile", lambda z, x, s, g: _voigt(1, 0, x, s, g) / (2 * s * s * root_pi), lambda z, x, s, g: _voigt(2, 0, x, s, g) / (2 * s * s * root_two_pi), lambda z, x, s, g: -_voigt(1, 1, x, s, g) / (2 * s * s * root_pi), module="scipy.special", domain=(_REAL, _POSITIVE, _POSITIVE), bounds=_POSITIVE, mp=_voigt_mp, ulps=50, latex="V")

# Fresnel integrals
fresnel_s = pointwise("fresnel_s", lambda y, x: sin(pi * x * x / 2), numpy=part("fresnel", 0), module="scipy.special", bounds=(-0.7139722140219397, 0.7139722140219397), mp="fresnels", ulps=3, latex="S")
fresnel_c = pointwise("fresnel_c", lambda y, x: cos(pi * x * x / 2), numpy=part("fresnel", 1), module="scipy.special", bounds=(-0.7798934003768229, 0.7798934003768229), mp="fresnelc", ulps=6, latex="C")
