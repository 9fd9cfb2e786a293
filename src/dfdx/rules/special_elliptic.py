"""The cards of the elliptic integrals and functions, in the parameter m = k².

The textbook's slopes (E − (1 − m) K) / (2 m (1 − m)) cancel for small m. Carlson's
symmetric integrals give the same slopes as one positive integral, and its slopes
again. Source: DLMF 19.18, 19.25, 22.13, 22.16; 19.8.
"""

# A table: one card, one line.
# fmt: off
from math import inf

from ..numbers import pi
from ..pointwise import pointwise
from .elementary import cos, sin, sqrt
from .integrals import carlson
from .library import part
from .rounding import rint

_POSITIVE = (0, inf)
_REAL = (-inf, inf)
_BELOW_ONE = (-inf, 1)


def _phase(f):
    """For an amplitude: how many half turns it is from (−π/2, π/2], and sine and cosine² there."""
    turns = rint(f / pi)
    s = sin(f) * (1 - 2 * (turns % 2))
    return turns, s, cos(f) ** 2


def f_by_parameter(f, m):
    """∂F(φ, m)/∂m = sin³φ/6 R_D(cos²φ, 1, 1 − m sin²φ), and that of the half turns."""
    turns, s, c2 = _phase(f)
    return s**3 * elliprd(c2, 1, 1 - m * s * s) / 6 + turns * elliprd(0, 1, 1 - m) / 3


def _e_by_parameter(f, m):
    """∂E(φ, m)/∂m = −sin³φ/6 R_D(cos²φ, 1 − m sin²φ, 1), and that of the half turns."""
    turns, s, c2 = _phase(f)
    return -(s**3) * elliprd(c2, 1 - m * s * s, 1) / 6 - turns * elliprd(0, 1 - m, 1) / 3


def _amplitude_by_parameter(u, m):
    """∂am(u, m)/∂m, from F(am, m) = u."""
    return -ellipj_dn(u, m) * f_by_parameter(ellipj_am(u, m), m)


def _jacobi(kind):
    def exact(mp, u, m):
        return mp.ellipfun(kind, u, m=m)
    return exact


def _amplitude(mp, u, m):
    """The angle whose sine and cosine are sn and cn, on the sheet of u."""
    sn, cn = mp.ellipfun("sn", u, m=m), mp.ellipfun("cn", u, m=m)
    return mp.atan2(sn, cn) + 2 * mp.pi * mp.nint(u / (4 * mp.ellipk(m)))


# Legendre's integrals
ellipk = pointwise("ellipk", lambda y, m: elliprd(0, 1, 1 - m) / 6, module="scipy.special", breaks=lambda m: 1 - m, domain=(_BELOW_ONE,), bounds=_POSITIVE, trend="up", latex="K")
ellipkm1 = pointwise("ellipkm1", lambda y, p: -elliprd(0, 1, p) / 6, module="scipy.special", breaks=lambda p: p, domain=(_POSITIVE,), bounds=_POSITIVE, trend="down", mp=lambda mp, p: mp.ellipk(1 - p), latex="K")
ellipe = pointwise("ellipe", lambda y, m: -elliprd(0, 1 - m, 1) / 6, module="scipy.special", breaks=lambda m: 1 - m, domain=(_BELOW_ONE,), bounds=(1, inf), trend="down", latex="E")
ellipkinc = pointwise("ellipkinc", lambda y, f, m: 1 / sqrt(1 - m * sin(f) ** 2), lambda y, f, m: f_by_parameter(f, m), module="scipy.special", breaks=lambda f, m: 1 - m * sin(f) ** 2, domain=(_REAL, _BELOW_ONE), mp="ellipf", ulps=5, latex="F")
ellipeinc = pointwise("ellipeinc", lambda y, f, m: sqrt(1 - m * sin(f) ** 2), lambda y, f, m: _e_by_parameter(f, m), module="scipy.special", breaks=lambda f, m: 1 - m * sin(f) ** 2, domain=(_REAL, _BELOW_ONE), mp="ellipe", ulps=3, latex="E")

