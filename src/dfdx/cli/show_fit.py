"""The answer to `dfdx fit` as a person reads it: the parameters and how well they are known, the picture."""

from itertools import pairwise
from math import isfinite

from ..explain.canvas import ASCII, BRAILLE, Canvas
from ..explain.digits import full, short
from ..explain.frame import CURVE, TANGENT, framed, paint, ticks
from .rows import clipped, notes

_HEIGHT = 14


def fit_text(answer, out):
    """The lines of the answer."""
    lines = [answer["input"]]
    if "read_as" in answer:
        read = answer["read_as"] if out.style == "unicode" else answer["typed"]
        names = [*answer["x"], *answer["parameters"]]
        lines = [f"read as {answer['name']}({', '.join(names)}) = {clipped(read)}"]
    by = ", ".join(c if c == v else f"{v} = {c}" for v, c in answer["x"].items())
    lines += [
        f"{answer['file']}: {answer['y']} by {by}, {answer['rows']} rows",
        "",
        *_table(answer, out),
        "",
    ]
    lines += [_quality(answer, out)]
    state = "fit" if answer["converged"] else "not yet a fit"
    lines += [f"{state}: {answer['method']}, {answer['reason']}", *notes(_said(answer, out))]
    if out.picture:
        drawn = _picture(answer, out)
        lines += ["", *drawn] if drawn else []
    if answer["out"]:
        lines += ["", f"written: {answer['out']} (columns fit and residual)"]
    return lines


def _said(answer, out):
    return [n if out.style == "unicode" else n.replace("…", "...") for n in answer["notes"]]


def _table(answer, out):
    """A row for each parameter."""
    rows = [("parameter", "value", "standard error", "")]
    for name, value in answer["parameters"].items():
        error = answer["errors"][name]
        known = error == error and isfinite(error)
        share = f"{100 * error / abs(value):.2g} %" if known and value else ""
        bar = f"{out.sign('±', '+/-')} {error:.2g}" if known else "unknown"
        rows.append((name, full(value, error / 10 if known else 0.0), bar, share))
    widths = [max(len(row[k]) for row in rows) for k in range(4)]
    lines = []
    for k, (name, value, error, share) in enumerate(rows):
        shown = f"{value:>{widths[1]}}"
        shown = shown if k == 0 else out.bold(shown)
        line = f"{name:<{widths[0]}}  {shown}  {error:<{widths[2]}}  {share:>{widths[3]}}".rstrip()
        lines.append(out.dim(line) if k == 0 else line)
    return lines


def _quality(answer, out):
    """chi², degrees of freedom, the standard deviation of one datum, R²."""
    parts = [f"{out.sign('chi²', 'chi^2')} = {short(answer['chi2'])}", f"dof = {answer['dof']}"]
    if answer["sigma"] == answer["sigma"]:
        parts.append(f"sigma = {short(answer['sigma'], 4)}")
    if answer["r2"] is not None:
        parts.append(f"{out.sign('R²', 'R^2')} = {short(answer['r2'])}")
    return ", ".join(parts)


def _picture(answer, out):
    """The data as spots, the curve through them, its band dashed."""
    curve = answer["curve"]
    if curve is None:
        return []
    style = BRAILLE if out.style == "unicode" else ASCII
    data = [(float(x), float(y)) for x, y in zip(*curve["data"], strict=True) if y == y]
    line = [(float(x), float(y)) for x, y in zip(curve["x"], curve["values"], strict=True)]
    heights = [y for _, y in (*data, *line) if isfinite(y)]
    a, b = line[0][0], line[-1][0]
    if not (b > a and heights):
        return []
    low, high = min(heights), max(heights)
    room = 0.06 * (high - low) or abs(low) or 1.0
    low, high = low - room, high + room
    ups = ticks(low, high, 5)
    margin = max((len(text) for _, text in ups), default=0)
    canvas = Canvas(max(8, out.width - margin - 3), _HEIGHT, style, solid=(0, 1))

    def place(p, y):
        row = (high - y) / (high - low) * (canvas.rows - 1)
        return (p - a) / (b - a) * (canvas.columns - 1), min(max(row, -3.0), canvas.rows + 2.0)

    for start, end in pairwise(line):
        if start[1] == start[1] and end[1] == end[1]:
            canvas.line(CURVE, place(*start), place(*end))
    spots = len(data) <= 4 * canvas.width
    for p, y in data:
        column, row = map(round, place(p, y))
        if spots:
            canvas.mark(column, row, "o" if style == ASCII else "•", TANGENT)
        else:
            canvas.dot(TANGENT, column, row)
    lines = framed(canvas, place, ups, margin, (a, b), out.colour)
    dot, solid = ("o", "--") if style == ASCII else ("•", "⠒⠒")
    legend = [(f"{dot} {answer['y']}", TANGENT), (f"{solid} fit", CURVE)]
    return [*lines, " " * (margin + 2) + "   ".join(paint(*part, out.colour) for part in legend)]
