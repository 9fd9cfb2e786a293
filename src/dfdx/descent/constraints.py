"""Constraints on a minimum: the user's functions, with exact derivatives, in SciPy's words.

A plain function c means c(x) ≥ 0; `("==", c)` means c(x) = 0. They are called as f is, with the parameters in
their structure. What is written with SciPy's own words (a dict, LinearConstraint, NonlinearConstraint)
keeps its meaning and gets the exact Jacobian where it brings none.
"""

from inspect import Parameter, signature

import numpy as np
from scipy.optimize import LinearConstraint, NonlinearConstraint

from ..calculus.flat import Flat
from ..trees import describe

_KINDS = {">=": np.inf, "ineq": np.inf, "==": 0.0, "=": 0.0, "eq": 0.0}


class Constraint:
    """low ≤ c(x) ≤ high; `flat` is c as a function of the vector, or a matrix where c is linear."""

    def __init__(self, flat, low, high, matrix=None, jac=None):
        self.flat, self.low, self.high, self.matrix, self.jac = flat, low, high, matrix, jac

    def values(self, x):
        return self.matrix @ x if self.matrix is not None else self.flat.values(x)

    def jacobian(self, x):
        if self.matrix is not None:
            return self.matrix
        return np.atleast_2d(self.jac(x)) if self.jac is not None else self.flat.jacobian(x)

    def curvature(self, x, weights):
        """The Hessian of c weighted: Σ w ∇²c."""
        weights = np.asarray(weights, dtype=float)
        return self.flat.combined(lambda values: (values * weights).sum()).hessian(x)

    def for_scipy(self, curved):
        """What `scipy.optimize.minimize` takes; `curved` where it also takes second derivatives."""
        if self.matrix is not None:
            return LinearConstraint(self.matrix, self.low, self.high)
        known = {"hess": self.curvature} if curved else {}
        return NonlinearConstraint(self.values, self.low, self.high, jac=self.jacobian, **known)

    def off(self, x):
        """How far each value lies outside of its limits, and the limits as vectors."""
        values = self.values(x)
        low, high = (np.broadcast_to(b, values.shape) for b in (self.low, self.high))
        return np.maximum(np.maximum(low - values, values - high), 0.0), values, low, high


def constraints(given, flat, point, fixed, wrt):
    """The list of Constraints that the user means, for parameters as f has them in `flat`."""
    if given is None:
        return []
    if isinstance(given, dict) and "fun" not in given:
        given = [(kind, c) for kind, cs in given.items() for c in _listed(cs)]
    elif isinstance(given, tuple) and len(given) == 2 and isinstance(given[0], str):
        given = [given]
    found = [_read(c, flat, point, fixed, wrt) for c in _listed(given)]
    for c in found:
        if c.matrix is not None and c.matrix.shape[1] != len(flat):
            raise ValueError(
                f"a linear constraint is on {c.matrix.shape[1]} numbers, x has {len(flat)}"
            )
    return found


def _listed(x):
    return list(x) if isinstance(x, (list, tuple)) else [x]


def _read(c, flat, point, fixed, wrt):
    kind, extra, jac = ">=", (), None
    if isinstance(c, LinearConstraint):
        a = c.A.toarray() if hasattr(c.A, "toarray") else np.atleast_2d(c.A)
        return Constraint(
            None, np.asarray(c.lb, float), np.asarray(c.ub, float), np.asarray(a, float)
        )
    if isinstance(c, NonlinearConstraint):
        own = c.jac if callable(c.jac) else None
        return Constraint(_flat(c.fun, (), point, fixed, wrt), c.lb, c.ub, jac=own)
    if isinstance(c, dict):
        kind, extra, jac, c = c.get("type", ">="), tuple(c.get("args", ())), c.get("jac"), c["fun"]
    elif isinstance(c, tuple) and len(c) == 2:
        kind, c = c if isinstance(c[0], str) else c[::-1]
    kind = kind.lower().removesuffix("0").strip() if isinstance(kind, str) else kind
    if kind not in _KINDS:
        raise ValueError(f'a constraint is ">=" (c(x) ≥ 0) or "==" (c(x) = 0), not {kind!r}')
    if not callable(c):
        raise TypeError(f"a constraint is a function, not {describe(c)}")
    made = None if jac is None or not callable(jac) else lambda x: jac(x, *extra)
    return Constraint(_flat(c, extra, point, fixed, wrt), 0.0, _KINDS[kind], jac=made)


def _flat(c, extra, point, fixed, wrt):
    return Flat(
        c,
        (*point, *extra),
        _known(c, fixed),
        wrt if wrt is not None else _all(point),
        name="constraint",
    )


def _all(point):
    return 0 if len(point) == 1 else tuple(range(len(point)))


def _known(c, fixed):
    """Of what f is given by name, what c takes too."""
    try:
        found = signature(c).parameters.values()
    except (TypeError, ValueError):
        return {}
    if any(p.kind is Parameter.VAR_KEYWORD for p in found):
        return fixed
    return {k: v for k, v in fixed.items() if k in {p.name for p in found}}
