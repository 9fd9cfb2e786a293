"""The length over which a function changes, measured with four samples.

Samples at x ± h and x ± 2h give the first four terms of the Taylor series, a_k h^k.
The length R is the largest for which |a_k| R^k stays bounded by the first two terms: the
distance to the nearest singularity of log, 2 or 3 for sin. Where h was too large
for the function (the terms do not fall) or too small (the third is rounding), another h.
"""

from math import frexp, inf, ldexp, sqrt, ulp

_TRIES = 7
_STEP = 5  # h = 2^-5 of a natural scale: the fourth term is then a millionth of the second


class Scale:
    """What the probe found: the length R, the step h, the Taylor terms a_k h^k, and the noise in them."""

    __slots__ = ("h", "length", "noise", "terms", "undefined")

    def __init__(self, length, h, terms, noise, undefined):
        self.length, self.h, self.terms, self.noise = length, h, terms, noise
        self.undefined = undefined  # samples without a value: (left, right)


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
    low, high = 0.0, inf  # steps known to be too small, too large
    found, shape = None, None
    for _ in range(_TRIES):
        scale, fit = _probe(samples, x, here, h, noise)
        found = scale if found is None or fit >= 0 else found
        if fit == 0:
            return scale
        if fit > 0:  # too small: what is seen is rounding
            if h >= ldexp(large, -_STEP) and not any(scale.terms):
                return Scale(large, h, scale.terms, scale.noise, None)  # constant, it seems
            low = h
            h = max(min(scale.length / 32, high / 16), ldexp(large, -_STEP) if h < large else 0.0)
            if h <= 2 * low or h >= high:
                h = sqrt(low * high) if high < inf else 64 * low
        else:
            if shape is not None and abs(scale.length / h - shape) <= 0.05 * shape:
                return Scale(
                    small, h, scale.terms, scale.noise, None
                )  # x³ at 0: the same at every size
            shape = scale.length / h if scale.terms else None
            high = h
            h = max(h / 16 if not low else sqrt(low * high), least)
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
    if a1 != a1 or a2 != a2:
        holes = (a != a or aa != aa, b != b or bb != bb)
        return Scale(h / 2, h, None, 0.0, holes), -1
    size = max(map(abs, (here, aa, a, b, bb)))
    level = max(noise, 2.0**-53 * size)
    a1, a2, b3, b4 = abs(a1), abs(a2), max(abs(a3), level), max(abs(a4), level)
    terms = (a1, a2, a3, a4)
    if max(a1, a2, abs(a3), abs(a4)) <= 4 * level:  # nothing but rounding
        return Scale(h, h, (0.0,) * 4 if max(a1, a2) == 0 else terms, level, None), 1
    q3 = min(sqrt(b3 / a1) if a1 else inf, b3 / a2 if a2 else inf)
    q4 = min((b4 / a1) ** (1 / 3) if a1 else inf, sqrt(b4 / a2) if a2 else inf)
    q = min(max(q3, q4), 4.0)  # x³ at 0: only the third term
    scale = Scale(h / q, h, terms, level, None)
    if q > 0.5:
        return scale, -1
    lost = abs(a3) <= 4 * level and abs(a4) <= 4 * level
    if lost and level > 3e-11 * max(a1, a2):
        return scale, 1
    return scale, 0
