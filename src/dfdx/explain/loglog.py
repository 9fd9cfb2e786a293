"""Points and laws on logarithmic axes, in a terminal."""

from itertools import pairwise
from math import ceil, floor, isfinite, log10

from .canvas import ASCII, Canvas
from .frame import CURVE, MARK, TANGENT, framed, paint

_RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
_MOST_TICKS = 6


def plotted(xs, ys, laws, best, width=78, height=16, style="braille", colour=False):
    """The points (x, y) as dots, each law as a dashed line over the same xs; all above 0.

    `best` is an x that is marked; nothing is drawn where no point is above 0.

    >>> lines = plotted([1.0, 0.1, 0.01], [1.0, 0.1, 0.01], [], 0.1, width=40, height=6)
    >>> len(lines), max(map(len, lines)) <= 40
    (9, True)
    """
    points = [(log10(x), log10(y)) for x, y in zip(xs, ys, strict=True) if y > 0 and isfinite(y)]
    if not points:
        return []
    a, b = _range([log10(x) for x in xs])
    low, high = _range([v for _, v in points])
    ups = powers(low, high, style)
    margin = max((len(text) for _, text in ups), default=0)
    canvas = Canvas(max(8, width - margin - 3), height, style)
    across, down = canvas.columns - 1, canvas.rows - 1

    def place(u, v):
        return (u - a) / (b - a) * across, (high - v) / (high - low) * down

    for law in laws:
        ends = [(log10(x), log10(y)) for x, y in zip(xs, law, strict=True) if 0 < y < float("inf")]
        for start, end in pairwise(ends):
            if low <= start[1] <= high and low <= end[1] <= high:
                canvas.line(TANGENT, place(*start), place(*end), dash=2)
    for u, v in points:
        _spot(canvas, *map(round, place(u, v)))
    if best > 0 and a <= log10(best) <= b:
        column = round(place(log10(best), low)[0])
        canvas.mark(column, canvas.rows - 1, "^" if style == ASCII else "▲")
    lines = framed(canvas, place, ups, margin, (a, b), colour, powers(a, b, style))
    solid, dashed, mark = ("o", ": :", "^") if style == ASCII else ("⠶", "⠒ ⠒", "▲")
    parts = [(f"{solid} error", CURVE), (f"{mark} best h", MARK)]
    if laws:
        parts.insert(1, (f"{dashed} truncation, round-off", TANGENT))
    indent = max(0, min(margin + 2, width - len("   ".join(text for text, _ in parts))))
    return [*lines, " " * indent + "   ".join(paint(*part, colour) for part in parts)]


def shown_power(name, n):
    """h, h², h³, …"""
    return name if n == 1 else name + str(n).translate(_RAISED)


def _spot(canvas, column, row):
    """A point of two by two dots."""
    for c in (column, column + 1):
        for r in (row, row - 1):
            canvas.dot(CURVE, c, r)


def _range(values):
    """The whole powers around the values."""
    low, high = floor(min(values) + 1e-9), ceil(max(values) - 1e-9)
    return (low, high) if low < high else (low - 1, high + 1)


def powers(low, high, style):
    """Whole powers of ten between low and high, with their texts."""
    step = max(1, ceil((high - low) / _MOST_TICKS))
    first = -(-low // step) * step
    return [(float(k), _power(int(k), style)) for k in range(int(first), int(high) + 1, step)]


def _power(k, style):
    return f"1e{k}" if style == ASCII else "10" + str(k).translate(_RAISED) if k else "1"
