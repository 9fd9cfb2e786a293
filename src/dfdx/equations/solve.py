"""Where a function is zero: one equation or a system, and how the root moves with what is held fixed."""

from functools import partial

import numpy as np

from ..calculus.flat import Flat
from ..calculus.operator import Derived, operator
from ..calculus.watched import moving_root, watched
from ..errors import NotConverged
from .newton import bracketed, newton, passes_through, underflows
from .systems import MANY, METHODS, Asked, is_root, newton_step, polished, root

_STEPS = 1000
_SINGULAR = 1e10


class Root:
    """What a search for a root found; made by `solve(F).search(*start)`.

    x            the root, in the structure of the start
    residual     the largest |F| there
    reason       why it is one, in a sentence
    method       how it was found
    evaluations  how often F was called
    gradients    how often derivatives were taken
    notes        what the user should know
    """

    __slots__ = ("evaluations", "gradients", "method", "notes", "reason", "residual", "x")

    def __init__(self, x, residual, reason, method, flat, notes=()):
        self.x, self.residual, self.reason, self.method = x, residual, reason, method
        self.evaluations, self.gradients, self.notes = (
            flat.evaluations,
            flat.gradients,
            tuple(notes),
        )

    def __repr__(self):
        return f"<Root {self.x!r}: |F| = {self.residual:.2g}, {self.reason}>"


class Solve(Derived):
    operator = "solve"
    options = ("wrt", "method", "bracket", "tol", "steps")
    guide = """A root of F near the start: x with F(x) = 0, in the structure of the start.

    As many equations as unknowns. Derivatives are exact, and the root has its own: it moves with
    what F is given by name, or reaches, by the implicit function theorem.

    method   None (what suits), "hybr", "lm" or "krylov" (many unknowns: no matrix is made)
    bracket  (a, b) for one unknown: f has different signs there; then no start is needed
    tol      the largest |F| that counts as zero; by default what rounding leaves
    steps    at most so many

    Raises NotConverged where there is no root to be found; its `reached` is a Root: the nearest point.
    `solve(F).search(x0)` gives the Root with its residual, counts and notes.

    >>> solve(lambda x: x**2 - 2)(1.0)
    1.4142135623730951
    >>> solve(lambda x, y: [x * y - 2, x - y - 1], 1.0, 2.0)
    array([2., 1.])
    >>> from dfdx import derivative
    >>> derivative(lambda a: solve(lambda x, a: x**3 + x - a)(1.0, a=a))(2.0)   # 1 / (3x² + 1)
    0.25
    """

    def __init__(self, f, *, wrt=None, method=None, bracket=None, tol=None, steps=None):
        super().__init__(f)
        if method is not None and method not in METHODS:
            raise ValueError(f"no method {method!r}; there are {', '.join(METHODS)}")
        if steps is not None and not steps >= 1:
            raise ValueError(f"steps is a number of steps, at least 1, not {steps!r}")
        self.wrt, self.method, self.tol = wrt, method, tol
        self.steps = _STEPS if steps is None else int(steps)
        self.bracket = None if bracket is None else _ends(bracket)

    def __call__(self, *point, **fixed):
        flat, x, _ = self._found(point, fixed)
        if watched():
            moving = moving_root(flat, x)
            if moving is not None:
                return flat.pack_moving(moving)
        return flat.pack(x)

    def search(self, *point, **fixed):
        """The Root, with all that is known of it."""
        return self._found(point, fixed)[2]

    def _found(self, point, fixed):
        if not point and self.bracket is not None:
            point = (0.5 * (self.bracket[0] + self.bracket[1]),)
        flat = Flat(self.f, point, fixed, self.wrt, name="solve")
        _need_start(self, flat)
        asked = Asked(flat)
        first = flat.values(flat.start)
        if first.size != len(flat):
            hint = "; fit(F)(x0) makes their squares small" if first.size > len(flat) else ""
            raise TypeError(
                f"{flat.name} gives {first.size} equations for {len(flat)} unknowns; as many are needed{hint}"
            )
        if self.bracket is not None and len(flat) != 1:
            raise ValueError("a bracket is for one unknown")
        if self.bracket is None and not np.isfinite(first).all():
            raise ValueError(
                f"{flat.name} is {first[~np.isfinite(first)][0]:g} at the start; begin elsewhere"
            )
        asked.values(flat.start)
        x, reason, method = (
            self._by_newton(asked)
            if len(flat) == 1 and not self.method
            else self._by_minpack(asked)
        )
        return flat, x, self._checked(asked, x, reason, method)

    def _by_newton(self, asked):
        value, start = partial(_one_value, asked), float(asked.flat.start[0])
        if self.bracket is not None:
            x, reason = self._bracketed(asked, value)
            method = "Brent"
        else:
            x, reason = newton(partial(_one, asked), value, start, self.steps)
            method = "Newton"
        if x is None:
            self._fail(asked, asked.nearest[0], reason, method)
        if not passes_through(value, x):
            why = f"f jumps at x = {x:.6g}, or has a pole: it is {value(x):.3g} there"
            self._fail(asked, np.array([x]), why, method)
        vector = polished(asked, np.array([x]))
        if self.bracket is not None and not self.bracket[0] <= vector[0] <= self.bracket[1]:
            vector = np.array([x])
        x = float(vector[0])
        if self.bracket is None and underflows(value, x, start):
            self._fail(
                asked, vector, f"f only becomes too small for a number, at x = {x:.6g}", method
            )
        return vector, reason, method

    def _bracketed(self, asked, value):
        a, b = self.bracket
        fa, fb = value(a), value(b)
        if not (np.isfinite(fa) and np.isfinite(fb)) or fa * fb > 0:
            raise ValueError(
                f"{asked.flat.name} must have different signs at the ends of the bracket; it is {fa:.6g} at "
                f"{a:g} and {fb:.6g} at {b:g}"
            )
        if fa == 0 or fb == 0:
            return (a if fa == 0 else b), "f is zero to the last digit"
        return bracketed(value, a, b)

    def _by_minpack(self, asked):
        x, method = root(asked, asked.flat.start, self.method, self.steps)
        return x, "Newton's step is below rounding", method

    def _checked(self, asked, x, reason, method):
        """The Root, once it is known to be one."""
        flat = asked.flat
        size = float(np.abs(flat.values(x)).max())
        if self.tol is not None:
            if not size <= self.tol:
                self._fail(asked, x, f"|F| = {size:.3g} is not below {self.tol:g}", method)
            return Root(flat.pack(x), size, f"|F| is below {self.tol:g}", method, flat)
        if method not in ("Newton", "Brent") and not is_root(asked, x):
            self._fail(asked, x, _why(asked, x, size), method)
        return Root(flat.pack(x), size, reason, method, flat, _notes(asked, x))

    def _fail(self, asked, x, why, method):
        flat = asked.flat
        size = asked.nearest[1] if asked.nearest is not None else np.nan
        error = NotConverged(
            f"{self.__name__} found no root: {why}; begin elsewhere, or there is none"
        )
        error.reached = Root(flat.pack(x), size, why, method, flat)
        raise error


