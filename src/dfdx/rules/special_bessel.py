"""The cards of the Bessel functions: cylinder, modified, exponentially scaled, spherical.

Slopes are half sums or half differences of the neighbours in order, whose terms
do not cancel. The scaled functions e^(∓x) I and K, whose neighbours do, have their
slopes from Kummer's function and from an integral. In the order, K is an integral
too; the others are fits. Source: DLMF 10.6, 10.29, 10.38, 10.39, 10.51.
"""

# A table: one card, one line.
# fmt: off
from math import inf

from ..pointwise import pointwise
from .arithmetic import maximum, sign
from .elementary import exp
from .integrals import bessel_k_integral
from .parameter import SAMPLED, slope
from .special_gamma import rgamma
from .special_hypergeometric import hyp1f1

_POSITIVE = (0, inf)
_REAL = (-inf, inf)
_IN_ORDER = {0: SAMPLED}
_CYLINDER = {"module": "scipy.special", "breaks": lambda v, x: x, "domain": (_REAL, _POSITIVE), "notes": _IN_ORDER}
_SPHERICAL = {"module": "scipy.special", "domain": (_POSITIVE, _REAL)}
_SPHERICAL_POLE = {"module": "scipy.special", "domain": (_POSITIVE, _POSITIVE), "breaks": lambda n, x: x}


def _scaled_i_slope(y, v, x):
    """d/dx e^(−x) I_ν(x) from M(ν + 1/2, 2ν + 1, −2x): no neighbours, so no cancellation far out."""
    return y * v / x - (x / 2) ** v * rgamma(v + 1) * hyp1f1(v + 1.5, 2 * v + 2, -2 * x)


def _scaled_i0_slope(y, x):
    """d/dx e^(−|x|) I₀(x)."""
    return -sign(x) * hyp1f1(1.5, 2, -2 * abs(x))


def _scaled_i1_slope(y, x):
    """d/dx e^(−|x|) I₁(x), as M(3/2, 3, −2|x|) and its slope give it."""
    u = abs(x)
    return (hyp1f1(1.5, 3, -2 * u) - u * hyp1f1(2.5, 4, -2 * u)) / 2


_ENTIRE = ("besselj", "besseli")


def _mp_spherical(name):
    def exact(mp, n, x):
        if x == 0 and name in _ENTIRE:
            return mp.mpf(n == 0)
        if x < 0 and name in _ENTIRE:
            return (-1) ** int(n) * exact(mp, n, -x)
        return mp.re(getattr(mp, name)(n + mp.mpf(1) / 2, x) / mp.sqrt(2 * x / mp.pi))
    return exact


def _scaled(name, sign):
    def exact(mp, v, x):
        return getattr(mp, name)(v, x) * mp.exp(sign * abs(x))
    return exact


# first and second kind
j0 = pointwise("j0", lambda y, x: -j1(x), module="scipy.special", bounds=(-0.402759395702553, 1), mp=lambda mp, x: mp.besselj(0, x), ulps=5, latex="J_0")
j1 = pointwise("j1", lambda y, x: (j0(x) - jv(2, x)) / 2, module="scipy.special", bounds=(-0.5818652242815964, 0.5818652242815964), mp=lambda mp, x: mp.besselj(1, x), ulps=5, latex="J_1")
jv = pointwise("jv", lambda y, v, x: slope(jv, 0)(v, x), lambda y, v, x: (jv(v - 1, x) - jv(v + 1, x)) / 2, mp="besselj", latex="J", ulps=200, **_CYLINDER)
jve = pointwise("jve", lambda y, v, x: slope(jve, 0)(v, x), lambda y, v, x: (jve(v - 1, x) - jve(v + 1, x)) / 2, mp="besselj", latex="J", ulps=300, **_CYLINDER)
y0 = pointwise("y0", lambda y, x: -y1(x), module="scipy.special", domain=(_POSITIVE,), breaks=lambda x: x, bounds=(-inf, 0.5207864124022675), mp=lambda mp, x: mp.bessely(0, x), ulps=10, latex="Y_0")
y1 = pointwise("y1", lambda y, x: y0(x) - y / x, module="scipy.special", domain=(_POSITIVE,), breaks=lambda x: x, bounds=(-inf, 0.41672992810645143), mp=lambda mp, x: mp.bessely(1, x), ulps=10, latex="Y_1")
yn = pointwise("yn", None, lambda y, n, x: (yn(n - 1, x) - yn(n + 1, x)) / 2, module="scipy.special", domain=(_REAL, _POSITIVE), breaks=lambda n, x: x, mp="bessely", ulps=20, latex="Y")
yv = pointwise("yv", lambda y, v, x: slope(yv, 0)(v, x), lambda y, v, x: (yv(v - 1, x) - yv(v + 1, x)) / 2, mp="bessely", latex="Y", ulps=500, **_CYLINDER)
yve = pointwise("yve", lambda y, v, x: slope(yve, 0)(v, x), lambda y, v, x: (yve(v - 1, x) - yve(v + 1, x)) / 2, mp="bessely", latex="Y", ulps=100, **_CYLINDER)

