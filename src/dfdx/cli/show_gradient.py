"""The answer to `dfdx gradient` as a person reads it."""

from math import atan2, degrees

from ..explain.digits import full, short, upward
from .rows import aligned, clipped, notes


def gradient_text(answer, out):
    """The lines of the answer to `dfdx gradient FORMULA`."""
    names, d = answer["variables"], out.sign("∂", "d")
    name = answer["name"]
    lines = [answer["input"]]
    if "read_as" in answer:
        read = answer["read_as"] if out.style == "unicode" else answer["typed"]
        lines = [f"read as {name}({', '.join(names)}) = {clipped(read)}"]
    formulas = answer.get("formulas" if out.style == "unicode" else "formulas_typed", {})
    rows = []
    if answer["exists"] is None:
        rows = [(f"{d}{name}/{d}{n}", formulas.get(n, "needs a point: --at"), "") for n in names]
        return [*lines, "", *aligned(rows, out)]
    here = f"{name}({', '.join(full(v) for v in answer['point'].values())})"
    if answer["value"] is not None:
        rows.append((here, full(answer["value"]), ""))
    if answer["message"] is not None:
        rows.append(
            (
                here if answer["value"] is None else out.sign(f"∇{name}", f"grad {name}"),
                answer["message"],
                None,
            )
        )
        return [*lines, "", *aligned(rows, out)]
    for n in names:
        error = answer["errors"][n]
        bound = "" if error is None else f"{out.sign('±', '+/-')} {upward(error)}"
        formula = f"= {clipped(formulas[n], 200)}" if n in formulas else ""
        value = full(answer["partials"][n], error or 0.0)
        rows.append((f"{d}{name}/{d}{n}", value, f"{bound:<{9}}  {formula}".rstrip() or "  "))
    vector = [full(v, answer["errors"][n] or 0.0) for n, v in answer["partials"].items()]
    rows.append(
        (out.sign(f"∇{name}", f"grad {name}"), out.bold(f"({', '.join(vector)})"), answer["method"])
    )
    rows.append(("length", full(answer["length"]), "the slope in the steepest direction"))
    rows.append(_steepest(answer, out))
    if "along" in answer:
        rows.append(_along_row(answer["along"], out))
    lines += ["", *aligned(rows, out)]
    lines += notes(answer["notes"])
    if "steps" in answer:
        lines += ["", *_step_text(answer, out)]
    return lines


def _steepest(answer, out):
    unit = answer["steepest"]
    if unit is None:
        flat = answer["length"] == 0
        return ("steepest", "no direction: the gradient is zero here" if flat else "unknown", "")
    angle = ""
    if len(unit) == 2:
        turned = degrees(atan2(unit[1], unit[0]))
        first, second = answer["variables"]
        angle = (
            f"{short(turned, 4)}{out.sign('°', ' degrees')} from the {first} axis towards {second}"
        )
    return (
        "steepest",
        f"({', '.join(short(v) for v in unit)})",
        angle or "direction of steepest ascent",
    )


def _along_row(along, out):
    label = f"along ({', '.join(short(v) for v in along['direction'])})"
    if along["derivative"] is None:
        return (label, along["message"], "")
    bound = "" if along["error"] is None else f"{out.sign('±', '+/-')} {upward(along['error'])}   "
    return (
        label,
        full(along["derivative"], along["error"] or 0.0),
        f"{bound}slope per unit of length",
    )


def _step_text(answer, out):
    if answer["steps"] is None:
        return [
            "no steps: the function turns its arguments into plain numbers and cannot be followed"
        ]
    from ..explain.told import gradient_lines

    where = ", ".join(f"{name} = {full(v)}" for name, v in answer["point"].items())
    return [
        f"step by step, at {where}",
        *gradient_lines(*answer["steps"], answer["variables"], out.style),
    ]
