"""Questions to a function that a search did not get along with: each costs a few calls.

They do not trust the search: values are taken anew, slopes are compared with differences, and what lies
around a point is looked at, on both sides and at many distances.
"""

from math import inf, isfinite, nan, sqrt

import numpy as np

from ..calculus.rule import Ruled
from ..differences.scalar import differentiate
from ..errors import NotConverged

_ROUNDING = 1e-15
_WRONG = 1e-3  # a slope that is off by this part is wrong, if samples are that sure
_FEW = 30  # variables up to which all second derivatives are taken
_DISTANCES = (1e-6, 1e-5, 1e-4, 1e-3, 1e-2, 0.1, 1.0, 10.0)
_BISECTIONS = 24


def value(look, x):
    """f there, called plainly; nan where it has none."""
    try:
        return float(look.plainly(x))
    except (ArithmeticError, ValueError):
        return nan


def gradient(look, x):
    """∇f there, or None where it has none."""
    try:
        g = look(x)[1]
    except (ArithmeticError, ValueError):
        return None
    return g if np.isfinite(g).all() else None


def size(x):
    """The length of a vector, of any magnitude."""
    most = np.abs(x).max(initial=0.0)
    return float(most * sqrt((x / most) @ (x / most))) if 0 < most < inf else float(most)


def scatter(look, x, times=3):
    """Values of f at one point, called again: `(least, largest)`; equal for a function of its arguments."""
    found = [value(look, x) for _ in range(times)]
    return (nan, nan) if any(v != v for v in found) else (min(found), max(found))


def jitter(look, x, reach):
    """The noise of the values of f beside x: differences of order 4 of neighbours (Hamming 1962, ch. 6)."""
    d = np.cos(np.arange(len(x)))
    d /= size(d)
    ys = np.array([value(look, x + k * reach * d) for k in range(9)])
    return float(np.abs(np.diff(ys, 4)).max() / sqrt(70)) if np.isfinite(ys).all() else 0.0


def off(look, x, d, given):
    """`(given, true, error)` where the slope along d is not what the gradient says, else None."""
    step = 1e-5 * max(size(x), 1e-3)
    ahead, behind = value(look, x + step * d), value(look, x - step * d)
    top = max(abs(ahead), abs(behind))
    quotient = (ahead - behind) / (2 * step)
    loose = _WRONG * max(abs(given), abs(quotient)) + 10 * _ROUNDING * top / step
    if not isfinite(quotient) or abs(quotient - given) <= loose:
        return None
    try:
        true, error, _ = differentiate(lambda t: value(look, x + t * d), 0.0)
    except (NotConverged, ArithmeticError, ValueError, TypeError):
        return None  # a kink, or noise: other questions
    wrong = abs(true - given) > 10 * error + _WRONG * max(abs(true), abs(given))
    return (given, true, error) if wrong and error < 0.1 * abs(true - given) else None


def wrong_slope(look, x, scale):
    """What is wrong with the gradient at x, or beside it: a list of `(component, given, true)`."""
    random = np.random.default_rng(7)
    place, g = x, gradient(look, x)
    if g is None:
        return []
    d = random.standard_normal(len(x))
    d /= size(d)
    if off(look, place, d, float(g @ d)) is None:
        place = x + 0.1 * scale * random.standard_normal(len(x)) / sqrt(len(x))
        g = gradient(look, place)
        if g is None or off(look, place, d, float(g @ d)) is None:
            return []
    found = []
    for k in np.argsort(-np.abs(g))[:_FEW]:
        unit = np.zeros(len(x))
        unit[k] = 1.0
        wrong = off(look, place, unit, float(g[k]))
        if wrong:
            found.append((int(k), *wrong[:2]))
    return found or [(None, float(g @ d), nan)]


def wrong_rules(flat, x):
    """`(name, given, true)` for each function whose `rule` samples deny where f calls it at x."""
    try:
        tape = flat.at(x).trace().tape
    except Exception:  # no trace: there is no rule in use
        return []
    found, seen = [], set()
    for node in tape.nodes:
        if isinstance(node.op, Ruled) and node.op.name not in seen:
            wrong = _denied(node.op, [getattr(a, "value", a) for a in node.args], node.value)
            if wrong:
                seen.add(node.op.name)
                found.append((node.op.name, *wrong))
    return found