# Carlson's integrals
elliprf = pointwise("elliprf", lambda v, x, y, z: -elliprd(y, z, x) / 6, lambda v, x, y, z: -elliprd(x, z, y) / 6, lambda v, x, y, z: -elliprd(x, y, z) / 6, module="scipy.special", breaks=lambda x, y, z: x * y * z, domain=(_POSITIVE,) * 3, bounds=_POSITIVE, latex="R_F", ulps=5)
elliprc = pointwise("elliprc", lambda v, x, y: -elliprd(y, y, x) / 6, lambda v, x, y: -elliprd(x, y, y) / 3, module="scipy.special", breaks=lambda x, y: x * y, domain=(_POSITIVE,) * 2, bounds=_POSITIVE, ulps=5, latex="R_C")
elliprd = pointwise("elliprd", lambda v, x, y, z: -3 * carlson(0, (3, 1, 3))(x, y, z) / 4, lambda v, x, y, z: -3 * carlson(0, (1, 3, 3))(x, y, z) / 4, lambda v, x, y, z: -9 * carlson(0, (1, 1, 5))(x, y, z) / 4, module="scipy.special", breaks=lambda x, y, z: x * y * z, domain=(_POSITIVE,) * 3, bounds=_POSITIVE, ulps=4, latex="R_D")
elliprg = pointwise("elliprg", lambda v, x, y, z: carlson(1, (3, 1, 1))(x, y, z) / 8, lambda v, x, y, z: carlson(1, (1, 3, 1))(x, y, z) / 8, lambda v, x, y, z: carlson(1, (1, 1, 3))(x, y, z) / 8, module="scipy.special", breaks=lambda x, y, z: x * y * z, domain=(_POSITIVE,) * 3, bounds=_POSITIVE, ulps=5, latex="R_G")
elliprj = pointwise("elliprj", lambda v, x, y, z, p: -3 * carlson(0, (3, 1, 1, 2))(x, y, z, p) / 4, lambda v, x, y, z, p: -3 * carlson(0, (1, 3, 1, 2))(x, y, z, p) / 4, lambda v, x, y, z, p: -3 * carlson(0, (1, 1, 3, 2))(x, y, z, p) / 4, lambda v, x, y, z, p: -3 * carlson(0, (1, 1, 1, 4))(x, y, z, p) / 2, module="scipy.special", breaks=lambda x, y, z, p: x * y * z * p, domain=(_POSITIVE,) * 4, bounds=_POSITIVE, ulps=5, latex="R_J")
agm = pointwise("agm", lambda y, a, b: 2 * y * y * a * elliprd(0, b * b, a * a) / pi / 3, lambda y, a, b: 2 * y * y * b * elliprd(0, a * a, b * b) / pi / 3, module="scipy.special", breaks=lambda a, b: a * b, domain=(_POSITIVE,) * 2, bounds=_POSITIVE, ulps=4)

# Jacobi's functions
ellipj_sn = pointwise("ellipj_sn", lambda y, u, m: ellipj_cn(u, m) * ellipj_dn(u, m), lambda y, u, m: ellipj_cn(u, m) * _amplitude_by_parameter(u, m), numpy=part("ellipj", 0), module="scipy.special", domain=(_REAL, (0, 1)), bounds=(-1, 1), mp=_jacobi("sn"), ulps=3, latex=r"\operatorname{sn}")
ellipj_cn = pointwise("ellipj_cn", lambda y, u, m: -ellipj_sn(u, m) * ellipj_dn(u, m), lambda y, u, m: -ellipj_sn(u, m) * _amplitude_by_parameter(u, m), numpy=part("ellipj", 1), module="scipy.special", domain=(_REAL, (0, 1)), bounds=(-1, 1), mp=_jacobi("cn"), ulps=3, latex=r"\operatorname{cn}")
ellipj_dn = pointwise("ellipj_dn", lambda y, u, m: -m * ellipj_sn(u, m) * ellipj_cn(u, m), lambda y, u, m: -ellipj_sn(u, m) * (ellipj_sn(u, m) + 2 * m * ellipj_cn(u, m) * _amplitude_by_parameter(u, m)) / (2 * y), numpy=part("ellipj", 2), module="scipy.special", domain=(_REAL, (0, 1)), bounds=(0, 1), mp=_jacobi("dn"), ulps=100, latex=r"\operatorname{dn}")
ellipj_am = pointwise("ellipj_am", lambda y, u, m: ellipj_dn(u, m), lambda y, u, m: _amplitude_by_parameter(u, m), numpy=part("ellipj", 3), module="scipy.special", domain=(_REAL, (0, 1)), mp=_amplitude, ulps=3, latex=r"\operatorname{am}")
