"""A function of two variables as a map: contour lines, and what goes over them.

Paths (of a search for a minimum, say) have a letter and, where the terminal has colours, a colour each;
without colours the path is written with its letter. An arrow stands upright on the lines only where both axes
have the same scale; `box_of` makes such a map.
"""

from math import atan2, hypot, isfinite, pi

from .canvas import ASCII, BRAILLE, Canvas
from .contours import Heights
from .digits import short
from .frame import framed, paint, ticks

_FEW = 80  # steps that get a spot each
_HUES = ("31", "32", "33", "35", "36", "34", "91", "92")  # of the paths, one after the other
_ARROWS = {BRAILLE: "→↗↑↖←↙↓↘", ASCII: ">/^\\</v\\"}
DOTS = {BRAILLE: "○●", ASCII: "o*"}  # where a path starts, where it ends
TALLER = {
    BRAILLE: 1.0,
    ASCII: 2 / 3,
}  # a dot's height, in its widths; a character is twice as tall as wide


class Path:
    """A way over the map: points (x, y), the letter that marks it, its name in the legend."""

    __slots__ = ("letter", "name", "points")

    def __init__(self, points, letter, name):
        self.points = [tuple(map(float, p)) for p in points if all(map(isfinite, p))]
        self.letter, self.name = letter, name


def box_of(middle, half, width, height, style=BRAILLE):
    """`(a, b, c, d)`: a map round a point, `half` its height, both axes of one scale."""
    canvas = Canvas(width, height, style)
    across = half * canvas.columns / (canvas.rows * TALLER[style])
    x, y = middle
    return x - across, x + across, y - half, y + half


