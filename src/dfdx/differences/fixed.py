"""A fixed step, for those who want exactly that formula: the stencil, and what it leaves out.

The same stencil at twice the step tells the truncation (its difference is at least as large), and
the bend on either side tells a kink, which symmetric stencils do not see.
"""

from math import isfinite

from ..errors import NotConverged
from .stencils import weights


def stencil(order, side=None):
    """The offsets of the shortest stencil for a derivative: central, or from x to one side.

    >>> stencil(1), stencil(2), stencil(1, "right")
    ((-1, 0, 1), (-1, 0, 1), (0, 1))
    """
    if side is None:
        reach = (order + 1) // 2
        return tuple(range(-reach, reach + 1))
    return tuple(range(order + 1)) if side == "right" else tuple(range(-order, 1))


def stepped(samples, x, here, order, step, side=None, noise=0.0):
    """`(value, error)` of the stencil with this step."""
    offsets = stencil(order, side)
    w = [float(v) for v in weights(offsets, order)]
    h = (x + step) - x
    if not h or not isfinite(h):
        raise ValueError(f"step={step} is lost beside x = {x}: x + step is {x + step}")
    places = sorted({o * k for o in offsets for k in (1, 2)} - {0})
    known = dict(zip(places, samples.at([x + o * h for o in places]), strict=True))
    known[0] = here
    fine = sum(a * known[o] for a, o in zip(w, offsets, strict=True)) / h**order
    if not isfinite(fine):
        raise NotConverged(
            f"the function has no value somewhere within {max(map(abs, offsets)) * h:g} of {x:g}"
        )
    wide = sum(a * known[2 * o] for a, o in zip(w, offsets, strict=True)) / (2 * h) ** order
    size = max(abs(v) for v in known.values() if v == v)
    level = max(noise, 2.0**-53 * size)
    rounding = 2 * level * sum(map(abs, w)) / abs(h) ** order
    if not isfinite(wide):
        return fine, abs(fine) + rounding
    error = 2 * abs(fine - wide) + rounding
    if side is None and order == 1:
        near = abs(known[1] + known[-1] - 2 * here)
        far = abs(known[2] + known[-2] - 2 * here)
        if near > 0.4 * far and near > 8 * level:  # a parabola has 1/4 here, a kink 1/2
            error += near / abs(h)
    return fine, error
