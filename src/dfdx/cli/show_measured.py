"""The text of `dfdx data`: method, a few rows, the derivative and its band as a picture."""

from math import isfinite

from ..explain.canvas import ASCII, BRAILLE, Canvas
from ..explain.digits import short
from ..explain.frame import CURVE, TANGENT, framed, paint, ticks
from .rows import aligned, notes

_ROWS = 6
_HEIGHT = 12


def measured_text(answer, out):
    """The lines of the answer."""
    missing = f", {answer['missing']} missing" if answer["missing"] else ""
    lines = [
        f"{answer['input']}: {answer['y']} by {answer['x']}, {answer['rows']} rows{missing}",
        "",
    ]
    lines += aligned([("method", answer["method"], "")], out)
    lines += notes(answer["notes"])
    lines += ["", *_table(answer, out)]
    if out.picture:
        drawn = _picture(answer, out)
        lines += ["", *drawn] if drawn else []
    if answer["out"]:
        lines += ["", f"written: {answer['out']} (columns {answer['name']} and ±)"]
    return lines


def _table(answer, out):
    """The first and last rows, aligned."""
    count = answer["rows"]
    shown = (
        range(count)
        if count <= _ROWS
        else [*range(_ROWS // 2), None, *range(count - _ROWS // 2, count)]
    )
    rows = [(answer["x"], answer["y"], answer["name"], out.sign("±", "+-"))]
    for k in shown:
        if k is None:
            rows.append(("…" if out.style == "unicode" else "...", "", "", ""))
            continue
        at = answer["at"][k]
        value = answer["values"][k]
        rows.append(
            (
                at if isinstance(at, str) else short(at),
                short(value) if value == value else "missing",
                short(answer["derivative"][k]),
                _digits(answer["error"][k]),
            )
        )
    widths = [max(len(row[c]) for row in rows) for c in range(4)]
    return ["  " + "   ".join(c.rjust(w) for c, w in zip(row, widths, strict=True)) for row in rows]


def _digits(error):
    return f"{error:.2g}" if isfinite(error) else "?"


def _picture(answer, out):
    """The derivative as a line, its band dashed."""
    style = BRAILLE if out.style == "unicode" else ASCII
    points = [
        (p, v, e if isfinite(e) else 0.0)
        for p, v, e in zip(answer["places"], answer["derivative"], answer["error"], strict=True)
        if isfinite(v)
    ]
    if len(points) < 2:
        return []
    points.sort()
    a, b = points[0][0], points[-1][0]
    values = sorted(v for _, v, _ in points)
    ends = [values[0], values[-1]]
    inner = [v + s * e for _, v, e in points for s in (-1, 1) if e < ends[1] - ends[0]]
    low, high = min([ends[0], *inner]), max([ends[1], *inner])
    if not (b > a and isfinite(high - low)):
        return []
    if high - low <= 1e-13 * max(abs(low), abs(high), 1e-300):
        low, high = low - (abs(low) or 1.0) / 2, high + (abs(high) or 1.0) / 2
    ups = ticks(low, high, 5)
    margin = max((len(text) for _, text in ups), default=0)
    canvas = Canvas(max(8, out.width - margin - 3), _HEIGHT, style)

    def place(p, y):
        row = (high - y) / (high - low) * (canvas.rows - 1)
        return (p - a) / (b - a) * (canvas.columns - 1), min(max(row, -3.0), canvas.rows + 2.0)

    thin = points[:: max(1, len(points) // (4 * canvas.columns))]
    for sign, layer, dash in ((0, CURVE, 0), (-1, TANGENT, 2), (1, TANGENT, 2)):
        before = None
        for p, v, e in thin:
            after = place(p, v + sign * e)
            canvas.line(layer, before or after, after, dash=dash if before else 0)
            before = after
    across = _dates(answer, a, b) if isinstance(answer["at"][0], str) else None
    lines = framed(canvas, place, ups, margin, (a, b), out.colour, across)
    solid, dashed = ("--", ": :") if style == ASCII else ("⠒⠒", "⠒ ⠒")
    legend = paint(f"{solid} {answer['name']}", CURVE, out.colour)
    band = paint(f"{dashed} its 95 % band", TANGENT, out.colour)
    return [*lines, " " * (margin + 2) + legend + "   " + band]


def _dates(answer, a, b):
    """The first, middle and last date under the picture."""
    middle = answer["rows"] // 2
    return [(answer["places"][k], answer["at"][k][:10]) for k in (0, middle, -1) if a <= b]
