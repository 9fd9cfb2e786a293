"""The cards of the functions around Bessel's: Airy, Kelvin, Struve, and integrals.

SciPy returns a function together with its slope and its second solution; here
each is a card of its own. Higher slopes come from the differential equation.
Source: DLMF 9.2, 10.22, 10.43, 10.61, 10.63, 11.4.
"""

# A table: one card, one line.
# fmt: off
from math import inf

from ..numbers import root_pi
from ..pointwise import pointwise
from .library import part
from .parameter import SAMPLED, slope
from .special_bessel import i0, j0, k0, y0
from .special_gamma import rgamma

_POSITIVE = (0, inf)
_REAL = (-inf, inf)
_AT_ZERO = {"breaks": lambda x: x, "domain": (_POSITIVE,)}
_STRUVE = {"module": "scipy.special", "domain": (_REAL, _POSITIVE), "breaks": lambda v, x: x, "notes": {0: SAMPLED}}


def _struve_source(v, x):
    """(x/2)^ν / (√π Γ(ν + 3/2)), by which the recurrence differs from Bessel's."""
    return (x / 2) ** v * rgamma(v + 1.5) / root_pi


def _mp_integral(bessel, sign, struve):
    """∫₀ˣ of a Bessel function of order 0, by Struve functions: DLMF 10.22.2 and 10.43.2."""
    def exact(mp, x):
        w, h = getattr(mp, bessel), getattr(mp, struve)
        return mp.pi * x / 2 * (w(0, x) * h(-1, x) + sign * w(1, x) * h(0, x))
    return exact


# Airy functions: w″ = x w
airy_ai = pointwise("airy_ai", lambda y, x: airy_aip(x), numpy=part("airy", 0), module="scipy.special", bounds=(-0.419015478032564, 0.5356566560156999), mp="airyai", ulps=50, latex=r"\operatorname{Ai}")
airy_aip = pointwise("airy_aip", lambda y, x: x * airy_ai(x), numpy=part("airy", 1), module="scipy.special", mp=lambda mp, x: mp.airyai(x, derivative=1), ulps=50, latex=r"\operatorname{Ai}'")
airy_bi = pointwise("airy_bi", lambda y, x: airy_bip(x), numpy=part("airy", 2), module="scipy.special", mp="airybi", ulps=10, latex=r"\operatorname{Bi}")
airy_bip = pointwise("airy_bip", lambda y, x: x * airy_bi(x), numpy=part("airy", 3), module="scipy.special", mp=lambda mp, x: mp.airybi(x, derivative=1), ulps=10, latex=r"\operatorname{Bi}'")

# Kelvin functions: w″ + w′/x = i w for w = ber + i bei and w = ker + i kei
ber = pointwise("ber", lambda y, x: berp(x), module="scipy.special", mp=lambda mp, x: mp.ber(0, x), ulps=2e6, latex=r"\operatorname{ber}")
bei = pointwise("bei", lambda y, x: beip(x), module="scipy.special", mp=lambda mp, x: mp.bei(0, x), ulps=1e5, latex=r"\operatorname{bei}")
ker = pointwise("ker", lambda y, x: kerp(x), module="scipy.special", mp=lambda mp, x: mp.ker(0, x), ulps=3e5, latex=r"\operatorname{ker}", **_AT_ZERO)
kei = pointwise("kei", lambda y, x: keip(x), module="scipy.special", mp=lambda mp, x: mp.kei(0, x), ulps=1e6, latex=r"\operatorname{kei}", **_AT_ZERO)
berp = pointwise("berp", lambda y, x: -bei(x) - y / x, module="scipy.special", mp=lambda mp, x: mp.diff(lambda t: mp.ber(0, t), x), ulps=1e6, latex=r"\operatorname{ber}'")
beip = pointwise("beip", lambda y, x: ber(x) - y / x, module="scipy.special", mp=lambda mp, x: mp.diff(lambda t: mp.bei(0, t), x), ulps=5e5, latex=r"\operatorname{bei}'")
kerp = pointwise("kerp", lambda y, x: -kei(x) - y / x, module="scipy.special", mp=lambda mp, x: mp.diff(lambda t: mp.ker(0, t), x), ulps=2e5, latex=r"\operatorname{ker}'", **_AT_ZERO)
keip = pointwise("keip", lambda y, x: ker(x) - y / x, module="scipy.special", mp=lambda mp, x: mp.diff(lambda t: mp.kei(0, t), x), ulps=2e6, latex=r"\operatorname{kei}'", **_AT_ZERO)

# Struve functions
struve = pointwise("struve", lambda y, v, x: slope(struve, 0)(v, x), lambda y, v, x: (struve(v - 1, x) - struve(v + 1, x) + _struve_source(v, x)) / 2, mp="struveh", ulps=300, latex=r"\mathbf{H}", **_STRUVE)
modstruve = pointwise("modstruve", lambda y, v, x: slope(modstruve, 0)(v, x), lambda y, v, x: (modstruve(v - 1, x) + modstruve(v + 1, x) + _struve_source(v, x)) / 2, mp="struvel", ulps=2000, latex=r"\mathbf{L}", **_STRUVE)

# integrals from 0 to x
itj0 = pointwise("itj0", lambda y, x: j0(x), numpy=part("itj0y0", 0), module="scipy.special", mp=_mp_integral("besselj", 1, "struveh"), ulps=2e6, latex=r"\textstyle\int J_0")
ity0 = pointwise("ity0", lambda y, x: y0(x), numpy=part("itj0y0", 1), module="scipy.special", mp=_mp_integral("bessely", 1, "struveh"), ulps=5e7, latex=r"\textstyle\int Y_0", **_AT_ZERO)
iti0 = pointwise("iti0", lambda y, x: i0(x), numpy=part("iti0k0", 0), module="scipy.special", trend="up", mp=_mp_integral("besseli", -1, "struvel"), ulps=1e8, latex=r"\textstyle\int I_0")
itk0 = pointwise("itk0", lambda y, x: k0(x), numpy=part("iti0k0", 1), module="scipy.special", trend="up", mp=_mp_integral("besselk", 1, "struvel"), ulps=30000, latex=r"\textstyle\int K_0", **_AT_ZERO)