def landscape(
    f, box, levels, *, paths=(), point=None, arrow=None, names=("x", "y"), title="f", told=None,
    width=78, height=18, style=BRAILLE, colour=False, spacing=3,
):  # fmt: skip
    """The map of f over the box (a, b, c, d), as a list of lines.

    `levels` makes levels of the heights that were found, the lowest first; f gives nan where it is
    undefined; `told` says in words which levels they are. A `point` is marked; an `arrow` is a direction
    from there. The heights are asked every `spacing` dots.

    >>> lines = landscape(lambda x, y: x * x + y * y, (-2, 2, -1, 1), lambda known: [1.0], width=40, height=8)
    >>> len(lines), max(map(len, lines)) <= 40
    (11, True)
    """
    a, b, c, d = box
    ups = ticks(c, d, 5)
    margin = max((len(text) for _, text in ups), default=0)
    count = len(paths) + 1 if colour else 0
    layers = range(count + 2)  # the paths and the arrow, then the lines, low and high
    canvas = Canvas(max(8, width - margin - 3), height, style, len(layers), layers)

    def place(x, y):
        return (x - a) / (b - a) * (canvas.columns - 1), (d - y) / (d - c) * (canvas.rows - 1)

    grid = Heights(
        f,
        _spread(a, b, max(8, canvas.columns // spacing)),
        _spread(c, d, max(8, canvas.rows // spacing)),
    )
    found = levels(grid.known)
    for k, level in enumerate(found):
        for start, end in grid.contour(level):
            canvas.line(count + (2 * k >= len(found)), place(*start), place(*end))
    for k, path in enumerate(paths):
        _draw_path(canvas, place, path, k if colour else None)
    for k in reversed(range(len(paths))):
        _draw_ends(canvas, place, paths[k], k if colour else -1)
    if point is not None:
        if arrow is not None:
            _draw_arrow(canvas, place(*point), arrow, count - 1 if colour else None)
        canvas.mark(*map(round, place(*point)), DOTS[style][1])
    palette = inks(len(paths))
    palette |= {count - 1: palette[-1], count: "\x1b[34m", count + 1: "\x1b[2m"} if colour else {}
    lines = framed(canvas, place, ups, margin, (a, b), colour, palette=palette)
    parts = named(paths, style)
    heights = told(found) if told else lines_told(found, names, title)
    return [*lines, *legend(parts, heights, width, margin + 2, colour, palette)]


def inks(count):
    """The colours of so many paths, of marks (-1) and of the frame (None)."""
    hues = {k: f"\x1b[1;{_HUES[k % len(_HUES)]}m" for k in range(count)}
    return hues | {count: "\x1b[2m", -1: "\x1b[1m", None: "\x1b[2m"}


def named(paths, style, start=True):
    """The parts of a legend: paths with their letters, and how their ends are marked."""
    dots = zip(DOTS[style], ("start", "end"), strict=True)
    marks = [(f"{dot} {word}", -1) for dot, word in dots if paths and (start or word == "end")]
    return [(f"{p.letter} {p.name}", k) for k, p in enumerate(paths)] + marks


def _spread(a, b, count):
    return [a + (b - a) * k / count for k in range(count + 1)]


def _draw_path(canvas, place, path, layer):
    """The way from step to step: a line in its layer, or its letter again and again."""
    before = None
    for x, y in path.points:
        after = _near(canvas, place(x, y))
        start, end = _clipped(canvas, before or after, after)
        if start is not None:
            if layer is None:
                letters(canvas, start, end, path.letter)
            else:
                canvas.line(layer, start, end)
        if layer is not None and len(path.points) <= _FEW:
            for c, r in ((0, 0), (1, 0), (0, 1), (1, 1)):
                canvas.dot(layer, round(after[0]) + c, round(after[1]) + r)
        before = after


def _near(canvas, at):
    """A place that floats can count, however far away it is."""
    far = 1e6 * canvas.columns
    return tuple(min(max(v, -far), far) for v in at)


def _clipped(canvas, start, end):
    """The part of a line that is on the canvas (Liang, Barsky 1984); None where there is none."""
    first, last = 0.0, 1.0
    for s, e, most in zip(start, end, (canvas.columns, canvas.rows), strict=True):
        for step, room in ((s - e, s + 1), (e - s, most - s)):
            if step == 0 and room < 0:
                return None, None
            if step < 0:
                first = max(first, room / step)
            elif step > 0:
                last = min(last, room / step)
    if first > last:
        return None, None
    return tuple(
        tuple(s + t * (e - s) for s, e in zip(start, end, strict=True)) for t in (first, last)
    )


def letters(canvas, start, end, letter):
    """The letter again and again along a line, but not over marks."""
    count = max(1, round(max(abs(end[0] - start[0]), abs(end[1] - start[1]))))
    for k in range(count + 1):
        t = k / count
        at = [round(s + t * (e - s)) for s, e in zip(start, end, strict=True)]
        if canvas.cell(*at) not in canvas.marks:
            canvas.mark(*at, letter)


def _draw_ends(canvas, place, path, kind):
    """Where the path starts and where it ends."""
    if path.points:
        start, end = (_near(canvas, place(*path.points[k])) for k in (0, -1))
        canvas.mark(*map(round, start), DOTS[canvas.style][0])
        canvas.mark(*map(round, end), DOTS[canvas.style][1], kind)


def _draw_arrow(canvas, at, arrow, layer):
    """An arrow of a third of the map's height, on axes of one scale."""
    tall = TALLER[canvas.style]
    length = hypot(*arrow)
    reach = canvas.rows * tall / 3
    tip = at[0] + reach * arrow[0] / length, at[1] - reach / tall * arrow[1] / length
    if layer is None:
        letters(canvas, at, tip, "#")
    else:
        canvas.line(layer, at, tip)
    eighth = round(atan2(arrow[1], arrow[0]) / (pi / 4)) % 8
    canvas.mark(*map(round, tip), _ARROWS[canvas.style][eighth])


def lines_told(levels, names, title):
    """Which heights the lines have."""
    if not levels:
        return f"{title} has no lines here"
    shown = [short(v, 4) for v in levels]
    for digits in range(5, 18):
        if len(set(shown)) < len(levels):  # they differ in later digits
            shown = [short(v, digits) for v in levels]
    return f"lines: {title}({', '.join(names)}) = {', '.join(shown)}"


def legend(parts, told, width, indent, colour, palette):
    """Lines with the parts (text, kind) in their colours, and then with what is told."""
    lines, used = [" " * indent], indent
    for text, kind in parts:
        if used > indent and used + 3 + len(text) > width:
            lines.append(" " * indent)
            used = indent
        gap = "   " if used > indent else ""
        lines[-1] += gap + paint(text, kind, colour, palette)
        used += len(gap) + len(text)
    room = max(20, width - indent)
    return [line for line in lines if line.strip()] + [
        " " * indent + line for line in _wrapped(told, room)
    ]


def _wrapped(text, width):
    """The text in lines."""
    lines = [""]
    for word in text.split(" "):
        if lines[-1] and len(lines[-1]) + 1 + len(word) > width:
            lines.append("")
        lines[-1] += (" " if lines[-1] else "") + word
    return lines
