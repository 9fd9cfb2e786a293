"""The answer to `dfdx FORMULA`: everything that is known about one derivative, as plain data.

The text and the JSON show the same dicts, so neither knows more than the other.
"""

from math import isfinite, nan

from ..calculus.derivative import derivative
from ..errors import NoRule, NotConverged, NotDifferentiable, NotTraceable
from ..explain.undefined import sentence
from ..graph import Graph, as_node, constant
from ..primitive import shape_of
from ..readings.formula import text
from ..rules.choice import choose
from ..transforms.simplify import simplify
from ..transforms.tangent import slope
from ..trees import real
from ..walk import run
from .target import one_variable
from .words import Usage, number, separated

MISSING = (NotDifferentiable, NotConverged, NoRule, NotTraceable)


def derivative_answer(target, options):
    """The dict that answers `dfdx FORMULA`; see `point_answer` for what stands under "points"."""
    variable, values, fixed = one_variable(target, options)
    f = target.along(variable, fixed)
    study = (options.h or "").strip() == "all"
    steps = [number(h, "--h") for h in separated(options.h)] if options.h and not study else []
    for h in steps:
        if not h or not isfinite(h):
            raise Usage(f"--h is a step other than 0, such as 1e-4, not {h:g}")
    answer = {
        "command": "derivative",
        "input": target.title,
        "name": target.name,
        "variables": [
            name
            for k, name in enumerate(target.variables)
            if k < target.needed or name == variable or name in fixed
        ],
        "variable": variable,
        "fixed": fixed,
        "order": options.order,
        "side": options.side,
    }
    graph = target.graph
    if graph is not None:
        answer |= formulas(graph, variable, target.variables.index(variable), options.order)
    answer["points"] = [point_answer(target, f, x, variable, fixed, options, steps) for x in values]
    if study:
        for point in answer["points"]:
            point["error_curve"] = _study(target, f, point)
    return answer


def _study(target, f, point):
    """The error of the difference quotient for all steps; None where there is no derivative."""
    if not point["exists"] or not isfinite(point["at"]):
        return None
    from ..explain.error_curve import error_curve  # late: it needs NumPy

    return run_user(target, lambda: error_curve(f, point["at"]))


def formulas(graph, variable, wrt, order):
    """The formula as it was read and its derivative, for reading and for typing."""
    found = nth_slope(graph, wrt, order)
    return {
        "read_as": text(graph),
        "typed": text(graph, "ascii"),
        "formula": text(found),
        "formula_typed": text(found, "ascii"),
    }


def nth_slope(graph, wrt, order):
    """The simplified graph of the derivative of the given order, as a textbook shows it."""
    for _ in range(order):
        graph = simplify(slope(graph, wrt))
    guarded = any(node.op is choose for node in graph.nodes)
    return simplify(graph, guards=False) if guarded else graph


def point_answer(target, f, x, variable, fixed, options, steps):
    """What there is to say at one point.

    at, value, derivative (None where it does not exist), error (None where no bound is
    known), method, evaluations, left and right (where both sides were looked at), notes,
    exists, message (why there is no answer), and on demand tangent, steps, quotients.
    """
    found = {"at": x, "exists": False}
    found |= dict.fromkeys(
        ("value", "derivative", "error", "method", "evaluations", "left", "right")
    )
    found |= {"message": None, "notes": []}
    graph = None
    if target.graph is not None:
        graph = bound(target.graph, variable, fixed)
    elif options.steps or steps:
        graph = traced(f, x, variable)
    try:
        found["value"] = value = value_at(target, f, x)
        operator = derivative(f, order=options.order, side=options.side)
        estimate = run_user(target, lambda: operator.estimate(x))
    except NotDifferentiable as error:
        found |= {"left": error.left, "right": error.right, "message": _sides(error, target)}
    except Undefined as error:
        because = sentence(graph, [x]) or str(error)
        found["message"] = f"is not defined: {because}"
    except MISSING as error:
        found["message"] = str(error)
    else:
        found |= {
            "exists": isfinite(estimate.value),
            "derivative": estimate.value,
            "error": estimate.error if estimate.error == estimate.error else None,
            "method": estimate.method,
            "evaluations": estimate.evaluations,
            "left": estimate.left,
            "right": estimate.right,
            "notes": list(estimate.notes),
        }
        if options.order == 1 and isfinite(estimate.value) and isfinite(value):
            found["tangent"] = {"slope": estimate.value, "value": value, "at": x}
    if options.steps and found["value"] is not None:
        found["steps"] = None if graph is None else step_records(graph, x)
    if steps and found["value"] is not None:
        truth = found["derivative"] if found["exists"] else nan
        found["quotients"] = [_quotient(target, f, x, h, truth, graph, variable) for h in steps]
    return found


def value_at(target, f, *point):
    """f(x) as a float."""
    value = run_user(target, lambda: f(*point))
    try:
        value = real(value, f"the value of {target.name}")
    except TypeError as error:
        raise Usage(str(error)) from None
    if shape_of(value):
        raise Usage(
            f"{target.name} returns an array of shape {shape_of(value)}; "
            "this command shows functions whose value is one number"
        )
    return value


class Undefined(ArithmeticError):
    """The formula has no value at the point."""


def run_user(target, action):
    """The result of calling the target; what its code raises is told with its own lines."""
    try:
        return action()
    except MISSING:
        raise
    except (ArithmeticError, ValueError) as error:
        if target.graph is not None:
            raise Undefined(str(error)) from error
        raise broken(error, target) from None
    except (Exception, SystemExit) as error:
        if target.graph is not None:
            raise
        raise broken(error, target) from None


def broken(error, target):
    """The error that tells what the user's code raised, and where."""
    from .code import Broken, told

    return error if isinstance(error, Broken) else Broken(told(error, f"{target.title} raises"))


def _sides(error, target):
    """Why the derivative does not exist, without the library's advice on what to call instead."""
    first, *more = str(error).splitlines()
    sides = first.rpartition(": ")[2]
    if target.graph is not None:
        return sides
    return "\n".join([sides, *(line for line in more if "one side:" not in line)])


def traced(f, x, variable):
    """The graph of what a function in a file computed at x; None where it cannot be traced."""
    from ..capture.replay import graph_of
    from ..capture.trace import trace

    try:
        t = trace(f, (x,), {}, (0,))
    except (NotTraceable, TypeError, ValueError, ArithmeticError):
        return None
    return graph_of(t.tape, t.inputs, t.outputs, [variable])


def bound(graph, variable, fixed):
    """The graph of one variable in which the other inputs are numbers."""
    if not fixed:
        return graph
    inputs = {x.op.name: x for x in graph.inputs}
    every = [constant(fixed[name]) if name in fixed else x for name, x in inputs.items()]
    return Graph([inputs[variable]], [as_node(y) for y in run(graph, *every)])


def step_records(graph, x):
    """The steps of the chain rule; imported only when they are asked for."""
    from ..explain.steps import steps

    return steps(graph, [x])


def _quotient(target, f, x, h, truth, graph, variable):
    from ..explain.quotient import quotient

    graphs = None
    if graph is not None:
        ahead = graph if target.graph is not None else traced(f, x + h, variable)
        graphs = None if ahead is None else (graph, ahead)
    return run_user(target, lambda: quotient(f, x, h, truth, graphs))