# modified
i0 = pointwise("i0", lambda y, x: i1(x), module="scipy.special", bounds=(1, inf), mp=lambda mp, x: mp.besseli(0, x), ulps=10, latex="I_0")
i1 = pointwise("i1", lambda y, x: (i0(x) + iv(2, x)) / 2, module="scipy.special", trend="up", mp=lambda mp, x: mp.besseli(1, x), ulps=5, latex="I_1")
iv = pointwise("iv", lambda y, v, x: slope(iv, 0)(v, x), lambda y, v, x: (iv(v - 1, x) + iv(v + 1, x)) / 2, mp="besseli", latex="I", ulps=10, **_CYLINDER)
k0 = pointwise("k0", lambda y, x: -k1(x), module="scipy.special", domain=(_POSITIVE,), breaks=lambda x: x, bounds=_POSITIVE, trend="down", mp=lambda mp, x: mp.besselk(0, x), ulps=10, latex="K_0")
k1 = pointwise("k1", lambda y, x: -k0(x) - y / x, module="scipy.special", domain=(_POSITIVE,), breaks=lambda x: x, bounds=_POSITIVE, trend="down", mp=lambda mp, x: mp.besselk(1, x), latex="K_1")
kn = pointwise("kn", None, lambda y, n, x: -(kn(abs(n - 1), x) + kn(n + 1, x)) / 2, module="scipy.special", domain=(_POSITIVE, _POSITIVE), breaks=lambda n, x: x, bounds=_POSITIVE, mp="besselk", ulps=5, latex="K")
kv = pointwise("kv", lambda y, v, x: exp(-x) * bessel_k_integral(0, 1)(v, x), lambda y, v, x: -(kv(v - 1, x) + kv(v + 1, x)) / 2, module="scipy.special", domain=(_REAL, _POSITIVE), breaks=lambda v, x: x, bounds=_POSITIVE, mp="besselk", ulps=200, latex="K")

# exponentially scaled
i0e = pointwise("i0e", _scaled_i0_slope, module="scipy.special", bounds=(0, 1), breaks=lambda x: x, mp=lambda mp, x: mp.besseli(0, x) * mp.exp(-abs(x)), ulps=10, latex=r"\tilde{I}_0")
i1e = pointwise("i1e", _scaled_i1_slope, module="scipy.special", bounds=(-0.21909197495053098, 0.21909197495053098), mp=lambda mp, x: mp.besseli(1, x) * mp.exp(-abs(x)), ulps=20, latex=r"\tilde{I}_1")
ive = pointwise("ive", lambda y, v, x: slope(ive, 0)(v, x), _scaled_i_slope, mp=_scaled("besseli", -1), latex=r"\tilde{I}", ulps=300, **_CYLINDER)
k0e = pointwise("k0e", lambda y, x: -bessel_k_integral(1, 0)(0, x), module="scipy.special", domain=(_POSITIVE,), breaks=lambda x: x, bounds=_POSITIVE, trend="down", mp=lambda mp, x: mp.besselk(0, x) * mp.exp(x), ulps=20, latex=r"\tilde{K}_0")
k1e = pointwise("k1e", lambda y, x: -bessel_k_integral(1, 0)(1, x), module="scipy.special", domain=(_POSITIVE,), breaks=lambda x: x, bounds=_POSITIVE, trend="down", mp=lambda mp, x: mp.besselk(1, x) * mp.exp(x), ulps=5, latex=r"\tilde{K}_1")
kve = pointwise("kve", lambda y, v, x: bessel_k_integral(0, 1)(v, x), lambda y, v, x: -bessel_k_integral(1, 0)(v, x), module="scipy.special", domain=(_REAL, _POSITIVE), breaks=lambda v, x: x, bounds=_POSITIVE, mp=_scaled("besselk", 1), ulps=1000, latex=r"\tilde{K}")

# spherical, of integer order; the maximum keeps j₋₁ out where n = 0 multiplies it
spherical_jn = pointwise("spherical_jn", None, lambda y, n, x: (n * spherical_jn(maximum(n - 1, 0), x) - (n + 1) * spherical_jn(n + 1, x)) / (2 * n + 1), mp=_mp_spherical("besselj"), latex=r"\mathsf{j}", ulps=10, **_SPHERICAL)
spherical_in = pointwise("spherical_in", None, lambda y, n, x: (n * spherical_in(maximum(n - 1, 0), x) + (n + 1) * spherical_in(n + 1, x)) / (2 * n + 1), mp=_mp_spherical("besseli"), latex=r"\mathsf{i}", ulps=10, **_SPHERICAL)
spherical_yn = pointwise("spherical_yn", None, lambda y, n, x: (n * spherical_yn(maximum(n - 1, 0), x) - (n + 1) * spherical_yn(n + 1, x)) / (2 * n + 1), mp=_mp_spherical("bessely"), latex=r"\mathsf{y}", ulps=3, **_SPHERICAL_POLE)
spherical_kn = pointwise("spherical_kn", None, lambda y, n, x: -(n * spherical_kn(maximum(n - 1, 0), x) + (n + 1) * spherical_kn(n + 1, x)) / (2 * n + 1), mp=_mp_spherical("besselk"), latex=r"\mathsf{k}", ulps=3, **_SPHERICAL_POLE)
