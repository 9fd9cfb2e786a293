"""The length over which a function changes, measured with four samples.

Samples at x ± h and x ± 2h give the first four terms a_k h^k of the Taylor series. How fast they
fall says how far a window may reach: a fraction of the distance to the nearest
singularity, or of the length in which sin turns. Where h was too large for the function (the
terms do not fall) or too small (the third is rounding), another h.
"""

from math import frexp, inf, isfinite, ldexp, sqrt, ulp

_TRIES = 7
_FALLS = (
    16.0,
    16.0,
    64.0,
    256.0,
    256.0,
    256.0,
    256.0,
)  # from one step that was too large to the next
_STEP = 5  # h = 2^-5 of a natural scale: the fourth term is then a millionth of the second
_WINDOW = 0.15  # of the distance to a pole: 16 coefficients then fall by 16 digits
_ROOM = 8.0  # a straight line is sampled until it has changed by so many times its own size


class Scale:
    """What the probe found: how far a window may reach, and the Taylor terms a_k h^k with their noise."""

    __slots__ = ("edge", "h", "holes", "noise", "ratio", "reach", "shape", "size", "terms", "wall")

    def __init__(self, reach, h, terms=None, noise=0.0, size=0.0, ratio=inf, holes=None):
        self.reach, self.h, self.terms, self.noise = reach, h, terms, noise
        self.size, self.ratio, self.holes = size, ratio, holes
        self.shape = 0.0  # how the changes at h and 2h compare
        self.wall = 0  # the side on which the domain ends not far away: -1, 1, or 0 for neither
        self.edge = False  # whether x stands on the edge of the domain

    def slope(self):
        """`(f'(x), error)` from the four samples, without noise; (0, inf) where they cannot tell."""
        if self.terms is None or self.ratio > 0.5:
            return 0.0, inf
        a1, _, a3, _ = self.terms
        q = max(self.ratio, 1e-3)
        error = 40 * q * q * max(abs(a3), abs(a1) * q * q) + 8 * self.noise
        return a1 / self.h, error / self.h

    def answer(self):
        """The slope as an answer of its own: if there is noise, it is in the third and fourth term."""
        value, error = self.slope()
        if error < inf:
            error += 5 * max(abs(self.terms[2]), abs(self.terms[3])) / self.h
        return value, error


def natural(x):
    """The two scales to begin with: 1, and the size of x; the smaller one first."""
    m = abs(x)
    if not m:
        return 1.0, 1.0
    m = ldexp(1.0, frexp(m)[1] - 1)
    return (m, 1.0) if m < 1 else (1.0, m)


def measure(samples, x, here, noise=0.0):
    """The Scale of the function at x; `noise` is what the user knows of it."""
    least = 64 * ulp(x)  # below, the floats around x are too few
    small, large = natural(x)
    h = max(ldexp(small, -_STEP), least)
    top = ldexp(large, -_STEP)
    low, high = 0.0, inf  # steps known to be too small, too large
    found, shape, beyond, downs, wall = None, 0.0, False, 0, 0
    for _ in range(_TRIES):
        scale, fit = _probe(samples, x, here, h, noise)
        if found is None or fit >= 0:
            found = scale
        scale.wall = wall
        if fit == 0:
            return scale
        if fit > 0:  # too small: what is seen is rounding
            if h >= top and scale.terms == (0.0,) * 4:  # constant, as far as can be seen
                scale.reach = 0.5 * large
                return scale
            low = h
            h = top if h < top < high else sqrt(low * high) if high < inf else 256 * h
            if h <= 2 * low or not isfinite(h):
                break
        else:
            if not beyond and scale.holes in ((True, False), (False, True)):
                beyond = True
                wall = 1 if scale.holes[1] else -1
                (y,) = samples.at((x + (least if scale.holes[1] else -least),))
                if y != y:  # x stands on the edge of the domain
                    scale.edge = True
                    return scale
            if (
                shape and abs(scale.shape - shape) <= 0.02 * shape
            ):  # x³ at 0: the same at every size
                scale.reach = 0.25 * small
                return scale
            shape = scale.shape
            high = h
            h = max(h / _FALLS[downs] if not low else sqrt(low * high), least)
            downs += 1
            if h >= high or h <= 2 * low:
                break
    return found


def _probe(samples, x, here, h, noise):
    """`(scale, fit)`: fit is 0 where h serves, 1 where it is too small, -1 where it is too large."""
    aa, a, b, bb = samples.at((x - 2 * h, x - h, x + h, x + 2 * h))
    near, far = 0.5 * (b - a), 0.5 * (bb - aa)
    a3 = (far - 2 * near) / 6
    a1 = near - a3
    near, far = 0.5 * ((b - here) + (a - here)), 0.5 * ((bb - here) + (aa - here))
    a4 = (far - 4 * near) / 12
    a2 = near - a4
    terms = (a1, a2, a3, a4)
    a1, a2, a3, a4 = abs(a1), abs(a2), abs(a3), abs(a4)
    if not a1 + a2 + a3 + a4 < inf:
        holes = (a != a or aa != aa, b != b or bb != bb)
        return Scale(h / 4, h, holes=holes), -1
    size = max(here, aa, a, b, bb, -here, -aa, -a, -b, -bb)
    level = max(noise, 2.0**-53 * size, 5e-324)
    if a1 <= 4 * level and a2 <= 4 * level and a3 <= 4 * level:  # nothing but rounding
        return Scale(h, h, terms, level, size), 1
    b3, b4 = max(a3, level), max(a4, level)
    q31 = sqrt(b3 / a1) if a1 else inf
    q42 = sqrt(b4 / a2) if a2 else inf
    q = max(min(q31, b3 / a2 if a2 else inf), min(q42, (b4 / a1) ** (1 / 3) if a1 else inf))
    q = min(max(q, 1e-9), 4.0)  # x³ at 0 has only the third term
    odd, even = abs(bb - aa), abs((bb - here) + (aa - here))
    trend = min(max(q42 / q31, 0.5), 2.0) if 0 < q31 < inf and q42 < inf else 1.0
    reach = _WINDOW * h / max(min(q42, q) * trend, 0.35 * q)
    change = max(a1, sqrt(a2) * sqrt(size))
    if change:
        reach = min(reach, h * (_ROOM * size / change))
    scale = Scale(reach, h, terms, level, size, q)
    scale.shape = abs(b - a) / odd if odd > even else abs((b - here) + (a - here)) / (even or 1.0)
    if q > 0.5:
        return scale, -1
    lost = a3 <= 4 * level and a4 <= 4 * level
    return scale, 1 if lost and level > 3e-11 * max(a1, a2) else 0
