"""The least value of a function, by SciPy's minimisers with exact derivatives.

SciPy owns the searches (BFGS, trust regions, quadratic programs), and what they lack is derivatives: value
and gradient come from one trace, Hessians and their products where a method takes them. What comes back
is checked: a search has arrived where the gradient says so, not where a flag does.
"""

import numpy as np

from ..calculus.box import box
from ..calculus.flat import Flat
from ..calculus.operator import Derived, operator
from .constraints import constraints
from .scipy_methods import method_for
from .scipy_search import Search


class Minimize(Derived):
    operator = "minimize"
    options = (
        "wrt", "method", "bounds", "constraints", "gtol", "tol", "steps", "callback", "keep", "options",
    )  # fmt: skip
    guide = """Where a function is least, near the start: a `Minimum` with `x` in the structure of the start.

    What is passed by position varies, what is passed by name is held fixed. The gradient is exact.

    method       None (what suits), or any of SciPy's: "BFGS", "L-BFGS-B", "trust-exact", "SLSQP", …
    bounds       pairs (low, high) in the structure of the parameters, or one pair for all
    constraints  functions c with c(x) ≥ 0; `("==", c)` for c(x) = 0; or SciPy's own
    gtol         ends where no part of the gradient is larger (1e-8; less where f is small); or `tol`
    steps        at most so many
    callback     called with the parameters after each step; may raise StopIteration
    keep         True keeps all points in `history`
    options      more of the method's options, as SciPy names them

    Raises ValueError where f is no number at the start. What did not go well is told in `reason`
    and `notes`, and `converged` is then False.

    >>> found = minimize(lambda x, y: (1 - x) ** 2 + 100 * (y - x**2) ** 2)(-1.2, 1.0)
    >>> found.converged, found.x.round(6)
    (True, array([1., 1.]))
    >>> best = minimize(lambda p: (p["a"] - 3) ** 2 + p["b"] ** 2, bounds={"a": (0, 2)})
    >>> best({"a": 1.0, "b": 1.0}).x["a"]
    2.0
    """

    def __init__(
        self, f, *, wrt=None, method=None, bounds=None, constraints=None, gtol=None, tol=None,
        steps=None, callback=None, keep=None, options=None,
    ):  # fmt: skip
        super().__init__(f)
        gtol = tol if gtol is None else gtol
        if gtol is not None and not gtol >= 0:
            raise ValueError(f"gtol is a length of the gradient, not {gtol!r}")
        if steps is not None and (steps != int(steps) or steps < 1):
            raise ValueError(f"steps is a number of steps, at least 1, not {steps!r}")
        if callback is not None and not callable(callback):
            raise TypeError("callback is a function of the parameters")
        self.wrt, self.method, self.bounds, self.constraints = wrt, method, bounds, constraints
        self.gtol, self.steps, self.callback, self.keep = gtol, steps, callback, keep
        self.extra = dict(options or {})

    def __call__(self, *point, **fixed):
        flat = Flat(self.f, point, fixed, self.wrt)
        if not len(flat):
            raise ValueError(f"{self.__name__}: the start holds no number")
        if not np.isfinite(flat.start).all():
            k = int(np.flatnonzero(~np.isfinite(flat.start))[0])
            raise ValueError(
                f"{flat.component(k)} is {flat.start[k]:g} at the start; begin at a number"
            )
        limits = box(flat, self.bounds)
        rules = constraints(self.constraints, flat, point, fixed, self.wrt)
        key = method_for(self.method, len(flat), limits is not None, bool(rules))
        return Search(self, flat, key, limits, rules).run()


minimize = operator(Minimize)
