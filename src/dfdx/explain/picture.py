"""Curve and tangent in a terminal.

The curve is drawn as far as it is defined; where it jumps there is a gap, found
by looking ever closer (a steep stretch closes up, a jump does not). The tangent
is dashed, and where the two sides have different slopes each has its own half.
"""

from math import isfinite, isnan, nan

from .canvas import ASCII, BRAILLE, Canvas
from .frame import CURVE, MARK, TANGENT, framed, paint, ticks
from .window import heights, jumps, safe, stretch

_TICKS = 5
_DASH = 4


def picture(f, x, slopes, name="x", title="f", width=78, height=12, style=BRAILLE, colour=False):
    """The picture of the curve of f around x with its tangent, as a list of lines.

    `slopes` is (left, right), equal where the derivative exists; nan where there is
    none, inf for a vertical one. Nothing (an empty list) where nothing can be drawn.

    >>> lines = picture(lambda x: x * x, 1.0, (2.0, 2.0), width=40, height=6)
    >>> len(lines), max(map(len, lines)) <= 40
    (9, True)
    """
    f = safe(f)
    here = f(x)
    if not isfinite(x):
        return []
    line = touching(x, here, slopes)
    a, b = stretch(f, x, line)
    if not isfinite(b - a) or not a < b:
        return []
    points = curve(f, a, b, 2 * width)
    known = [y for _, y in points if y == y]
    if not known:
        return []
    low, high = _heights(known, here)
    if not isfinite(high - low):
        return []
    ups = ticks(low, high, _TICKS if height > 8 else 3)
    margin = max((len(text) for _, text in ups), default=0)
    canvas = Canvas(max(8, width - margin - 3), height, style)
    place = _places(canvas, a, b, low, high)
    _draw_curve(canvas, place, points)
    if line is not None:
        _draw_tangent(canvas, place, (a, b), x, here, slopes)
    if here == here:
        canvas.mark(*map(round, place(x, here)), "o" if style == ASCII else "●")
    lines = framed(canvas, place, ups, margin, (a, b), colour)
    return [*lines, _legend(f"{title}({name})", line is not None, width, margin + 2, style, colour)]


def touching(x, here, slopes):
    """The tangent as a function (of two halves where the slopes differ); None where there is none."""
    left, right = slopes
    if isnan(here) or not (isfinite(left) or isfinite(right)):
        return None if isnan(here) or (isnan(left) and isnan(right)) else lambda p: nan

    def line(p):
        slope = left if p < x else right
        return here + slope * (p - x) if isfinite(slope) else nan

    return line


def curve(f, a, b, count):
    """Points (x, f(x)) from a to b, with nan between stretches that do not hang together.

    >>> points = curve(lambda x: x // 1, 0.5, 1.5, 10)
    >>> [y for x, y in points if y != y]
    [nan]
    """
    xs = [a + (b - a) * k / count for k in range(count + 1)]
    ys = [f(p) for p in xs]
    known = [y for y in ys if y == y]
    if not known:
        return []
    low, high = heights(known)
    least = (high - low) / 12
    points = [(xs[0], ys[0])]
    for p, q, y, z in zip(xs, xs[1:], ys, ys[1:], strict=False):
        if (y == y) != (z == z):
            points.append(_edge(f, p, q, y == y))
        elif abs(z - y) > least and jumps(lambda t, p=p, q=q: f(p + t * (q - p)), y, z):
            points.append(((p + q) / 2, nan))
        points.append((q, z))
    return points


def _edge(f, p, q, known_first):
    """The last point, between p and q, at which f is defined."""
    inside, outside = (p, q) if known_first else (q, p)
    for _ in range(30):
        middle = (inside + outside) / 2
        if isnan(f(middle)):
            outside = middle
        else:
            inside = middle
    return inside, f(inside)


def _heights(known, here):
    """Lowest and highest value of the picture, with a margin."""
    low, high = heights(known)
    if here == here:
        low, high = min(low, here), max(high, here)
    tall = high - low
    if tall <= 1e-13 * max(abs(low), abs(high)):
        tall = max(abs(low), abs(high)) or 1.0
        return low - tall / 2, high + tall / 2
    return low - 0.06 * tall, high + 0.06 * tall


def _places(canvas, a, b, low, high):
    """The function from (x, y) to the dot (column, row), as floats."""
    across, down = canvas.columns - 1, canvas.rows - 1

    def place(p, y):
        row = (high - y) / (high - low) * down
        return (p - a) / (b - a) * across, min(max(row, -3.0), down + 3.0)

    return place


def _draw_curve(canvas, place, points):
    before = None
    for p, y in points:
        after = place(p, y) if y == y else None
        if after:
            canvas.line(CURVE, before or after, after)
        before = after


def _draw_tangent(canvas, place, ends, x, here, slopes):
    at = place(x, here)
    for end, slope in zip(ends, slopes, strict=True):
        if isnan(slope):
            continue
        if isfinite(slope):
            _dashes(canvas, place, at, lambda p, s=slope: here + s * (p - x), x, end)
        else:
            up = (slope > 0) == (end > x)
            canvas.line(TANGENT, at, (at[0], -3.0 if up else canvas.rows + 3.0), dash=_DASH)


def _dashes(canvas, place, at, line, x, end):
    """A dashed line from the point to the edge of the canvas, whichever edge it meets first."""
    inside, outside = 0.0, 1.0
    full = place(end, line(end))
    if not -1 <= full[1] <= canvas.rows:
        for _ in range(40):  # where it leaves through the top or the bottom
            t = (inside + outside) / 2
            row = place(x + t * (end - x), line(x + t * (end - x)))[1]
            inside, outside = (t, outside) if -1 < row < canvas.rows else (inside, t)
        p = x + inside * (end - x)
        full = place(p, line(p))
    canvas.line(TANGENT, at, full, dash=_DASH)


def _legend(name, touched, room, margin, style, colour):
    solid, dashed, dot = ("--", ": :", "o") if style == ASCII else ("⠒⠒", "⠒ ⠒", "●")
    parts = [(f"{solid} {name}", CURVE)]
    if touched:
        parts.append((f"{dashed} tangent", TANGENT))
    parts.append((f"{dot} the point", MARK))
    indent = max(0, min(margin, room - len("   ".join(text for text, _ in parts))))
    return " " * indent + "   ".join(paint(text, kind, colour) for text, kind in parts)