def _one(asked, x):
    """f and f′ of one unknown."""
    y, slope = asked.both(np.array([x]))
    return float(y[0]), float(slope[0, 0])


def _one_value(asked, x):
    """f of one unknown; infinite where it is no number."""
    try:
        with np.errstate(all="ignore"):
            y = float(asked.flat.values(np.array([x]))[0]) if np.isfinite(x) else np.nan
    except (ArithmeticError, ValueError):
        y = np.nan
    if not np.isfinite(y):
        asked.outside += 1
        return np.inf
    if asked.nearest is None or abs(y) < asked.nearest[1]:
        asked.nearest = np.array([x]), abs(y)
    return y


def _why(asked, x, size):
    at = f"|F| = {size:.3g} at {np.array2string(x, precision=6, threshold=6)}"
    if len(x) > MANY:
        return at
    step = newton_step(asked, x)
    if step is None:
        return f"{at}, where the derivative is no number"
    values, matrix = asked.both(x)
    if np.abs(values + matrix @ step).max() > 1e-3 * size:
        return f"{at}, where the Jacobian is singular and no step brings F down"
    return f"{at}, and Newton's step is still {np.abs(step).max():.2g} long"


def _notes(asked, x):
    if len(x) > MANY:
        return ()
    _, matrix = asked.both(x)
    if not np.isfinite(matrix).all():
        return ("F has no finite slope at the root",)
    size = np.linalg.norm(matrix, axis=0)
    if (
        not size.all()
        or np.linalg.cond(matrix / size) > _SINGULAR
        or (len(x) == 1 and abs(matrix[0, 0]) < 1e-7)
    ):
        return ("the Jacobian is singular at the root: about half of the digits can be told",)
    return ()


def _need_start(self, flat):
    if not len(flat):
        raise ValueError(f"{self.__name__}: the start holds no number")
    if not np.isfinite(flat.start).all():
        k = int(np.flatnonzero(~np.isfinite(flat.start))[0])
        raise ValueError(
            f"{flat.component(k)} is {flat.start[k]:g} at the start; begin at a number"
        )


def _ends(bracket):
    try:
        a, b = map(float, bracket)
    except (TypeError, ValueError):
        raise ValueError(f"a bracket is two numbers (a, b), not {bracket!r}") from None
    if not (np.isfinite(a) and np.isfinite(b)) or a == b:
        raise ValueError(f"a bracket is two different finite numbers, not {bracket!r}")
    return min(a, b), max(a, b)


solve = operator(Solve)
