"""Descent: the way down a function, step by step, by any method of the family.

What happens is open: `descend(f).steps(x0)` gives one state after the other, a callback sees each, the
history is kept, and where it does not go well the answer says why.
"""

import numpy as np

from ..calculus.flat import Flat
from ..calculus.operator import Derived, need_point, operator
from .diagnosis import told
from .family import method_of
from .look import Look, Squares
from .march import ByRate, BySearch, Careful, Damped, State
from .minimum import Minimum
from .rates import need_rate, rate_by_step, rate_for
from .trip import Trip


class Descend(Derived):
    operator = "descend"
    options: tuple[str, ...] = (
        "method", "rate", "schedule", "search", "steps", "tol", "callback", "keep", "wrt",
    )  # fmt: skip
    guide = """Walk down a function from a point to a minimum: a `Minimum`.

    What is passed by position varies, what is passed by name is held fixed. The point may be numbers,
    arrays, dicts, lists, tuples and dataclasses of them.

    method    "gradient", "momentum", "nesterov", "adagrad", "rmsprop", "adam", "adamw", "conjugate",
              "newton",
              "bfgs", "l-bfgs"; and "gauss-newton", "levenberg-marquardt", for which f returns residuals r and
              ½ Σ r² is made small. Or a method with its own numbers: `dfdx.descent.Momentum(keep=0.95)`.
    rate      the learning rate, a number or a function of the step's number. Without one, the line is
              searched or a rate is found.
    schedule  what multiplies the rate: a function of the step's number, or a name such as "cosine"
    search    the line search: "wolfe", "armijo", "exact", "falling"; each method has its own
    steps     at most so many
    tol       small enough is a gradient of `tol` times that at the start
    callback  called with each state (`step`, `point`, `value`, `slope`); may raise StopIteration
    keep      True keeps the points of the history, False does not; else those of up to 3 variables are kept

    >>> def valley(p):
    ...     return (1 - p["x"]) ** 2 + 100 * (p["y"] - p["x"] ** 2) ** 2
    >>> found = descend(valley, {"x": -1.2, "y": 1.0}, method="bfgs")
    >>> found.converged, {name: round(value, 6) for name, value in found.x.items()}
    (True, {'x': 1.0, 'y': 1.0})
    >>> for state in descend(lambda x: x**2, method="gradient", rate=0.25, steps=2).steps(8.0):
    ...     print(state.step, state.point, state.value)
    0 8.0 64.0
    1 4.0 16.0
    2 2.0 4.0
    """

    def __init__(
        self, f, *, method="gradient", rate=None, schedule=None, search=None, steps=2000, tol=1e-8,
        callback=None, keep=None, wrt=None,
    ):  # fmt: skip
        super().__init__(f)
        self.method = method_of(method)
        self.rate, self.schedule, self.search = rate, schedule, need_search(search)
        self.limit, self.tol = need_count(steps, "steps"), need_tolerance(tol)
        self.callback, self.keep, self.wrt = callback, keep, wrt
        rated = rate is not None or schedule is not None
        if rated and not hasattr(self.method, "change"):
            raise ValueError(
                f"{name_of(self.method)} finds the length of its steps by itself: no rate, no schedule"
            )
        if rated and search is not None:
            raise ValueError("a line search finds the rate: give rate or search, not both")
        if search is not None and not hasattr(self.method, "direction"):
            raise ValueError(
                f"{name_of(self.method)} goes by a rate, not by a line search: give rate, or nothing"
            )
        rate_by_step(1.0 if rate is None else rate, schedule, steps)  # raises now, not later

    def __call__(self, *point, **fixed):
        trip = self._trip(point, fixed).run()
        return found(trip, self.method)

    def steps(self, *point, **fixed):
        """The states of the search, one after the other, beginning with the start."""
        return self._trip(point, fixed).states()

    def _trip(self, point, fixed):
        if not point:
            need_point(self, point or fixed)
        flat = Flat(self.f, point, fixed, self.wrt, name=self.operator)
        squares = hasattr(self.method, "residuals")
        look = Squares(flat) if squares else Look(flat)
        with np.errstate(all="ignore"):
            value, g = self._first(look, flat)
        here = State(flat.start, value, g, flat.pack, self.method.start(len(flat)))
        with np.errstate(all="ignore"):
            pace = self._pace(look, here)
        return Trip(
            look,
            pace,
            here,
            tol=self.tol,
            steps=self.limit,
            callback=self.callback,
            keep=self.keep,
        )

    @staticmethod
    def _first(look, flat):
        """f and its gradient at the start; no gradient where f is no number there."""
        try:
            return look(flat.start)
        except ArithmeticError:
            value = look.plainly(flat.start)
            if np.isfinite(value):
                raise
            return value, np.full(len(flat), np.nan)

    def _pace(self, look, here):
        if hasattr(self.method, "damped"):
            return Damped(self.method)
        if self.rate is None and self.schedule is None:
            if hasattr(self.method, "direction"):
                return BySearch(self.method, self.search)
            if not here.finite or not here.slope:
                return ByRate(self.method, lambda k: 1.0)  # there is no step to be made
            return Careful(self.method, rate_for(look, self.method, here), here)
        rate = self.rate
        if rate is None:
            rate = rate_for(look, self.method, here) if here.finite and here.slope else 1.0
        return ByRate(self.method, rate_by_step(rate, self.schedule, self.limit))


