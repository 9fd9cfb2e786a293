"""The answer to `dfdx data`: the derivative of a column of a table, with its band."""

import warnings

from ..errors import AccuracyWarning
from .table import Table, told_rows
from .words import Usage, number

_UNITS = {"s": "s", "min": "m", "h": "h", "d": "D", "w": "W", "a": "Y"}


def measured_answer(options):
    """The dict that answers `dfdx data FILE`."""
    from ..calculus.derivative import derivative
    from ..measurements import sampled

    table = Table(options.formula)
    across, up = table.column(options.x, 0), table.column(options.y, 1)
    x = table.coordinates(across)
    y, broken = table.measurements(up)
    notes = [told_rows(table.header[up], broken)] if broken else []
    dated = x.dtype.kind == "M"
    unit = options.unit or ("d" if dated else "s")
    if unit not in _UNITS:
        raise Usage(f"--unit is one of {', '.join(_UNITS)}, not {unit}")
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
                unit=_UNITS[unit],
            )
            estimate = derivative(s, order=options.order).estimate(x)
        except ValueError as error:
            raise Usage(f"{options.formula}: {error}") from None
    for warning in caught:
        text = str(warning.message)
        notes.append(
            text.replace('sampled(y, x, noise="auto")', "--noise auto").replace(
                "noise=0", "--noise 0"
            )
        )
    name = (
        f"d{table.header[up]}/d{table.header[across]}"
        if options.order == 1
        else (f"d{options.order}{table.header[up]}/d{table.header[across]}{options.order}")
    )
    answer = {
        "command": "data",
        "input": options.formula,
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
        table.written(options.out, [answer["name"], "±"], [estimate.value, estimate.error])
    return answer


def _noise(text):
    if text is None or text == "auto":
        return text
    return number(text, "--noise")
