"""Ways down a function, as pictures: over a map for two variables, on the curve for one, else by the step."""

from itertools import pairwise
from math import ceil, isfinite, log10

from .canvas import BRAILLE, Canvas
from .contours import nested
from .frame import framed, ticks
from .landscape import DOTS, TALLER, Path, inks, landscape, legend, letters, named
from .loglog import powers
from .picture import curve
from .window import heights, safe

_LINES = 7
_ROOM = 0.12  # of the width of the ways, on either side
_ONE_SCALE = 4.0  # so many times longer one axis may be for both to have one scale
_WIDE = 30.0  # from this ratio on an axis is logarithmic


def ways(
    searches, labels=None, *, f=None, names=None, title="f", width=78, height=20, style=BRAILLE,
    colour=False, spacing=2,
):  # fmt: skip
    """The picture of searches for a minimum (each a `Minimum`), as a list of lines.

    `labels` name them; `f` is the function of the variables, one after the other (what the first search
    knows if it is left out), and `names` are those of the variables.

    >>> import numpy as np
    >>> from dfdx.descent.minimum import History, Minimum
    >>> history, here = History.of(2), np.array([2.0, 1.0])
    >>> for _ in range(9):
    ...     history.add(here, here @ here, 2 * np.linalg.norm(here))
    ...     here = here / 2
    >>> found = Minimum(here, 0.0, here, reason="", method="halving", converged=True, history=history)
    >>> lines = ways([found], f=lambda x, y: x * x + y * y, height=8, width=50)
    >>> lines[-2].strip()
    'h halving   ○ start   ● end'
    """
    searches = [s for s in searches if len(s.history)]
    if not searches:
        return []
    paths = _paths(searches, labels or [s.method for s in searches])
    points = searches[0].history.points
    many = 0 if points is None else points.shape[1]
    f = f or _known(searches[0])
    more = {"title": title, "width": width, "height": height, "style": style, "colour": colour}
    if many == 2 and f is not None:
        box = box_round(paths, [_flat(s.x) for s in searches], width - 8, height, style)
        return landscape(
            safe(f), box, lambda known: nested(known, _LINES), paths=paths,
            names=names or ("x", "y"), spacing=spacing, **more,
        )  # fmt: skip
    if many == 1 and f is not None:
        return _on_curve(safe(f), paths, (names or ("x",))[0], **more)
    return _by_step(searches, paths, **more)


def _known(search):
    import numpy as np

    return search._f and (lambda *point: search._f(np.array(point)))


def _flat(x):
    from ..calculus.flat import flatten

    return tuple(flatten(x)[0])


def _paths(searches, labels):
    """The searches as paths, each with a letter of its own."""
    paths, taken = [], set()
    for k, (search, label) in enumerate(zip(searches, labels, strict=True)):
        free = [c for c in label.lower() if c.isalpha() and c not in taken]
        letter = free[0] if free else str((k + 1) % 10)
        taken.add(letter)
        points = search.history.points
        paths.append(Path([] if points is None else points, letter, label))
    return paths


def box_round(paths, ends, width, height, style=BRAILLE):
    """`(a, b, c, d)`: where the paths are, but for what went far; of one scale where that can be."""
    sides = []
    core = [*ends, *(path.points[0] for path in paths if path.points)]
    reach = max(max(p[k] for p in core) - min(p[k] for p in core) for k in (0, 1))
    for k in (0, 1):
        low, high = min(p[k] for p in core), max(p[k] for p in core)
        every = sorted(p[k] for path in paths for p in path.points)
        near = heights(every) if reach == 0 else (low - reach, high + reach)
        inside = [v for v in every if near[0] <= v <= near[1]]
        sides.append([min([low, *inside]), max([high, *inside])])
    longest = max(high - low for low, high in sides)
    for side in sides:
        room = _ROOM * max(side[1] - side[0], longest / _ONE_SCALE)
        room = room or max(1.0, abs(side[0])) / 2  # nobody moved
        side[:] = side[0] - room, side[1] + room
    canvas = Canvas(width, height, style)
    shape = canvas.columns, canvas.rows * TALLER[style]
    units = [(high - low) / room for (low, high), room in zip(sides, shape, strict=True)]
    if max(units) <= _ONE_SCALE * min(units):
        for side, room in zip(sides, shape, strict=True):
            more = (max(units) * room - (side[1] - side[0])) / 2
            side[:] = side[0] - more, side[1] + more
    return (*sides[0], *sides[1])


