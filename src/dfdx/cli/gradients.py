"""The answer to `dfdx gradient`: partial derivatives, gradient, steepest ascent, a chosen direction."""

from math import hypot, isfinite

from ..calculus.directional import directional_derivative
from ..calculus.gradient import gradient
from ..errors import NotDifferentiable
from ..explain.undefined import sentence
from ..readings.formula import text
from .answers import MISSING, Undefined, nth_slope, run_user, value_at
from .target import many_variables
from .words import Usage, number, separated


def gradient_answer(target, options):
    """The dict that answers `dfdx gradient FORMULA`."""
    answer = {"command": "gradient", "input": target.title, "name": target.name}
    names = target.variables
    if target.graph is not None:
        answer |= {"read_as": text(target.graph), "typed": text(target.graph, "ascii")}
        found = [nth_slope(target.graph, k, 1) for k in range(len(names))]
        answer["formulas"] = {n: text(g) for n, g in zip(names, found, strict=True)}
        answer["formulas_typed"] = {n: text(g, "ascii") for n, g in zip(names, found, strict=True)}
    if options.at is None:
        return answer | {"variables": names, "exists": None}
    point = many_variables(target, options.at)
    names = list(point)
    answer |= {"variables": names, "point": point, "exists": False, "message": None}
    return answer | _at(target, point, options)


def _at(target, point, options):
    """The numbers at one point: value, partials, gradient, length, steepest ascent, along, steps."""
    f, arguments = _packed(target, point)
    names = list(point)
    found = {"value": None, "notes": []}
    try:
        found["value"] = value_at(target, f, *arguments)
        estimate = run_user(target, lambda: gradient(f).estimate(*arguments))
        partials, errors = _listed(estimate.value), _listed(estimate.error)
        found |= {
            "exists": all(map(isfinite, partials)),
            "partials": dict(zip(names, partials, strict=True)),
            "errors": {n: e if e == e else None for n, e in zip(names, errors, strict=True)},
            "gradient": partials,
            "length": hypot(*partials),
            "steepest": _unit(partials),
            "method": estimate.method,
            "evaluations": estimate.evaluations,
            "notes": list(estimate.notes),
        }
        if options.along is not None:
            found["along"] = _along(target, f, arguments, names, options)
        if options.steps:
            found["steps"] = _steps(target, point)
    except NotDifferentiable as error:
        found["message"] = "does not exist: " + str(error).splitlines()[0].rpartition(": ")[2]
    except Undefined as error:
        because = sentence(target.graph, list(point.values())) or str(error)
        found["message"] = f"is not defined: {because}"
    except MISSING as error:
        found["message"] = str(error)
    return found


def _packed(target, point):
    """The function and its arguments: all variables of a formula in one tuple, so that NumPy
    is not needed; those of the user's function as it takes them."""
    values = tuple(point.values())
    if target.graph is None:
        if len(values) <= len(target.variables):
            return target.f, values
        import numpy as np

        return target.f, (np.array(values),)

    def f(p):
        return target.f(*p)

    f.__name__ = target.name
    return f, (values,)


def _listed(value):
    """The numbers of a tuple, an array or a number."""
    value = value.tolist() if hasattr(value, "tolist") else value
    return [float(v) for v in value] if isinstance(value, (list, tuple)) else [float(value)]


def _unit(partials):
    """The direction of steepest ascent; None where the gradient is zero or not finite."""
    length = hypot(*partials)
    return [p / length for p in partials] if 0 < length < float("inf") else None


def _along(target, f, arguments, names, options):
    """The directional derivative as a dict."""
    direction = _direction(names, options.along)
    if not hypot(*direction) > 0 or not all(map(isfinite, direction)):
        raise Usage(f"--along {options.along} points nowhere: its length is {hypot(*direction):g}")
    length = hypot(*direction)
    found = {"direction": direction, "unit": [v / length for v in direction]}
    along = tuple(direction)
    if len(arguments) == 1 and not isinstance(arguments[0], tuple):
        along = direction[0]
        if len(direction) > 1:
            import numpy as np

            along = np.array(direction)
    operator = directional_derivative(f, along=along)
    try:
        estimate = run_user(target, lambda: operator.estimate(*arguments))
    except NotDifferentiable as error:
        sides = str(error).splitlines()[0].rpartition(": ")[2]
        message = f"does not exist: {sides}".replace("from the left", "behind")
        message = message.replace("from the right", "ahead")
        return found | {"derivative": None, "error": None, "message": message}
    bound = float(estimate.error)
    return found | {
        "derivative": float(estimate.value),
        "error": bound if bound == bound else None,
        "message": None,
    }


def _direction(names, text):
    """The numbers of --along, in order or by name (0 where a name is left out)."""
    parts = [part.partition("=") for part in separated(text)]
    if any(equals for _, equals, _ in parts):
        given = {}
        for name, equals, value in parts:
            if name.strip() not in names or not equals:
                raise Usage(f"--along {text}: give {', '.join(names)} in order, or each by name")
            given[name.strip()] = number(value, "--along")
        return [given.get(name, 0.0) for name in names]
    if len(parts) != len(names):
        raise Usage(
            f"--along {text} has {len(parts)} part{'s' * (len(parts) > 1)}; "
            f"the variables are {', '.join(names)}"
        )
    return [number(name, "--along") for name, _, _ in parts]


def _steps(target, point):
    """The steps forward and back; None for a function that cannot be followed."""
    from ..explain.steps import gradient_steps

    graph = target.graph
    if graph is None:
        graph = _traced(target, point)
    return None if graph is None else gradient_steps(graph, list(point.values()))


def _traced(target, point):
    from ..capture.replay import graph_of
    from ..capture.trace import trace
    from ..errors import NotTraceable

    if len(point) > len(target.variables):
        return None
    try:
        t = trace(target.f, tuple(point.values()), {}, tuple(range(len(point))))
    except NotTraceable:
        return None
    return graph_of(t.tape, t.inputs, t.outputs, list(point))
