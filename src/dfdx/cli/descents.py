"""The answer to `dfdx descend`: several methods walk down one function from one point."""

from math import isfinite
from time import monotonic

from ..errors import NotDifferentiable
from ..explain.undefined import sentence
from ..readings.formula import text
from .answers import MISSING, Undefined, run_user, value_at
from .target import many_variables
from .words import Usage, number, separated

_METHODS = "gradient,momentum,adam,bfgs"
_STEPS = 2000
_PATIENCE = 20.0  # seconds for each method, where --steps does not say how far it may go


def descent_answer(target, options):
    """The dict that answers `dfdx descend FUNCTION`; under "found" stand the Minima, for the picture."""
    if options.start is None:
        example = ",".join(f"{name}={k}" for k, name in enumerate(target.variables, 1))
        raise Usage(f"where does it begin? --from {example}")
    point = many_variables(target, options.start, "--from", "a descent begins at one point")
    _finite(point)
    answer = {"command": "descend", "input": target.title, "name": target.name}
    if target.graph is not None:
        answer |= {"read_as": text(target.graph), "typed": text(target.graph, "ascii")}
    answer |= {"variables": list(point), "start": point, "value": None, "message": None}
    arguments = packed(target, point)
    answer |= {"searches": [], "found": []}
    methods = _methods(options.method or _METHODS)
    rates = _rates(options.rate, methods)
    limits = {"steps": _count(options.steps), "tol": _tolerance(options.tol)}
    try:
        answer["value"] = value_at(target, target.f, *arguments)
        for name, method in methods.items():
            more = limits | _paced(method, rates.get(name), options.schedule)
            found, late = _searched(target, arguments, method, more, options.steps)
            answer["found"].append(found)
            answer["searches"].append(_told(name, found, list(point)))
            if late:
                reason = f"stopped after {_PATIENCE:g} seconds; --steps N lets it go on"
                answer["searches"][-1]["reason"] = reason
    except NotDifferentiable as error:
        answer["message"] = str(error).splitlines()[0]
    except Undefined as error:
        because = sentence(target.graph, list(point.values())) or str(error)
        answer["message"] = f"is not defined: {because}"
    except MISSING as error:
        answer["message"] = str(error)
    return answer


def packed(target, point):
    """The arguments of the user's function: numbers one by one, or one array of them."""
    values = tuple(point.values())
    if target.graph is not None or len(values) <= len(target.variables):
        return values
    import numpy as np

    return (np.array(values),)


def _finite(point):
    for name, value in point.items():
        if not isfinite(value):
            raise Usage(f"in --from: {name} is {value:g}; begin at a number")


def _methods(text):
    """{word: method} of the words of --method."""
    from ..descent.family import method_of

    found = {}
    for word in separated(text):
        if not word:
            raise Usage("a method is missing in --method")
        try:
            found.setdefault(word, method_of(word))
        except ValueError as error:
            raise Usage(f"in --method: {error}") from None
    return found


def _rates(text, methods):
    """{word: rate} for the methods that take one."""
    if text is None:
        return {}
    rated = [name for name, method in methods.items() if hasattr(method, "change")]
    parts = [part.partition("=") for part in separated(text)]
    if not any(equals for _, equals, _ in parts):
        if len(parts) != 1:
            raise Usage(
                f"--rate {text}: one rate for all, or one each, such as --rate gradient=0.01,adam=0.1"
            )
        found = dict.fromkeys(rated, _positive(parts[0][0]))
        if not found:
            raise Usage(f"--rate: {', '.join(methods)} finds the length of its steps by itself")
        return found
    found = {}
    for name, equals, value in parts:
        name = name.strip()
        if name not in rated or not equals:
            known = f"these do: {', '.join(rated)}" if rated else "none of these does"
            raise Usage(f"--rate {text}: {name!r} is no method here that takes a rate; {known}")
        found[name] = _positive(value)
    return found


def _positive(text):
    rate = number(text, "--rate")
    if not (rate > 0 and isfinite(rate)):
        raise Usage(f"--rate is a positive number, not {text.strip()}")
    return rate


def _count(text):
    if text is None or text is False:
        return _STEPS
    if not text.strip().isdigit():
        raise Usage(f"--steps of dfdx descend is a whole number, such as --steps 500, not {text}")
    return int(text)


def _tolerance(text):
    tol = 1e-8 if text is None else number(text, "--tol")
    if not 0 <= tol < 1:
        raise Usage(f"--tol is a part of the largest gradient, between 0 and 1, not {text}")
    return tol


def _paced(method, rate, schedule):
    """The rate and its schedule, for a method that takes them."""
    if not hasattr(method, "change"):
        return {}
    return {"rate": rate, "schedule": schedule}


def _searched(target, arguments, method, options, patient):
    """The Minimum, and whether the search was stopped because it took too long."""
    from ..descent.descend import descend

    clock = _Clock(None if patient else _PATIENCE)
    try:
        search = descend(target.f, method=method, callback=clock, **options)
    except ValueError as error:
        raise Usage(str(error)) from None
    return run_user(target, lambda: search(*arguments)), clock.over


class _Clock:
    """Called after each step; ends the search when the time is over."""

    def __init__(self, seconds):
        self.seconds, self.start, self.over = seconds, monotonic(), False

    def __call__(self, state):
        if self.seconds is not None and monotonic() - self.start > self.seconds:
            self.over = True
            raise StopIteration


def _told(name, found, names):
    """One search as plain data."""
    from ..calculus.flat import flatten

    x, slope = (flatten(v)[0].tolist() for v in (found.x, found.gradient))
    history = found.history
    return {
        "method": name,
        "converged": bool(found.converged),
        "reason": found.reason,
        "steps": found.steps,
        "evaluations": found.evaluations,
        "gradients": found.gradients,
        "value": float(found.value),
        "slope": sum(g * g for g in slope) ** 0.5,
        "x": dict(zip(names, x, strict=True)),
        "gradient": dict(zip(names, slope, strict=True)),
        "notes": list(found.notes),
        "values": history.value.tolist(),
        "points": None if history.points is None else history.points.tolist(),
    }
