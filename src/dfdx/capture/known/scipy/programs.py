"""Linear and quadratic programs: linprog, nnls, lsq_linear, assignments.

The solution lies on some bounds and constraints; as long as these stay, it solves linear equations.
Which they are is read from SciPy's answer.
"""

import numpy as np
from scipy import optimize

from ....errors import NotTraceable
from ....primitive import shape_of
from ....rules.arrays import operand
from ....rules.arrays_joins import concatenate
from ....rules.arrays_linalg import lstsq, solve
from ....structure import Scatter, take
from ...numpy_protocol.plain import seen_through, traced_in
from ...traced import plain
from .decompositions import fixed_choice
from .roots import moved_to
from .tools import by_name, handles, logged, tapes_of, where_traced

_NEAR = 1e-9


def nnls(A, b, maxiter=None, atol=None):
    """The least squares solution with x ≥ 0, and the length of the residual."""
    a, b = operand(A), operand(b)
    x, _ = optimize.nnls(fixed_choice(a), fixed_choice(b), maxiter=maxiter)
    y = _least_squares_on(a, b, np.zeros(x.shape), x <= 0.0, x)
    rest = b - np.dot(a, y)
    return y, np.sqrt(np.sum(rest * rest))


def _least_squares_on(a, b, bounds, held, found):
    """Least squares for the unknowns that are not held at their bounds."""
    n = len(held)
    free, at = np.flatnonzero(~held), np.flatnonzero(held)
    slope = np.dot(plain(a).T, np.dot(plain(a), found) - plain(b))
    level = np.max(np.abs(slope), initial=0.0) + np.max(np.abs(plain(b)), initial=0.0)
    if np.any(np.abs(slope[at]) <= _NEAR * level):
        raise NotTraceable("the minimum only just touches a bound: it has a kink there")
    x = Scatter((at,), (n,))(take(operand(bounds), (at,))) if at.size else np.zeros(n)
    if free.size:
        inner = lstsq(take(a, (slice(None), free)), b - np.dot(a, x))[0]
        x = x + Scatter((free,), (n,))(inner)
    return moved_to(x, plain(x), found) if np.allclose(plain(x), found, 1e-4, 1e-7) else _lost()


def _lost():
    raise NotTraceable("SciPy's answer is not the solution on the bounds that it has reached")


def lsq_linear(*args, **kwargs):
    """scipy.optimize.lsq_linear."""
    given = by_name(optimize.lsq_linear, args, kwargs)
    seen = traced_in(given)
    found = optimize.lsq_linear(**seen_through(given))
    if not seen:
        return found
    with logged(tapes_of(seen)):
        a, b = operand(given["A"]), operand(given["b"])
        low, high = _box(given.get("bounds", (-np.inf, np.inf)))
        n = found.x.size
        size = 1.0 + np.abs(found.x)
        lows, highs = (np.broadcast_to(plain(v), (n,)) for v in (low, high))
        on_low, on_high = (np.abs(found.x - v) <= 1e-7 * size for v in (lows, highs))
        bounds = np.where(on_low, np.where(np.isfinite(lows), low, 0.0), 0.0) + np.where(
            on_high & ~on_low, np.where(np.isfinite(highs), high, 0.0), 0.0
        )
        found.x = handles(_least_squares_on(a, b, bounds, on_low | on_high, found.x))
        rest = np.dot(a, operand(found.x.content)) - b
        found.fun, found.cost = handles(rest), 0.5 * np.sum(rest * rest)
    return found


def _box(bounds):
    if isinstance(bounds, optimize.Bounds):
        return operand(bounds.lb), operand(bounds.ub)
    low, high = bounds
    return operand(low), operand(high)


def linprog(*args, **kwargs):
    """scipy.optimize.linprog: the corner in which the constraints that hold it meet."""
    given = by_name(optimize.linprog, args, kwargs)
    seen = traced_in(given)
    found = optimize.linprog(**seen_through(given))
    if not seen:
        return found
    with logged(tapes_of(seen)):
        if not found.success:
            raise NotTraceable(f"scipy.optimize.linprog: {found.message}")
        if given.get("integrality") is not None:
            raise NotTraceable("scipy.optimize.linprog: integrality is not followed")
        c = operand(given["c"])
        x = found.x
        rows, right = _holding(given, x)
        a, b = concatenate(rows, 0), concatenate(right, 0)
        if shape_of(a) != (x.size, x.size) or np.linalg.matrix_rank(plain(a)) < x.size:
            raise NotTraceable("scipy.optimize.linprog: the solution is not one corner")
        weights = np.linalg.solve(np.asarray(plain(a)).T, plain(c))
        if np.any(np.abs(weights[_equations(given) :]) <= 1e-9 * np.max(np.abs(weights))):
            raise NotTraceable("scipy.optimize.linprog: the solution is not the only one")
        y = solve(a, b)
        found.x = handles(moved_to(y, plain(y), x))
        found.fun = np.dot(c, y)
    return found


def _equations(given):
    return 0 if given.get("A_eq") is None else shape_of(operand(given["A_eq"]))[0]


def _holding(given, x):
    """The equations and the inequalities that hold with equality at x: rows and right-hand sides."""
    rows, right = [], []
    if given.get("A_eq") is not None:
        rows.append(operand(given["A_eq"]))
        right.append(np.atleast_1d(operand(given["b_eq"])))
    if given.get("A_ub") is not None:
        a, b = operand(given["A_ub"]), np.atleast_1d(operand(given["b_ub"]))
        slack = np.atleast_1d(plain(b)) - np.dot(plain(a), x)
        at = np.flatnonzero(np.abs(slack) <= 1e-9 * (1.0 + np.abs(plain(b))))
        rows.append(take(a, (at,)))
        right.append(take(b, (at,)))
    for k, pair in enumerate(_pairs(given.get("bounds", (0, None)), x.size)):
        reached = [v for v in pair if v is not None and _on(x[k], float(plain(v)))]
        for bound in reached[:1]:
            rows.append(np.eye(x.size)[k : k + 1])
            right.append(np.reshape(operand(bound), (1,)))
    return rows, right


def _on(x, bound):
    return np.isfinite(bound) and abs(x - bound) <= 1e-9 * (1.0 + abs(bound))


def _pairs(bounds, n):
    """The bounds of every unknown: one pair for all, or one for each."""
    if bounds is None:
        return [(0, None)] * n
    bounds = list(bounds)
    if not any(isinstance(b, (list, tuple)) for b in bounds):
        bounds = [bounds]
    return bounds * n if len(bounds) == 1 else bounds


def linear_sum_assignment(cost_matrix, maximize=False):
    """The places are constant between jumps."""
    return optimize.linear_sum_assignment(fixed_choice(operand(cost_matrix)), maximize)


def program_stand_ins():
    """From the functions of scipy.optimize to their stand-ins."""
    made = {optimize.lsq_linear: lsq_linear, optimize.linprog: linprog}
    for ours in (nnls, linear_sum_assignment):
        function = getattr(optimize, ours.__name__)
        made[function] = where_traced(function, ours)
    return made
