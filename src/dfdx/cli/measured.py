"""The answer to `dfdx data`: the derivative of a column of a table, with its band."""

import warnings

from ..errors import AccuracyWarning
from .table import Table, told_rows
from .words import Usage, number

_SEVERAL = ("smooth", "kalman", "chebyshev")  # methods that take several measurements at one place
_UNITS = {"s": "s", "min": "m", "h": "h", "d": "D", "w": "W", "a": "Y"}


def measured_answer(options):
    """The dict that answers `dfdx data FILE`."""
    from ..calculus.derivative import derivative
    from ..measurements import sampled

    table = Table(options.formula, shown=not (options.plain or options.json))
    across, up = table.column(options.x, 0), table.column(options.y, 1)
    x = table.coordinates(across)
    x = _in_order(table, x, across, options)
    y, broken = table.measurements(up)
    notes = [told_rows(table.header[up], broken)] if broken else []
    dated = x.dtype.kind == "M"
    unit = options.unit or ("d" if dated else "s")
    if unit not in _UNITS:
        raise Usage(f"--unit is one of {', '.join(_UNITS)}, not {unit}")
    if table.commas:
        notes.append("commas are read as decimal points: 1,5 is 1.5")
    if options.out and not options.force:
        table.free(options.out)
    table.said("differentiating")
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always", AccuracyWarning)
        try:
            s = sampled(
                y,
                x,
                noise=_noise(options.noise),
                season=options.season and number(options.season, "--season"),
                periodic=options.period and number(options.period, "--period"),
                robust=options.robust,
                method=options.method,
                unit=_UNITS[unit],
            )
            estimate = derivative(s, order=options.order).estimate(x)
        except (ValueError, TypeError) as error:
            lost = f"; {told_rows(table.header[up], broken)}" if broken else ""
            raise Usage(f"{table.path}: {_as_typed(str(error))}{lost}") from None
        finally:
            table.said("")
    for warning in caught:
        notes.append(_as_typed(str(warning.message)))
    name = (
        f"d{table.header[up]}/d{table.header[across]}"
        if options.order == 1
        else (f"d{options.order}{table.header[up]}/d{table.header[across]}{options.order}")
    )
    answer = {
        "command": "data",
        "input": table.path,
        "x": table.header[across],
        "y": table.header[up],
        "name": f"{name} per {unit}" if dated else name,
        "rows": len(table.rows),
        "missing": int((y != y).sum()),
        "method": estimate.method,
        "notes": [*notes, *estimate.notes],
        "at": [row[across].strip() for row in table.rows] if dated else x.tolist(),
        "values": y.tolist(),
        "derivative": estimate.value.tolist(),
        "error": estimate.error.tolist(),
        "places": (x - x[0]).astype(float).tolist() if dated else x.tolist(),
        "out": options.out,
    }
    if options.out:
        table.written(
            options.out, [answer["name"], "±"], [estimate.value, estimate.error], options.force
        )
    return answer


def _in_order(table, x, across, options):
    """The coordinates in increasing or decreasing order, or a Usage that names the line that is not."""
    import numpy as np

    if options.sort:
        order = np.argsort(x, kind="stable")
        table.sorted_by(order)
        x = x[order]
    steps = np.diff(x).astype(float) * (-1.0 if x[-1] < x[0] else 1.0)
    takes_several = options.noise not in (None, "0") or options.method in _SEVERAL
    for wrong, said in ((steps < 0, _turned_back), (steps == 0, _twice)):
        if wrong.any() and not (said is _twice and takes_several):
            k = int(np.flatnonzero(wrong)[0])
            cells = table.cells(across)
            at = [(cells[n], table.lines[n]) for n in (k, k + 1)]
            raise Usage(f"{table.path}, line {at[1][1]}: {table.header[across]} {said(*at)}")
    return x


def _turned_back(before, here):
    return f"goes back from {before[0]} to {here[0]}; the rows are not sorted, --sort sorts them"


def _twice(before, here):
    return (
        f"{here[0]} stands in line {before[1]} too; repeated measurements are noisy: --noise auto"
    )


def _as_typed(text):
    """A message about arguments of Python, in the words of the command line."""
    for python, typed in _TYPED:
        text = text.replace(python, typed)
    return text


_TYPED = (
    ('sampled(y, x, noise="auto")', "--noise auto"),
    ('noise="auto"', "--noise auto"),
    ("robust=True", "--robust"),
    ("robust=", "--robust"),
    ("noise=", "--noise "),
    ("season=", "--season"),
    ("periodic=", "--period"),
    ("method=", "--method "),
)


def _noise(text):
    if text is None or text == "auto":
        return text
    return number(text, "--noise")