def _denied(op, args, y):
    """`(given, true)`: the slope of what a ruled function returns, summed with weights, along a direction."""
    random = np.random.default_rng(3)
    weights = random.uniform(0.5, 1.5, np.shape(y))
    ways = [
        random.uniform(0.5, 1.5, np.shape(a)) * np.sign(random.standard_normal(np.shape(a)))
        for a in args
    ]
    try:
        shares = op.pull(weights if np.shape(y) else float(weights), y, args, [True] * len(args))
        given = sum(
            float(np.sum(s * w)) for s, w in zip(shares, ways, strict=True) if s is not None
        )

        def along(t):
            moved = [
                a + t * w if np.shape(a) else float(a + t * w)
                for a, w in zip(args, ways, strict=True)
            ]
            return float(np.sum(weights * op.f(*moved)))

        true, error, _ = differentiate(along, 0.0)
    except Exception:  # what samples cannot tell, they do not deny
        return None
    wrong = abs(true - given) > 10 * error + _WRONG * max(abs(true), abs(given))
    return (given, true) if wrong else None


def jump(look, a, b):
    """Where the gradient jumps between two points: `(point, one side, other side)`, or None where it
    turns smoothly.

    The half in which it changes more is halved again: what is smooth changes half as much each time, a
    jump stays.
    """
    g, h = gradient(look, a), gradient(look, b)
    if g is None or h is None:
        return None
    whole = size(h - g)
    if not whole > 0.3 * max(size(g), size(h)):
        return None
    for _ in range(_BISECTIONS):
        middle = 0.5 * (a + b)
        if (middle == a).all() or (middle == b).all():
            break
        m = gradient(look, middle)
        if m is None:
            return None
        if size(m - g) > size(h - m):
            b, h = middle, m
        else:
            a, g = middle, m
        if size(h - g) < 0.3 * whole:
            return None
    return 0.5 * (a + b), g, h


def curvatures(look, x, scale, effort):
    """`(values, axes)`: curvatures of f at x, least first, and their directions as columns; None where
    there are none.

    All of them for few variables; otherwise those that Lanczos' method finds in a few turns; `effort`
    is how many gradients may be spent, about.
    """
    try:
        if look.flat.at(x).trace().tape.edges:  # on a kink there is none
            return None
        if len(x) <= min(_FEW, effort):
            return np.linalg.eigh(look.hessian(x))
        return _lanczos(look, x, scale, min(12, max(6, effort // 4)))
    except Exception:  # where f cannot be traced or has no second derivative, values alone must do
        return None


def _lanczos(look, x, scale, turns):
    """Ritz values and vectors from products with the Hessian, each a difference of two gradients."""
    h = 1e-5 * scale
    basis, q = [], np.random.default_rng(5).standard_normal(len(x))
    columns = []
    for _ in range(min(turns, len(x))):
        for v in basis:
            q = q - (v @ q) * v
        if size(q) < 1e-12:
            break
        q = q / size(q)
        basis.append(q)
        q = (look(x + h * q)[1] - look(x - h * q)[1]) / (2 * h)
        columns.append(q)
    rows = np.array(basis)
    small = rows @ np.array(columns).T
    found, axes = np.linalg.eigh(0.5 * (small + small.T))
    return found, rows.T @ axes


RISES, FALLS, LEVEL = "rises", "falls", "level"


def first_change(look, x, here, d, scale, least):
    """What f does along d from x: it rises, falls by more than `least`, or is level; and the distance."""
    noise = 8 * _ROUNDING * abs(here)
    for t in _DISTANCES:
        change = value(look, x + (t * scale) * d) - here
        if change > noise:
            return RISES, t * scale
        if change < -max(noise, least):
            return FALLS, t * scale
    return LEVEL, inf


def far(look, x, here, d, reach):
    """Values of f at ever greater distances along d, as far as they fall: `[(distance, value), …]`."""
    found = [(0.0, here)]
    for k in range(9):
        t = reach * 10.0**k
        y = value(look, x + t * d)
        if not y < found[-1][1]:
            return found, bool(y > found[-1][1])
        found.append((t, y))
    return found, False