descend = operator(Descend)


def name_of(method):
    """What a method is called."""
    return type(method).__name__


def found(trip, method):
    """What a search brings home."""
    flat, best = trip.look.flat, trip.best
    converged, reason, notes = told(trip, method)
    return Minimum(
        flat.pack(best.x),
        best.value,
        flat.pack(best.g),
        reason=reason,
        method=name_of(method),
        converged=converged,
        history=trip.history,
        steps=trip.last.step,
        evaluations=flat.evaluations,
        gradients=flat.gradients,
        notes=notes,
        f=trip.look.value,
    )


class FindRate(Descend):
    operator = "find_rate"
    options = ("method", "wrt")
    guide = """A learning rate that is good from a point on, for a method that needs one.

    Several rates are tried for a few steps each: around the inverse of the largest curvature where the rate
    is measured by that, otherwise fractions of the size of the parameters; the lowest value wins.

    >>> round(find_rate(lambda x: 2 * x**2, 3.0), 6)   # the curvature is 4
    0.25
    """

    def __init__(self, f, *, method="gradient", wrt=None):
        super().__init__(f, method=method, wrt=wrt)

    def __call__(self, *point, **fixed):
        trip = self._trip(point, fixed)
        if not hasattr(self.method, "change"):
            raise ValueError(
                f"{name_of(self.method)} takes no rate: it finds the length of its steps"
            )
        return need_rate(rate_for(trip.look, self.method, trip.start))


find_rate = operator(FindRate)


def need_search(search):
    """ValueError unless it names a line search."""
    if search not in (None, "wolfe", "armijo", "exact", "falling"):
        raise ValueError(
            f'search is "wolfe", "armijo", "exact" or "falling" (or None: the method\'s own), not {search!r}'
        )
    return search


def need_count(n, name):
    """A number of steps as an int; told by name where it is none."""
    if isinstance(n, bool) or not hasattr(n, "__index__"):
        raise TypeError(f"{name} is a whole number, not {n!r}")
    if n < 0:
        raise ValueError(f"{name} is not negative, but {n}")
    return int(n)


def need_tolerance(tol):
    """The tolerance as a float; told where it is none."""
    if isinstance(tol, bool) or not isinstance(tol, (int, float)):
        raise TypeError(f"tol is a number, not {tol!r}")
    if not 0 <= tol < 1:
        raise ValueError(f"tol is between 0 and 1: the part of the largest gradient, not {tol!r}")
    return float(tol)
