"""Windows: places where code gives another formula very near a point.

`1.0 if abs(x) < 1e-8 else expm1(x) / x` is written so that rounding stays out, and a
loop that ends by a tolerance returns its start where that is good enough already. In
such a window, some millionths wide, the branch taken knows the value and not the slope.
Where the function around goes on through the point, from both sides alike, the
derivative is the one that it has there.
"""

from math import isfinite, ulp

from ..capture.traced import plain
from ..differences.stencils import weights
from ..primitive import shape_of
from ..rules.choice import equal

_EDGE = 1e-5  # a comparison that was as near to its boundary as this may be such a window's
WIDE = 2.0**-17  # windows are narrower than this part of x
BEYOND = (11, 14, 17)  # h = 2^-k: what lies there is beyond any window
WINDOW = "very near this point the code gives another formula; the derivative is of the one around"
_DIGITS = 1e-2  # what the quotients of a smooth function keep


def suspected(t):
    """True where control flow rested on a comparison that almost stood on its boundary."""
    guards = ((plain(a), plain(b)) for card, a, b, _ in t.tape.guards if card is not equal)
    return any(_near(a, b) for a, b in guards)


def _near(a, b):
    if shape_of(a) or shape_of(b):
        return False
    return abs(a - b) <= _EDGE * max(1.0, abs(a), abs(b))


def looked_through(t):
    """True where a function was asked about traced numbers; where its jumps are, it did not tell."""
    return any(card is equal and outcome is True for card, _, _, outcome in t.tape.guards)


def denied(line, x, derivative, order=1):
    """True where samples of a function of one number, beyond a window at x, give another derivative."""
    h = max(WIDE, 1e-16 ** (1 / (order + 2))) * extent(x)
    reach = (order + 1) // 2
    offsets = tuple(range(-reach, reach + 1))
    try:
        values = [float(plain(line(x + o * h))) for o in offsets]
    except Exception:  # outside the domain: nothing is known of it
        return False
    w = [float(v) for v in weights(offsets, order)]
    quotient = sum(a * b for a, b in zip(w, values, strict=True)) / h**order
    noise = 8 * ulp(max(map(abs, values))) * sum(map(abs, w)) / h**order
    quotients = [quotient]
    if order == 1:  # f itself may stand alone
        behind, here, ahead = values
        quotients += [(here - behind) / h, (ahead - here) / h]
    size = max(map(abs, (derivative, *quotients)))
    apart = max(abs(q - derivative) for q in quotients)
    return isfinite(apart) and apart > _DIGITS * size + noise


def extent(x):
    """What a window is narrow against."""
    return max(1.0, abs(x))
