"""Stand-ins for SciPy's solvers of equations: the value by SciPy, the derivative implicitly.

The solver works on plain numbers. At its answer the equation is traced once, and the
implicit function theorem gives the slopes in whatever the equation reaches. Brackets
and starting points do not matter for the answer, so they have slope 0.
"""

from functools import cache

import numpy as np
from scipy import optimize

from ....errors import NotTraceable
from ....graph import Graph
from ....rules.solvers import solution
from ...numpy_protocol.plain import seen_through
from .callbacks import Callback
from .tools import by_name, logged


def implicit(callback, x, equation):
    """The plain answer x of a solver as a traced value.

    `equation` makes of the piece's graph, whose first input is x, the graph that is zero at x.
    """
    x = np.array(x, dtype=float) if np.ndim(x) else float(x)
    piece = callback.piece(x)
    if piece.edges:
        raise NotTraceable(
            f"the function stands on a break of {piece.edges[0].name} at the solution"
        )
    graph = equation(piece.graph())
    op, found = solution(graph, x, callback.numbers, bool(piece.guards or piece.noted))
    return moved_to(op(*callback.operands), found, x)


def moved_to(y, found, x):
    """The traced y, whose plain value is `found`, with the value x that SciPy gave."""
    return y if np.array_equal(found, x) else y + np.subtract(x, found)


def _as_it_is(graph):
    (g,) = graph.outputs
    if g.shape != graph.inputs[0].shape:
        raise NotTraceable("as many equations as unknowns are needed, in the same shape")
    return graph


def _minus_point(graph):
    """func(x) − x."""
    graph = _as_it_is(graph)
    return Graph(graph.inputs, [graph.outputs[0] - graph.inputs[0]])


def first(y):
    """The value, of a function that returns its value and its derivative."""
    return y[0]


def plainly(given, functions, extra):
    """The arguments with the user's other functions made plain, and everything traced seen through."""
    return {
        key: Callback(value, extra) if key in functions and callable(value) else seen_through(value)
        for key, value in given.items()
    }


def _solver(theirs, equation=_as_it_is):
    """The stand-in of a solver."""

    def solver(*args, **kwargs):
        given = by_name(theirs, args, kwargs)
        name = next(key for key in ("f", "func", "fun") if key in given)
        function, extra = given.pop(name), given.pop("args", ())
        both = any(given.get(key) is True for key in ("jac", "fprime", "fprime2"))
        callback = Callback(function, extra, pick=first if both else None)
        found = theirs(callback, **plainly(given, ("fprime", "fprime2", "jac"), extra))
        if not callback.reached:
            return found
        with logged(callback.tapes):
            return _with_root(found, lambda x: implicit(callback, x, equation))

    solver.__name__ = theirs.__name__
    return solver


def _with_root(found, trace):
    """A solver's result with its root traced: a number or array, a tuple, or an object of results."""
    if isinstance(found, tuple):
        return (trace(found[0]), *found[1:])
    for name, good in (("root", "converged"), ("x", "success")):
        if hasattr(found, name):
            if not np.all(getattr(found, good)):
                raise NotTraceable("the solver did not converge, so its answer has no derivative")
            setattr(found, name, trace(getattr(found, name)))
            return found
    return trace(found)


_NAMES = "brentq brenth bisect ridder toms748 newton root_scalar fsolve root"


@cache
def stand_ins():
    """From the function of scipy.optimize to its stand-in."""
    made = {getattr(optimize, name): _solver(getattr(optimize, name)) for name in _NAMES.split()}
    made[optimize.fixed_point] = _solver(optimize.fixed_point, _minus_point)
    return made
