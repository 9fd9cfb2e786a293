"""Seeded random points for every card, from its `domain`.

A card needs an entry in `RANGES` only where the domain does not say enough: whole
numbers, arguments beyond which the function overflows, or where the library it
stands on is not accurate. Points near a zero of `breaks` are left out.
"""

import math
import zlib
from random import Random


def between(low, high):
    """Evenly spread."""
    return lambda random: random.uniform(low, high)


def over(low, high):
    """Positive, with evenly spread logarithm."""
    return lambda random: math.exp(random.uniform(math.log(low), math.log(high)))


def both(low, high):
    """Of either sign, with evenly spread logarithm of the size."""
    return lambda random: random.choice((-1, 1)) * over(low, high)(random)


def whole(low, high):
    """Whole numbers, both ends included."""
    return lambda random: random.randint(low, high)


def truth(random):
    """True or False, as numbers."""
    return random.choice((0, 1))


def inside(low, high):
    """Where nothing else is said: all over the interval, large and small, and near its ends."""
    if low == -math.inf and high == math.inf:
        return lambda random: random.choice((between(-4, 4), both(1e-3, 30)))(random)
    if high == math.inf:
        return lambda random: low + over(1e-2, 30)(random)
    if low == -math.inf:
        return lambda random: high - over(1e-2, 30)(random)
    return between(low + 0.01 * (high - low), high - 0.01 * (high - low))


_DEGREE = whole(0, 9)
_PROBABILITY = between(0.02, 0.98)

RANGES = {
    # a truth value, an exponent, a whole number of bits
    "choose": (truth, both(1e-3, 30), both(1e-3, 30)),
    "power": (over(1e-2, 30), between(-5, 5)),
    "ldexp": (both(1e-3, 30), whole(-8, 8)),
    # whole orders and degrees
    "polygamma": (whole(0, 5), over(0.05, 30)),
    "polygamma_gap": (whole(0, 4), over(0.05, 30), over(1e-3, 30)),
    "yn": (whole(0, 6), over(0.1, 30)),
    "kn": (whole(0, 6), over(0.1, 30)),
    "expn": (whole(0, 8), over(0.05, 30)),
    "spherical_jn": (whole(0, 6), both(0.1, 30)),
    "spherical_in": (whole(0, 6), both(0.1, 30)),
    "spherical_yn": (whole(0, 6), over(0.1, 30)),
    "spherical_kn": (whole(0, 6), over(0.1, 30)),
    "eval_legendre": (_DEGREE, between(-1.2, 1.2)),
    "eval_chebyt": (_DEGREE, between(-1.2, 1.2)),
    "eval_chebyu": (_DEGREE, between(-1.2, 1.2)),
    "eval_chebyc": (_DEGREE, between(-2.2, 2.2)),
    "eval_chebys": (_DEGREE, between(-2.2, 2.2)),
    "eval_hermite": (_DEGREE, between(-4, 4)),
    "eval_hermitenorm": (_DEGREE, between(-4, 4)),
    "eval_laguerre": (_DEGREE, between(-2, 20)),
    "eval_genlaguerre": (_DEGREE, between(-0.5, 4), between(-2, 20)),
    "eval_gegenbauer": (_DEGREE, between(0.2, 4), between(-1.2, 1.2)),
    "eval_jacobi": (_DEGREE, between(-0.5, 4), between(-0.5, 4), between(-1.2, 1.2)),
    "eval_sh_legendre": (_DEGREE, between(-0.1, 1.1)),
    "eval_sh_chebyt": (_DEGREE, between(-0.1, 1.1)),
    "eval_sh_chebyu": (_DEGREE, between(-0.1, 1.1)),
    "eval_sh_jacobi": (_DEGREE, between(3, 6), between(0.5, 3), between(-0.1, 1.1)),
    "lpmv": (whole(0, 3), between(3, 7), between(-0.9, 0.9)),
    "bdtr": (whole(0, 9), whole(10, 30), _PROBABILITY),
    "bdtrc": (whole(0, 9), whole(10, 30), _PROBABILITY),
    "bdtri": (whole(0, 9), whole(10, 30), _PROBABILITY),
    "pdtr": (whole(0, 30), over(0.1, 40)),
    "pdtrc": (whole(0, 30), over(0.1, 40)),
    "pdtri": (whole(0, 30), _PROBABILITY),
    "nbdtr": (whole(0, 20), whole(1, 20), _PROBABILITY),
    "nbdtri": (whole(0, 20), whole(1, 20), _PROBABILITY),
    "nbdtrc": (whole(0, 20), whole(1, 20), _PROBABILITY),
    # where the function over- or underflows, or is flat to the last digit
    "gamma": (between(-5, 20),),
    "gammasgn": (between(-5, 20),),
    "rgamma": (between(-5, 20),),
    "gammaln": (between(-5, 40),),
    "digamma": (between(-5, 40),),
    "factorial": (between(-0.9, 20),),
    "erf": (both(1e-3, 5),),
    "erfc": (between(-4, 25),),
    "erfcx": (between(-4, 40),),
    "erfi": (both(1e-3, 20),),
    "ndtr": (between(-30, 7),),
    "log_ndtr": (between(-40, 7),),
    "ndtri_exp": (lambda random: -over(1e-3, 1e3)(random),),
    "owens_t": (both(0.01, 4), both(0.01, 4)),
    "voigt_profile": (both(0.01, 20), over(0.1, 5), over(0.1, 5)),
    "fresnel_s": (both(0.01, 8),),
    "fresnel_c": (both(0.01, 8),),
    "expit": (between(-30, 30),),
    "inv_boxcox": (over(0.05, 5), between(-0.15, 1.5)),
    "inv_boxcox1p": (over(0.05, 5), between(-0.15, 1.5)),
    "hyp2f1": (between(-3, 4), between(-3, 4), over(0.3, 6), between(-5, 0.95)),
    "hyperu": (over(0.1, 10), between(-3, 4), over(0.1, 30)),
    "wright_bessel": (over(0.2, 4), over(0.2, 4), over(0.1, 10)),
    "log_wright_bessel": (over(0.2, 4), over(0.2, 4), over(0.1, 10)),
    "exp10": (between(-8, 8),),
}


def draw(card, count, seed=0):
    """`count` points of the card's domain, as tuples of numbers; the same for the same seed."""
    random = Random(zlib.crc32(card.name.encode()) + seed)
    ranges = RANGES.get(card.name) or tuple(inside(*interval) for interval in card.domain)
    points = []
    for _ in range(1000 * count):
        if len(points) == count:
            return points
        point = tuple(one(random) for one in ranges)
        if card.breaks is None or abs(card.breaks(*point)) > 1e-2:
            points.append(point)
    raise AssertionError(f"{card.name}: no points away from its breaks; give it a range")
