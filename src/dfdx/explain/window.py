"""Which stretch of the curve to show, so that one sees how the tangent touches it.

Too wide, and the curve is a spike or a tangle; too narrow, and curve and tangent
are one line. So windows around the point are tried from wide to narrow until the
two are together near the point and apart at the edges.
"""

from math import isfinite, nan

_SIDE = 48  # samples on either side of the point
_MOST_TURNS = 7
_NARROWER = 44
_WIDER = 7
_HALVINGS = 12  # how close a jump is looked at
_PICKY = 3  # so often a window is refused because its tangent looks flat


def safe(f):
    """f, with nan where it has no value that could be drawn."""

    def value(*x):
        try:
            y = float(f(*x))
        except (ArithmeticError, ValueError, TypeError):  # TypeError: a complex value
            return nan
        return y if isfinite(y) else nan

    return value


def stretch(f, x, tangent):
    """The interval around x to show; f gives nan where it is undefined.

    `tangent` is the straight line (or the two halves of it), None where there is none.

    >>> stretch(lambda x: x * x, 0.0, lambda x: 0.0)
    (-4.0, 4.0)
    """
    width = start = 4.0 if abs(x) <= 8 else abs(x) / 2
    for k in range(_NARROWER):
        bend = _judge(f, x, tangent, width, flat=k < _PICKY)
        if bend is not None:
            break
        if x + width / 2 == x or width < 1e-300:
            return x - start, x + start
        width /= 2
    else:
        return x - start, x + start
    if width == start and 1e-9 < bend < 0.04:  # nearly straight: look from farther away
        for k in range(1, _WIDER + 1):
            wider = _judge(f, x, tangent, start * 2**k)
            if wider is None:
                break
            width = start * 2**k
            if wider >= 0.04:
                break
    return x - width, x + width


def _judge(f, x, tangent, width, flat=False):
    """How far curve and tangent part, as a share of the picture's height; None if unfit to show.

    With `flat` also a window is unfit that is so high that a sloping tangent looks flat.
    """
    xs = [x + width * k / _SIDE for k in range(-_SIDE, _SIDE + 1)]
    ys = [f(p) for p in xs]
    known = [y for y in ys if y == y]
    if len(known) < 0.3 * len(ys):
        return None
    low, high = heights(known)
    tall = high - low
    if not isfinite(tall) or _turns(known, tall) > _MOST_TURNS:
        return None
    if tangent is None or tall == 0:
        return 0.0
    gaps = [min(abs(y - tangent(p)), tall) if y == y else 0.0 for p, y in zip(xs, ys, strict=True)]
    bend = max(gaps) / tall
    near = max(gaps[_SIDE - _SIDE // 8 : _SIDE + _SIDE // 8 + 1]) / tall
    half = max(gaps[_SIDE // 2 : _SIDE + _SIDE // 2 + 1]) / tall
    if near > 0.2 or (bend > 0.04 and half < 0.06 * bend):
        return None
    rise = abs(tangent(x + width) - tangent(x - width)) / 2
    if flat and 0 < rise < 0.1 * tall and half < 0.2 * bend:
        return None
    return bend


def heights(values):
    """The lowest and highest value to show: all, unless a few lie far from the others (a pole)."""
    ordered = sorted(values)
    tenth = len(ordered) // 10
    inner = ordered[-1 - tenth] - ordered[tenth]
    low, high = ordered[0], ordered[-1]
    if inner > 0 and isfinite(inner):
        low = max(low, ordered[tenth] - 1.5 * inner)
        high = min(high, ordered[-1 - tenth] + 1.5 * inner)
    return low, high


def jumps(f, y, z):
    """True where halving the stretch from f(0) = y to f(1) = z does not make the step smaller.

    >>> jumps(lambda t: float(t > 0.3), 0.0, 1.0), jumps(lambda t: t**9, 0.0, 1.0)
    (True, False)
    """
    step, p, q = abs(z - y), 0.0, 1.0
    for _ in range(_HALVINGS):
        middle = (p + q) / 2
        m = f(middle)
        if m != m:
            return True
        if abs(m - y) > abs(z - m):
            q, z = middle, m
        else:
            p, y = middle, m
        if abs(z - y) <= 0.5 * step:
            return False
    return True


def _turns(values, tall):
    """How often the curve changes between rising and falling."""
    count, rising, last = 0, None, values[0]
    for y in values[1:]:
        if abs(y - last) > 1e-3 * tall:
            if rising is not None and (y > last) != rising:
                count += 1
            rising, last = y > last, y
    return count
