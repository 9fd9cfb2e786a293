"""The answer to `dfdx fit`: the parameters with which a model meets the columns of a table."""

import os
import warnings

from ..capture.formula import canonical, parse
from ..errors import AccuracyWarning
from ..readings.formula import text
from .answers import broken
from .table import Table, told_rows
from .target import find
from .words import Usage, points, separated

_FINE = 200  # points of the curve in the picture
_DAY = 86_400_000_000  # microseconds


def fit_answer(options):
    """The dict that answers `dfdx fit MODEL FILE`; under "curve" stands what the picture needs."""
    target = find(options)
    table = Table(options.file, shown=not (options.plain or options.json))
    if options.out and not options.force:
        table.free(options.out)
    up = table.column(options.y, 1)
    inputs, parameters = _split(target, table, options, up)
    if not parameters:
        raise Usage(f"{target.title} has no parameters to be fitted beside {', '.join(inputs)}")
    notes = []
    x = [_across(table, place, name, notes) for name, place in inputs.items()]
    y = _measured(table, up, notes)
    start = _start(target, parameters, options.start, notes)
    model = _model(target, inputs, list(start))
    fit = _fitted(target, model, x[0] if len(x) == 1 else tuple(x), y, table, start, options, notes)
    answer = {
        "command": "fit",
        "input": target.title,
        "file": options.file,
        "name": target.name,
        "x": {name: table.header[place] for name, place in inputs.items()},
        "y": table.header[up],
        "rows": len(table.rows),
        "start": start,
        **_numbers(fit, list(start)),
        "notes": [*notes, *fit.notes],
        "out": options.out,
        "curve": _curve(fit, x, y),
    }
    if target.graph is not None:
        answer |= {"read_as": text(target.graph), "typed": text(target.graph, "ascii")}
    if options.out:
        values = y - fit.residuals
        table.written(options.out, ["fit", "residual"], [values, fit.residuals], options.force)
    return answer


def _split(target, table, options, up):
    """`({variable: place of its column}, the other variables)`."""
    names = target.variables
    inputs = {}
    for word in separated(options.x) if options.x else [None]:
        name, equals, column = (word or "").partition("=")
        place = table.column((column if equals else word) or None, 0 if up else 1)
        variable = (
            canonical(name.strip()) if equals else _variable(target, table.header[place], inputs)
        )
        if variable not in names:
            raise Usage(
                f"--x {word}: {variable} does not occur in {target.title}; its variables: {', '.join(names)}"
            )
        inputs[variable] = place
    if target.graph is None and list(inputs) != names[:1]:
        raise Usage(f"{target.title} takes the data as its first argument, {names[0]}")
    return inputs, [name for name in names if name not in inputs]


def _variable(target, column, taken):
    """The variable of the model that a column is: of its name, else x, t, or the first of a function."""
    if target.graph is None:
        return target.variables[0]
    try:
        name = canonical(column.strip())
    except ValueError:
        name = None
    for candidate in (name, "x", "t"):
        if candidate in target.variables and candidate not in taken:
            return candidate
    listed = ", ".join(target.variables)
    raise Usage(
        f"which variable of {target.title} is the column {column}? It has {listed}: "
        f"--x {target.variables[0]}={column}"
    )


def _across(table, place, name, notes):
    """A column of the independent variable; dates as days since the first."""
    import numpy as np

    x = table.coordinates(place)
    if x.dtype.kind == "M":
        notes.append(f"{name} counts the days from {str(x[0])[:10]} on")
        return (x - x[0]).astype(float) / _DAY
    if not np.isfinite(x).all():
        raise Usage(f"{table.path}: column {table.header[place]} is not finite in every row")
    return x


def _measured(table, place, notes):
    values, wrong = table.measurements(place)
    if wrong:
        notes.append(told_rows(table.header[place], wrong))
    return values


