"""Stand-ins for SciPy's minimisers, least squares and curve fits."""

from functools import cache

import numpy as np
from scipy import optimize

from ....errors import NotTraceable
from ....rules.arrays import operand
from ....rules.arrays_scipy_linalg import cholesky_, solve_triangular
from ...calls import call
from ...numpy_protocol.plain import seen_through, traced_in
from .callbacks import Callback
from .minima import (
    active_constraint,
    as_it_is,
    covariance,
    loss,
    minimum,
    reached_bounds,
)
from .programs import program_stand_ins
from .roots import first, moved_to, plainly
from .tools import by_name, logged, tapes_of, unwrapped

_SLOPES = ("jac", "hess", "hessp", "fprime", "fhess", "fhess_p", "Dfun")


def _objective(given, pick=None):
    """The function to be minimised and its extra arguments, taken out of the arguments."""
    name = next(key for key in ("fun", "func", "f") if key in given)
    extra = given.pop("args", ())
    callback = Callback(given.pop(name), extra, given.pop("kwargs", None), pick=pick)
    return name, callback, extra


def _limits(bounds, n):
    """Lower and upper bounds: from a Bounds object, or from pairs."""
    if bounds is None:
        return -np.inf, np.inf
    if isinstance(bounds, optimize.Bounds):
        return bounds.lb, bounds.ub
    pairs = [(-np.inf if a is None else a, np.inf if b is None else b) for a, b in bounds]
    return operand([a for a, _ in pairs]), operand([b for _, b in pairs])


def minimize(*args, **kwargs):
    """scipy.optimize.minimize."""
    given = by_name(optimize.minimize, args, kwargs)
    name, callback, extra = _objective(given, first if given.get("jac") is True else None)
    constraints = [_constraint(c) for c in _listed(given.get("constraints", ()))]
    if constraints:
        given["constraints"] = [made for _, made in constraints]
    moved = traced_in([given.get("bounds")])
    found = optimize.minimize(**{name: callback}, **plainly(given, _SLOPES, extra))
    callbacks = [callback, *(c for (c, *_), _ in constraints)]
    if not (moved or any(c.reached for c in callbacks)):
        return found
    with logged(tapes_of(moved).union(*(c.tapes for c in callbacks))):
        if not found.success and found.get("status") not in (
            2,
            None,
        ):  # 2: precision loss, polished
            raise NotTraceable(f"scipy.optimize.minimize did not converge: {found.message}")
        x = np.asarray(found.x, dtype=float)
        held = reached_bounds(x, *_limits(given.get("bounds"), x.size))
        held += [
            h for (c, low, high), _ in constraints if (h := active_constraint(c, x, low, high))
        ]
        found.x, value = minimum(callback, x, as_it_is, held)
        found.fun = moved_to(value, seen_through(value), found.fun)
    return found


def _listed(constraints):
    return list(constraints) if isinstance(constraints, (list, tuple)) else [constraints]


def _constraint(c):
    """`((callback, low, high), what SciPy gets in its place)`."""
    if isinstance(c, dict):
        extra = c.get("args", ())
        callback = Callback(c["fun"], extra)
        made = {**plainly(unwrapped(c), ("jac",), extra), "fun": callback, "args": ()}
        return (callback, 0.0, 0.0 if c["type"].lower() == "eq" else np.inf), made
    if isinstance(c, optimize.LinearConstraint):
        callback = Callback(lambda x: np.dot(c.A, x))
        return (callback, c.lb, c.ub), c
    callback = Callback(c.fun)
    made = optimize.NonlinearConstraint(callback, c.lb, c.ub, c.jac, c.hess)
    return (callback, c.lb, c.ub), made


def _result(theirs, slopes=_SLOPES):
    """The stand-in of a minimiser that gives an OptimizeResult, for one number or several."""

    def minimiser(*args, **kwargs):
        given = by_name(theirs, args, kwargs)
        name, callback, extra = _objective(given)
        if "minimizer_kwargs" in given:
            inner = dict(given["minimizer_kwargs"] or {})
            callback = Callback(
                callback.g, inner.pop("args", ()), pick=first if inner.get("jac") is True else None
            )
            given["minimizer_kwargs"] = plainly(inner, _SLOPES, callback.extra)
        moved = traced_in([given.get("bounds")])
        found = theirs(**{name: callback}, **plainly(given, slopes, extra))
        if not (callback.reached or moved):
            return found
        with logged(callback.tapes | tapes_of(moved)):
            x, held = found.x, ()
            if np.ndim(x) and given.get("bounds") is not None:
                held = reached_bounds(np.asarray(x), *_limits(given["bounds"], np.size(x)), 1e-7)
            found.x, value = minimum(callback, x, as_it_is, held)
            found.fun = moved_to(value, seen_through(value), found.fun)
        return found

    return minimiser


