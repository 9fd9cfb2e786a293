"""The answer as a person reads it: how the formula was understood, the numbers, the picture."""

from math import isfinite

from ..explain.digits import full, short, upward
from .rows import aligned, clipped, notes

_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def derivative_text(answer, out):
    """The lines of the answer to `dfdx FORMULA`, without the picture."""
    points = answer["points"]
    rows = []
    if len(points) == 1:
        rows += _point_rows(answer, points[0], out)
    if "formula" in answer:
        key = "formula" if out.style == "unicode" else "formula_typed"
        rows.append((f"{slope_name(answer, out)}({_arguments(answer)})", clipped(answer[key]), ""))
    if len(points) == 1 and "tangent" in points[0]:
        rows.append(("tangent", _tangent(answer, points[0], out), ""))
    lines = [*_heading(answer, out), "", *aligned(rows, out)]
    if len(points) == 1:
        lines += notes(points[0]["notes"])
        parts = (
            _study(points[0], out),
            _quotients(answer, points[0], out),
            _steps(answer, points[0], out),
        )
        for part in parts:
            lines += ["", *part] if part else []
    elif points:
        lines += ["", *_table(answer, points, out)]
        lines += notes(dict.fromkeys(n for p in points for n in p["notes"]))
    return lines


def slope_name(answer, out):
    """f′, f″, f⁽⁴⁾; with several variables ∂f/∂x."""
    name, order = answer["name"], answer["order"]
    if len(answer["variables"]) > 1:
        d = out.sign("∂", "d")
        power = "" if order == 1 else out.sign(str(order).translate(_RAISED), f"^{order}")
        return f"{d}{power}{name}/{d}{answer['variable']}{power}"
    if order <= 3:
        return name + out.sign("′″‴"[order - 1], "'" * order)
    return name + out.sign(f"⁽{str(order).translate(_RAISED)}⁾", f"^({order})")


def _arguments(answer, x=None):
    """What stands in the brackets behind f: the names, or the numbers of a point."""
    if x is None:
        return ", ".join(answer["variables"])
    values = {**answer["fixed"], answer["variable"]: x}
    return ", ".join(full(values[name]) for name in answer["variables"] if name in values)


def _heading(answer, out):
    """How the formula was understood."""
    if "read_as" not in answer:
        return [f"{answer['input']}"]
    read = answer["read_as"] if out.style == "unicode" else answer["typed"]
    return [f"read as {answer['name']}({_arguments(answer)}) = {clipped(read)}"]


def _point_rows(answer, point, out):
    at = _arguments(answer, point["at"])
    here = f"{answer['name']}({at})"
    if point["value"] is None:
        return [(here, point["message"], None)]
    rows = [(here, full(point["value"]), "")]
    name = f"{slope_name(answer, out)}({at})"
    side = f" from the {answer['side']}" if answer["side"] else ""
    if point["derivative"] is None:
        first, *more = (point["message"] or "unknown").splitlines()
        if point["left"] is not None:
            first = f"does not exist{side}: {first}"
        rows.append((name, first, None))
        rows += [("", line.strip(), None) for line in more]
        rows += _one_side(answer, point)
        return rows
    error = point["error"]
    value = full(point["derivative"], error or 0.0)
    bound = "" if error is None else f"{out.sign('±', '+/-')} {upward(error)}"
    rows.append((name, out.bold(value), "   ".join(filter(None, (bound, point["method"])))))
    return rows


def _one_side(answer, point):
    """What to type for a one-sided derivative, where there is one."""
    sides = [side for side in ("right", "left") if isfinite(point[side] or 0.0)]
    if point["left"] is None or not sides or answer["side"]:
        return []
    return [("", f"for one side: --side {sides[0]}", None)]


def _tangent(answer, point, out):
    """y = f(a) + f′(a)·(x − a), and multiplied out."""
    tangent = point["tangent"]
    a, y, m = tangent["at"], tangent["value"], tangent["slope"]
    x, times, minus = answer["variable"], out.sign("·", "*"), out.sign("−", "-")
    letter = "y" if x != "y" else "z"
    shift = f"({x} {minus if a >= 0 else '+'} {short(abs(a))})" if a else x
    touching = f"{letter} = {_signed(y, minus)} {_term(m, times, shift, minus)}"
    b = y - m * a
    if not isfinite(b):
        return touching
    line = f"{letter} = {_leading(m, times, x, minus)}"
    if b:
        line += f" {minus if b < 0 else '+'} {short(abs(b))}"
    if m == 0:
        return f"{letter} = {_signed(y, minus)}"
    return touching if a == 0 else f"{touching}   or   {line}"