def _on_curve(f, paths, name, title, width, height, style, colour):
    """The curve, and on it the steps."""
    every = sorted(p[0] for path in paths for p in path.points)
    low, high = heights(every)
    ends = [p.points[k][0] for p in paths for k in (0, -1) if p.points]
    low, high = min(low, ends[0]), max(high, ends[0])
    room = _ROOM * (high - low) or max(1.0, abs(low)) / 2
    a, b = low - room, high + room
    points = curve(f, a, b, 2 * width)
    known = [y for _, y in points if y == y]
    if not known:
        return []
    c, d = heights(known)
    here = [f(p[0]) for path in paths for p in path.points if a <= p[0] <= b]
    c, d = min([c, *(y for y in here if y == y)]), max([d, *(y for y in here[:1] if y == y)])
    tall = (d - c) or abs(c) or 1.0
    board = Board((a, b), (c - 0.08 * tall, d + 0.08 * tall), width, height, style, colour, paths)
    board.line(points, len(paths))
    for k, path in reversed(list(enumerate(paths))):  # the first path lies on top
        for (x,) in path.points:
            board.mark(x, f(x), path.letter, k)
    for k, path in reversed(list(enumerate(paths))):
        for place, dot, kind in zip((0, -1), DOTS[style], (-1, k), strict=True):
            if path.points:
                board.mark(*path.points[place], f(*path.points[place]), dot, kind)
    return board.lines(f"the curve is {title}({name}), the letters are the steps")


def _by_step(searches, paths, title, width, height, style, colour):
    """The value after each step, on logarithmic axes where that shows more."""
    rows = [[(k, float(v)) for k, v in enumerate(s.history.value) if isfinite(v)] for s in searches]
    rows = [row for row in rows if row]
    if not rows:
        return []
    counts = [row[-1][0] for row in rows]
    values = sorted(v for row in rows for _, v in row)
    start = max(row[0][1] for row in rows)
    low, high = values[0], max(min(values[-1], start + 2 * (start - values[0])), start)
    upright = low > 0 and high > _WIDE * low
    aside = max(counts) > _WIDE * max(1, min(counts))
    if upright:
        low, high = log10(low), log10(high)
    tall = (high - low) or abs(low) or 1.0
    span = (0.0, log10(1 + max(counts)) if aside else float(max(1, *counts)))
    board = Board(
        span, (low - 0.05 * tall, high + 0.05 * tall), width, height, style, colour, paths
    )
    for k, row in enumerate(rows):
        line = [
            (log10(1 + x) if aside else x, log10(y) if upright else y)
            for x, y in row
            if not upright or y > 0
        ]
        if colour:
            board.line(line, k)
        else:
            board.letters(line, paths[k].letter)
        board.mark(*line[-1], DOTS[style][1], k)
    if upright and ceil(high) - ceil(low) >= 2:
        board.ups = powers(low, high, style)
    elif upright:
        board.ups = [(log10(v), t) for v, t in ticks(10**low, 10**high, 5) if v > 0]
    if aside:
        marks = [(0.0, "0"), *((log10(1 + 10**k), f"{10**k:,}") for k in range(9))]
        board.across = [m for m in marks if m[0] <= span[1]]
    return board.lines(
        f"{title} after each step" + (", both axes logarithmic" if aside and upright else "")
    )


class Board:
    """A frame with axes, on which points (x, y) are drawn in the colour of a path."""

    def __init__(self, across, up, width, height, style, colour, paths):
        self.ends, self.up, self.paths = across, up, paths
        self.width, self.style, self.colour = width, style, colour
        self.ups, self.across, self.start = ticks(*up, 5), None, True
        self.canvas = Canvas(
            max(8, width - 11), height, style, len(paths) + 1, range(len(paths) + 1)
        )

    def place(self, x, y):
        (a, b), (low, high) = self.ends, self.up
        row = (high - y) / (high - low) * (self.canvas.rows - 1)
        column = (x - a) / (b - a) * (self.canvas.columns - 1)
        far = 4 * self.canvas.columns
        return min(max(column, -far), far), min(max(row, -far), far)

    def line(self, points, layer):
        """Through the points; where y is nan there is a gap."""
        for (x, y), (u, v) in pairwise(points if len(points) > 1 else points * 2):
            if y == y and v == v:
                self.canvas.line(layer, self.place(x, y), self.place(u, v))

    def letters(self, points, letter):
        """A letter along the line through the points."""
        for start, end in pairwise(points if len(points) > 1 else points * 2):
            letters(self.canvas, self.place(*start), self.place(*end), letter)

    def mark(self, x, y, character, kind):
        if y == y:
            self.canvas.mark(*map(round, self.place(x, y)), character, kind if self.colour else -1)

    def lines(self, told):
        """The rows, with the legend."""
        margin = max((len(text) for _, text in self.ups), default=0)
        palette = inks(len(self.paths))
        drawn = framed(
            self.canvas, self.place, self.ups, margin, self.ends, self.colour, self.across, palette
        )
        parts = named(self.paths, self.style, self.start)
        return [*drawn, *legend(parts, told, self.width, margin + 2, self.colour, palette)]
