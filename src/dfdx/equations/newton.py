"""One equation in one unknown: Newton's steps, held by a bracket as soon as there is one.

Newton's step is taken where it brings |f| down, and shortened where it does not. Two points where f has
different signs hold a root between them; from then on no step leaves them, and where Newton is slow,
Brent's method finishes.
"""

import numpy as np
from scipy.optimize import brentq

_EPS = np.finfo(float).eps
_HALVINGS = 30
_LOOKS = 60  # how often the look-out for a change of sign is widened


def newton(both, value, x, steps):
    """`(root, sentence)` from x; the root is None where none was found, the sentence says why.

    `both(x)` gives f and f′, `value(x)` f alone; a value that is no number counts as infinitely far.
    """
    f, d = both(x)
    ends = {}
    for _ in range(steps):
        if f == 0:
            return x, "f is zero to the last digit"
        ends[f > 0] = x
        if len(ends) == 2:
            return _between(both, value, *ends.values(), x, f, d, steps)
        step = -f / d if d and np.isfinite(d) else np.nan
        if np.isfinite(step) and abs(step) <= 2 * _EPS * abs(x):
            return x, "Newton's step is below the last digit"
        found = _shortened(value, x, f, step)
        if found is None:
            other = _other_side(value, x, f)
            if other is None:
                return (
                    None,
                    f"|f| is least near x = {x:.6g}, where it is {abs(f):.3g}, and f keeps its sign around",
                )
            return _between(both, value, x, other, x, f, d, steps)
        x = found
        f, d = both(x)
    return None, f"no root after {steps} steps: f = {f:.3g} at x = {x:.6g}"


def _shortened(value, x, f, step):
    """Where Newton's step, or a part of it, makes |f| less; None where none does."""
    for _ in range(_HALVINGS if np.isfinite(step) else 0):
        if abs(value(x + step)) < abs(f):
            return x + step
        step *= 0.5
    return None


def _other_side(value, x, f):
    """A point at which f has the other sign, looked for ever further away; None where there is none."""
    size = 1e-3 * (1 + abs(x))
    for _ in range(_LOOKS):
        for there in (x + size, x - size):
            new = value(there)
            if np.isfinite(new) and (new > 0) != (f > 0):
                return there
        size *= 1.6
    return None


def _between(both, value, a, b, x, f, d, steps):
    """The root between two signs: Newton as long as it halves |f| and stays inside, else Brent."""
    a, b = min(a, b), max(a, b)
    for _ in range(steps):
        step = -f / d if d and np.isfinite(d) else np.nan
        there = x + step
        if f == 0 or (np.isfinite(step) and abs(step) <= 2 * _EPS * abs(x)):
            return x, "Newton's step is below the last digit"
        if not a <= there <= b:
            break
        new, slope = both(there)
        if not abs(new) < 0.5 * abs(f):
            if abs(new) < abs(f):
                x, f, d = there, new, slope
            break
        x, f, d = there, new, slope
    return bracketed(value, a, b)


def bracketed(value, a, b):
    """`(root, sentence)` between a and b, where f has different signs: Brent's method (1973)."""
    fine = (
        1e-3 * _EPS * max(abs(a), abs(b))
    )  # Newton's last steps find more digits of a root near 0
    x = float(brentq(value, a, b, xtol=fine, rtol=4 * _EPS, maxiter=1000))
    return x, "f changes its sign there"


def passes_through(value, x):
    """False where f has no zero at x, though its sign changes there: at a pole, at a jump."""
    here = abs(value(x))
    for wide, part in ((1e-6, 0.1), (1e-3, 1e-6)):
        size = wide * (1 + abs(x))
        beside = [abs(value(x + size)), abs(value(x - size))]
        if here <= part * max([f for f in beside if np.isfinite(f)], default=0.0):
            return True
    return False


def underflows(value, x, start):
    """True where f is not zero around x but too small for a number, as the exponential is at −746."""
    if abs(value(start)) < 1e-200:
        return False
    around = [x, x + 0.1 * (1 + abs(x)), x - 0.1 * (1 + abs(x))]
    return all(abs(value(there)) < 1e-250 for there in around)