def _signed(v, minus):
    return short(v).replace("-", minus, 1) if v < 0 else short(v)


def _term(m, times, x, minus):
    factor = "" if abs(m) == 1 else f"{short(abs(m))}{times}"
    return f"{minus if m < 0 else '+'} {factor}{x}"


def _leading(m, times, x, minus):
    factor = "" if abs(m) == 1 else f"{short(abs(m))}{times}"
    return f"{minus if m < 0 else ''}{factor}{x}"


def _table(answer, points, out):
    """Several points, one line each."""
    head = [answer["variable"], f"{answer['name']}({answer['variable']})"]
    head += [f"{slope_name(answer, out)}({answer['variable']})", out.sign("±", "+/-")]
    rows = [head]
    for point in points:
        value = "undefined" if point["value"] is None else full(point["value"])
        error = point["error"]
        if point["derivative"] is not None:
            slope = full(point["derivative"], error or 0.0)
        else:
            slope = "does not exist" if point["left"] is not None else "unknown"
        bound = "" if error is None else upward(error)
        remark = "" if point["message"] is None else point["message"].splitlines()[0]
        rows.append([full(point["at"]), value, slope, remark or bound])
    widths = [max(len(row[k]) for row in rows) for k in range(3)]
    lines = []
    for k, row in enumerate(rows):
        cells = [f"{cell:>{width}}" for cell, width in zip(row, widths, strict=False)]
        line = "  ".join([*cells, row[3]]).rstrip()
        lines.append(out.dim(line) if k == 0 else line)
    methods = dict.fromkeys(p["method"] for p in points if p["method"])
    return [*lines, *(out.dim(method) for method in methods)]


def _study(point, out):
    """The error of the difference quotient for all steps, as a picture on logarithmic axes."""
    curve = point.get("error_curve")
    if curve is None:
        return []
    style = "braille" if out.style == "unicode" else "ascii"
    lines = curve.summary(style)
    if out.picture:
        lines += ["", *curve.picture(out.width - 1, 14, style, out.colour)]
    return lines


def _quotients(answer, point, out):
    """The difference quotients beside the truth."""
    if not point.get("quotients"):
        return []
    name, x, minus = answer["name"], answer["variable"], out.sign("−", "-")
    at = full(point["at"])
    plus = f"{at} + h" if len(answer["variables"]) == 1 else f"{x} + h"
    of = f"{name}({at})" if len(answer["variables"]) == 1 else f"{name}({x})"
    lines = [f"difference quotient  ({name}({plus}) {minus} {of}) / h"]
    rows = [("h", "quotient", "off by", "truncation", "round-off")]
    for q in point["quotients"]:
        rows.append(
            (full(q.h), full(q.value), *(_off(v) for v in (q.off, q.truncation, q.roundoff)))
        )
    widths = [max(len(row[k]) for row in rows) for k in range(5)]
    for k, row in enumerate(rows):
        line = "  ".join(f"{cell:>{w}}" for cell, w in zip(row, widths, strict=True))
        lines.append("  " + (out.dim(line) if k == 0 else line))
    if any(q.truncation == q.truncation for q in point["quotients"]):
        lines.append(out.dim("  truncation: the secant is not the tangent, it falls with h"))
        lines.append(out.dim("  round-off: digits lost in the subtraction, it grows as h falls"))
    return lines


def _off(value):
    return (
        "unknown" if value != value else "0" if value == 0 else f"{value:+.3g}".replace("e-0", "e-")
    )


def _steps(answer, point, out):
    if "steps" not in point:
        return []
    if point["steps"] is None:
        return [
            "no steps: the function turns its argument into plain numbers and cannot be followed"
        ]
    from ..explain.told import step_lines

    head = f"step by step, at {answer['variable']} = {full(point['at'])}"
    if not point["steps"]:
        slope = full(point["derivative"] or 0.0)
        what = f"{answer['variable']} itself" if slope == "1" else "a constant (constant rule)"
        return [head, f"    {answer['name']} is {what}: its slope is {slope}"]
    return [head, *step_lines(point["steps"], out.style)]
