"""How far along a direction: line searches.

A search is given `look(x)` -> (f, ∇f), a place x, the value and the gradient there, a direction d along which
f falls, and a first length to try. It returns the place it accepts as a `Tried`, or None where f does
not fall
along d, as far as its digits tell. Where f has no value (NaN, an error of its domain) the step was too long.
"""

from math import inf, isfinite, sqrt

FALL = 1e-4  # Armijo: of the fall that the slope promises, at least this share
_SHORTEST = 1e-18  # of the first length
_TRIALS = 60
_ROUNDING = 4e-16
_DOUBLINGS = 60


class Tried:
    """f looked at in a distance t along the direction: place, value, gradient, slope along it."""

    __slots__ = ("g", "slope", "t", "value", "x")

    def __init__(self, t, x, value, g, slope):
        self.t, self.x, self.value, self.g, self.slope = t, x, value, g, slope


class Line:
    """f along a direction."""

    def __init__(self, look, x, value, g, d):
        self.look, self.x, self.value, self.d = look, x, value, d
        self.slope = float(g @ d)
        self.start = Tried(0.0, x, value, g, self.slope)
        self.noise = _ROUNDING * abs(value)
        self.error = None

    def at(self, t):
        """f in a distance t; infinite where it has no value."""
        x = self.x + t * self.d
        try:
            value, g = self.look(x)
        except (ArithmeticError, ValueError) as error:
            self.error = error
            return Tried(t, x, inf, None, inf)
        slope = float(g @ self.d)
        good = isfinite(value) and isfinite(slope)
        return Tried(t, x, value if good else inf, g, slope if good else inf)

    def falls(self, tried, above=None):
        """Armijo's condition, or that of Hager and Zhang (2005) where rounding hides the fall."""
        top = self.value if above is None else above
        if tried.value <= top + FALL * tried.t * self.slope:
            return tried.t > 0
        flat = tried.value <= self.value + self.noise
        return flat and tried.slope <= (2 * FALL - 1) * self.slope


def armijo(line, t, above=None):
    """Shorter and shorter until f falls enough (Armijo 1966); a parabola says where to look next."""
    least = _SHORTEST * t
    for _ in range(_TRIALS):
        tried = line.at(t)
        if line.falls(tried, above):
            return tried
        if t < least or (line.x + t * line.d == line.x).all():
            return None
        bend = tried.value - line.value - t * line.slope
        best = -line.slope * t * t / (2 * bend) if isfinite(bend) and bend > 0 else 0.1 * t
        t = min(max(best, 0.1 * t), 0.5 * t)
    return None


def wolfe(line, t, rest=0.9, exact=False):
    """A place where f fell enough and its slope is at most `rest` of what it was (Wolfe 1969).

    Bracket, then zoom by cubics: Nocedal & Wright, algorithms 3.5 and 3.6. With `exact`, one
    secant step more, which on a parabola is the minimum along the line.
    """
    low, high = line.start, None
    for _ in range(_DOUBLINGS):
        tried = line.at(t)
        if not line.falls(tried) or (tried.value >= low.value + line.noise and low.t > 0):
            high = tried
            break
        if abs(tried.slope) <= -rest * line.slope:
            return _polished(line, tried) if exact else tried
        if tried.slope >= 0:
            low, high = tried, low
            break
        low, t = tried, _farther(low, tried)
    if high is None:
        return low if low.t > 0 else None
    for _ in range(_TRIALS):
        t = _between(low, high)
        if (line.x + t * line.d == line.x).all() or t in (low.t, high.t):
            break
        tried = line.at(t)
        if not line.falls(tried) or tried.value > low.value + line.noise:
            high = tried
            continue
        if abs(tried.slope) <= -rest * line.slope:
            return _polished(line, tried) if exact else tried
        if tried.slope * (high.t - low.t) >= 0:
            high = low
        low = tried
    return low if low.t > 0 else None


def _polished(line, tried):
    """After a secant step, if that is lower."""
    turn = tried.slope - line.slope
    if not turn > 0 or abs(tried.slope) <= 1e-10 * abs(line.slope):
        return tried
    better = line.at(-line.slope * tried.t / turn)
    lower = better.value < tried.value or abs(better.slope) < abs(tried.slope)
    return better if lower and line.falls(better) else tried


def _farther(low, tried):
    """The next length while f still falls: where the slope would be zero, at most ten times as far."""
    turn = tried.slope - low.slope
    t = tried.t - tried.slope * (tried.t - low.t) / turn if turn > 0 else inf
    return min(max(t, 2 * tried.t), 10 * tried.t)


def _between(a, b):
    """The minimum of the cubic with both values and slopes, kept inside; halfway where there is none."""
    width = b.t - a.t
    middle = a.t + 0.5 * width
    if not isfinite(b.value):
        return a.t + 0.1 * width
    d1 = a.slope + b.slope - 3 * (b.value - a.value) / width
    root = d1 * d1 - a.slope * b.slope
    if not root >= 0:
        return middle
    d2 = sqrt(root) * (1 if width > 0 else -1)
    below = b.slope - a.slope + 2 * d2
    t = b.t - width * (b.slope + d2 - d1) / below if below else middle
    near = 0.05 * abs(width)
    return t if min(a.t, b.t) + near <= t <= max(a.t, b.t) - near else middle