def _start(target, parameters, words, notes):
    """{parameter: where it begins}; 1 where nothing is said, as SciPy's curve_fit does."""
    needed = [name for name in parameters if name in target.variables[: target.needed]]
    bare, named = points(words, "--from") if words else ([], {})
    if bare and (named or len(bare) > len(parameters)):
        raise Usage(
            f"--from {words}: the parameters are {', '.join(parameters)}, in order or each by name"
        )
    named |= {name: [value] for name, value in zip(parameters, bare, strict=False)}
    for name, values in named.items():
        if name not in parameters:
            raise Usage(
                f"{name} is no parameter of {target.title}; they are {', '.join(parameters)}"
            )
        if len(values) != 1:
            raise Usage(f"a fit begins at one point; {name} has {len(values)} values")
    silent = [name for name in needed if name not in named]
    if silent:
        notes.append(
            f"began at {' = '.join(silent)} = 1; --from {','.join(f'{n}=…' for n in silent)} begins elsewhere"
        )
    return {
        name: named[name][0] if name in named else 1.0
        for name in parameters
        if name in named or name in needed
    }


def _model(target, inputs, parameters):
    """The model with its data first."""
    if target.graph is None:
        names = target.variables
        return (
            target.f
            if parameters == names[1 : 1 + len(parameters)]
            else _Chosen(target.f, parameters)
        )
    formula = parse(target.title, (*inputs, *parameters))
    return formula if len(inputs) == 1 else _Chosen(formula, parameters, len(inputs))


class _Chosen:
    """A model whose data are several columns, or of whose parameters some keep their defaults."""

    def __init__(self, f, parameters, columns=0):
        self.f, self.parameters, self.columns = f, parameters, columns
        self.__name__ = getattr(f, "__name__", "the model")
        self.variables = ["x", *parameters]

    def __call__(self, x, *values):
        from ..capture.calls import call

        if self.columns:
            return call(self.f, *x, *values)
        return call(self.f, x, **dict(zip(self.parameters, values, strict=True)))


def _fitted(target, model, x, y, table, start, options, notes):
    from ..equations.fit import fit

    more = {}
    for word in ("sigma", "weights"):
        column = getattr(options, word)
        if column is not None:
            more[word] = _measured(table, table.column(column, 0), notes)
    if len(more) == 2:
        raise Usage("--sigma and --weights say the same thing in two ways: give one")
    if options.absolute:
        if not more:
            raise Usage("--absolute needs --sigma: the standard deviations that are to be believed")
        more["absolute_sigma"] = True
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always", AccuracyWarning)
        try:
            found = fit(model, x, y, **more)(*start.values())
        except (ValueError, TypeError, ArithmeticError) as error:
            if _is_ours(error):
                raise Usage(f"{options.file}: {error}") from None
            raise broken(error, target) from None
        except Exception as error:
            raise broken(error, target) from None
    notes += [str(w.message) for w in caught if issubclass(w.category, AccuracyWarning)]
    return found


def _is_ours(error):
    """True where dfdx itself refused, not the user's code."""
    last = error.__traceback__
    while last.tb_next is not None:
        last = last.tb_next
    here = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    return os.path.abspath(last.tb_frame.f_code.co_filename).startswith(here + os.sep)


def _numbers(fit, names):
    """What was found, as plain data."""
    import numpy as np

    values = [float(v) for v in np.ravel(fit.x)]
    errors = [float(v) for v in np.ravel(fit.standard_errors)]
    return {
        "parameters": dict(zip(names, values, strict=True)),
        "errors": dict(zip(names, errors, strict=True)),
        "covariance": fit.covariance.tolist(),
        "chi2": fit.chi2,
        "dof": fit.dof,
        "sigma": fit.sigma,
        "r2": fit.r2,
        "aic": fit.aic,
        "converged": bool(fit.converged),
        "reason": fit.reason,
        "method": fit.method,
        "evaluations": fit.evaluations,
        "residuals": fit.residuals.tolist(),
    }


def _curve(fit, x, y):
    """The data and the curve through them; None where there is more than one independent variable."""
    import numpy as np

    if len(x) != 1:
        return None
    fine = np.linspace(x[0].min(), x[0].max(), _FINE)
    try:
        with np.errstate(all="ignore"):
            values = np.broadcast_to(fit(fine), fine.shape)
            low, high = fit.band(fine)
    except Exception:  # the model knows the places of the data only
        order = np.argsort(x[0])
        fine, values = x[0][order], (y - fit.residuals)[order]
        low = high = np.full(fine.shape, np.nan)
    return {"data": (x[0], y), "x": fine, "values": values, "low": low, "high": high}