def _tuple(theirs):
    """The stand-in of a minimiser that gives x, or a tuple of x, the value there and more."""

    def minimiser(*args, **kwargs):
        given = by_name(theirs, args, kwargs)
        both = theirs is optimize.fmin_l_bfgs_b or theirs is optimize.fmin_tnc
        both = both and not given.get("approx_grad") and given.get("fprime") is None
        name, callback, extra = _objective(given, first if both else None)
        moved = traced_in([given.get("bounds")])
        found = theirs(**{name: callback}, **plainly(given, _SLOPES, extra))
        if not (callback.reached or moved):
            return found
        with logged(callback.tapes | tapes_of(moved)):
            x, *rest = found if isinstance(found, tuple) else (found,)
            held = ()
            if given.get("bounds") is not None:
                held = reached_bounds(np.asarray(x), *_limits(given["bounds"], np.size(x)))
            y, value = minimum(callback, x, as_it_is, held)
            if not isinstance(found, tuple):
                return y
            if theirs is not optimize.fmin_tnc:
                rest[0] = moved_to(value, seen_through(value), rest[0])
            return (y, *rest)

    return minimiser


def least_squares(*args, **kwargs):
    """scipy.optimize.least_squares."""
    given = by_name(optimize.least_squares, args, kwargs)
    name, callback, extra = _objective(given)
    bounds = given.get("bounds", (-np.inf, np.inf))
    moved = traced_in([bounds, given.get("f_scale", 1.0)])
    named = {
        key: Callback(v, extra, callback.named)
        for key, v in given.items()
        if key == "jac" and callable(v)
    }
    found = optimize.least_squares(**{name: callback}, **plainly({**given, **named}, (), extra))
    if not (callback.reached or moved):
        return found
    with logged(callback.tapes | tapes_of(moved)):
        if traced_in(given.get("f_scale", 1.0)):
            raise NotTraceable("scipy.optimize.least_squares: f_scale cannot vary")
        if not found.success:
            raise NotTraceable(f"scipy.optimize.least_squares did not converge: {found.message}")
        low, high = (bounds.lb, bounds.ub) if isinstance(bounds, optimize.Bounds) else bounds
        objective = loss(given.get("loss", "linear"), given.get("f_scale", 1.0))
        held = reached_bounds(found.x, low, high, 1e-6)
        found.x, cost = minimum(callback, found.x, objective, held)
        found.cost = moved_to(cost, seen_through(cost), found.cost)
        found.fun = callback.at(found.x)
    return found


def leastsq(*args, **kwargs):
    """scipy.optimize.leastsq."""
    given = by_name(optimize.leastsq, args, kwargs)
    name, callback, extra = _objective(given)
    found = optimize.leastsq(**{name: callback}, **plainly(given, _SLOPES, extra))
    if not callback.reached:
        return found
    with logged(callback.tapes):
        return (minimum(callback, found[0], loss())[0], *found[1:])


def curve_fit(*args, **kwargs):
    """scipy.optimize.curve_fit."""
    given = by_name(optimize.curve_fit, args, kwargs)
    f, xdata, ydata, sigma = given["f"], given["xdata"], given["ydata"], given.get("sigma")
    model = Callback(f)
    data = traced_in((xdata, ydata, sigma))
    bounds = given.get("bounds", (-np.inf, np.inf))
    slopes = {"jac": Callback(given["jac"])} if callable(given.get("jac")) else {}
    found = optimize.curve_fit(**seen_through({**given, "f": model, **slopes}))
    if not (model.reached or data):
        return found
    popt, pcov, *rest = found
    with logged(model.tapes | tapes_of(data)):
        if traced_in([bounds]):
            raise NotTraceable("scipy.optimize.curve_fit: bounds cannot vary")
        residuals = Callback(_residuals(f, xdata, ydata, sigma, popt.size))
        residuals.tapes = model.tapes | tapes_of(data)
        low, high = (bounds.lb, bounds.ub) if isinstance(bounds, optimize.Bounds) else bounds
        y, _ = minimum(residuals, popt, loss(), reached_bounds(popt, low, high, 1e-6))
        if np.all(np.isfinite(pcov)):
            graph = residuals.piece(popt).graph()
            scaled = not given.get("absolute_sigma", False)
            traced = covariance(graph, y, residuals.operands, scaled)
            pcov = moved_to(traced, seen_through(traced), pcov)
    return (y, pcov, *rest)


def _residuals(f, xdata, ydata, sigma, n):
    """The weighted residuals of a model as a function of the vector of its parameters."""

    def residuals(p):
        r = operand(unwrapped(call(f, xdata, *(p[k] for k in range(n))))) - operand(ydata)
        if sigma is None:
            return r
        s = operand(sigma)
        if len(s.shape) < 2:
            return r / s
        half = cholesky_(s, lower=True)
        return solve_triangular(half, r, lower=True)

    xdata = np.asarray(xdata, dtype=float) if _is_plain_list(xdata) else xdata
    return residuals


def _is_plain_list(x):
    return isinstance(x, (list, tuple)) and not traced_in(x)


_RESULTS = "minimize_scalar differential_evolution dual_annealing basinhopping shgo direct"
_TUPLES = "fmin fmin_bfgs fmin_cg fmin_powell fmin_ncg fmin_l_bfgs_b fmin_tnc fminbound brent golden brute"


@cache
def stand_ins():
    """From the function of scipy.optimize to its stand-in."""
    made = {getattr(optimize, name): _result(getattr(optimize, name)) for name in _RESULTS.split()}
    made |= {getattr(optimize, name): _tuple(getattr(optimize, name)) for name in _TUPLES.split()}
    for f in (minimize, least_squares, leastsq, curve_fit):
        made[getattr(optimize, f.__name__)] = f
    return made | program_stand_ins()
