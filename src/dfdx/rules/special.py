"""`scipy.special` under SciPy's own names and signatures, for operands of every kind.

Most names are cards. The others return several cards' values at once (`airy`,
`sici`), have an argument that may be left out (`zeta`, `lambertw`) or are a card
under another name (`psi`). What takes complex numbers only is not here.
"""

from ..errors import NoRule
from ..pointwise import CARDS
from . import special_cylinder as cylinder
from . import special_distributions as distributions  # noqa: F401 (it fills CARDS
from . import special_elliptic as elliptic
from . import special_error as error
from . import special_exponential as exponential
from . import special_gamma as gamma
from . import special_incomplete as incomplete  # noqa: F401
from . import special_orthogonal as orthogonal  # noqa: F401
from . import special_sigmoid as sigmoid  # noqa: F401
from .elementary import cbrt, exp2, expm1, log1p
from .rounding import rint
from .special_bessel import jv, spherical_in, spherical_jn, spherical_kn, spherical_yn


def _together(*cards):
    """The function that returns the values of several cards of the same operands."""

    def function(*args):
        return tuple(card(*args) for card in cards)

    return function


def zeta(x, q=None):
    """Riemann's zeta function, or Hurwitz's for a given q."""
    return gamma.zeta(x) if q is None else gamma.hurwitz_zeta(x, q)


def lambertw(z, k=0, tol=1e-8):
    """The real values of Lambert's W: branch 0, and branch −1 for −1/e ≤ z < 0."""
    if k not in (0, -1):
        raise NoRule(f"lambertw: branch {k} has no real values; dfdx knows the branches 0 and -1")
    return exponential.lambertw(z) if k == 0 else exponential.lambertw_lower(z)


def _spherical(card):
    def function(n, z, derivative=False):
        return card.partial(1, None, (n, z)) if derivative else card(n, z)

    return function


def comb(N, k, *, exact=False, repetition=False):
    """The binomial coefficient of N and k, as a function of real numbers."""
    return comb(N + k - 1, k) if repetition else gamma.binom(N, k)


def perm(N, k, exact=False):
    """N (N − 1) … (N − k + 1), as a function of real numbers."""
    return gamma.poch(N - k + 1, k)


OTHERS = {
    "airy": _together(cylinder.airy_ai, cylinder.airy_aip, cylinder.airy_bi, cylinder.airy_bip),
    "cbrt": cbrt,
    "comb": comb,
    "ellipj": _together(
        elliptic.ellipj_sn, elliptic.ellipj_cn, elliptic.ellipj_dn, elliptic.ellipj_am
    ),
    "exp2": exp2,
    "expm1": expm1,
    "fresnel": _together(error.fresnel_s, error.fresnel_c),
    "iti0k0": _together(cylinder.iti0, cylinder.itk0),
    "itj0y0": _together(cylinder.itj0, cylinder.ity0),
    "jn": jv,
    "lambertw": lambertw,
    "log1p": log1p,
    "perm": perm,
    "psi": gamma.digamma,
    "round": rint,
    "shichi": _together(exponential.shi, exponential.chi),
    "sici": _together(exponential.si, exponential.ci),
    "spherical_in": _spherical(spherical_in),
    "spherical_jn": _spherical(spherical_jn),
    "spherical_kn": _spherical(spherical_kn),
    "spherical_yn": _spherical(spherical_yn),
    "zeta": zeta,
}


def function(name):
    """What `scipy.special.<name>` is on operands: a card or a function of several, or None.

    >>> x = 2.0
    >>> [round(v, 6) for v in function("sici")(x)]
    [1.605413, 0.422981]
    >>> function("erf")
    erf
    """
    if name in OTHERS:
        return OTHERS[name]
    card = CARDS.get(name)
    return card if card is not None and card.module == "scipy.special" else None
