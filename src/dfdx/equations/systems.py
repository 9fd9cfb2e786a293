"""Several equations: SciPy's solvers with exact Jacobians, Newton's last steps, and what was reached.

MINPACK's hybrid method first (Powell), then Levenberg and Marquardt, who go on where a Jacobian is singular.
For many unknowns no matrix is made: Newton's equation is solved by GMRES from exact products.
"""

import numpy as np
from scipy import optimize
from scipy.sparse.linalg import LinearOperator, gmres

MANY = 2000  # unknowns; beyond, a matrix is more work than some products with it
_POLISH = 60
METHODS = ("hybr", "lm", "krylov")


class Asked:
    """F on vectors for a solver: no number counts as far from zero, the nearest point is remembered."""

    def __init__(self, flat):
        self.flat, self.nearest, self.outside = flat, None, 0
        self._last = None

    def values(self, x):
        try:
            with np.errstate(all="ignore"):
                found = self.flat.values(x)
        except (ArithmeticError, ValueError):
            found = np.full(len(x), np.nan)
        return self._noted(x, found)

    def _noted(self, x, found):
        size = float(np.abs(found).max(initial=0.0))
        if not np.isfinite(size):
            self.outside += 1
            return np.where(
                np.isfinite(found), found, 1e3 * (1 + (self.nearest[1] if self.nearest else 1))
            )
        if self.nearest is None or size < self.nearest[1]:
            self.nearest = np.array(x), size
        return found

    def both(self, x):
        """The values and the Jacobian, from one trace."""
        if self._last is None or not np.array_equal(self._last[0], x):
            try:
                found = self.flat.values_and_jacobian(x)
            except (ArithmeticError, ValueError):  # no derivative, or no value
                found = self.values(x), np.full((len(x), len(x)), np.nan)
            self._last = (np.array(x), *found)
            self._noted(x, found[0])
        return self._last[1:]

    def jacobian(self, x):
        found = self.both(x)[1]
        return np.where(np.isfinite(found), found, 0.0)


def root(asked, start, method, steps):
    """`(x, name of the method)`: the nearest to a root that the solvers came."""
    names = [method] if method else ["krylov"] if len(start) > MANY else ["hybr", "lm"]
    used = []
    for name in names:
        begin = start if not used else asked.nearest[0]
        used.append(name)
        if name == "krylov":
            x = _by_products(asked, begin, steps)
        else:
            most = {"hybr": {"maxfev": steps}, "lm": {"maxiter": steps}}[name]
            options = {"xtol": 1e-14, **most}
            with np.errstate(all="ignore"):
                optimize.root(asked.values, begin, jac=asked.jacobian, method=name, options=options)
            x = asked.nearest[0]
        if name != "krylov":
            x = polished(asked, x)
        if is_root(asked, x):
            break
    return x, ", then ".join(used)


def polished(asked, x):
    """x after Newton's steps, as long as they bring F down."""
    value = np.abs(asked.both(x)[0]).max(initial=0.0)
    for _ in range(_POLISH):
        step = newton_step(asked, x)
        if step is None or not step.any():
            break
        new = np.abs(asked.values(x + step)).max(initial=0.0)
        if not new < value:
            break
        x, value = x + step, new
    return x


def newton_step(asked, x):
    """Newton's step at x, the shortest one where the Jacobian is singular; None where there is none."""
    values, matrix = asked.both(x)
    if not (np.isfinite(values).all() and np.isfinite(matrix).all()):
        return None
    size = np.linalg.norm(matrix, axis=0)
    size = np.where(size > 0, size, 1.0)
    return -np.linalg.lstsq(matrix / size, values, rcond=1e-14)[0] / size


def is_root(asked, x, near=1e-8):
    """True where Newton's step is short, or F is zero."""
    if len(x) > MANY:
        return float(np.abs(asked.values(x)).max()) <= near * (1 + float(np.abs(x).max()))
    values = asked.both(x)[0]
    if not values.any():
        return True
    step = newton_step(asked, x)
    return (
        step is not None
        and bool(np.abs(step).max() <= near * (1 + np.abs(x).max()))
        and _is_whole(asked, x, step)
    )


def _is_whole(asked, x, step):
    """True where the step would do away with F: a singular Jacobian leaves a rest that no step reaches."""
    values, matrix = asked.both(x)
    rest = np.abs(values + matrix @ step).max(initial=0.0)
    blur = 1e3 * np.finfo(float).eps * float((np.abs(matrix) @ np.abs(x)).max(initial=0.0))
    return rest <= max(1e-6 * float(np.abs(values).max()), blur)


def _by_products(asked, x, steps):
    """Newton without a matrix, its steps shortened until |F| falls (Dembo, Eisenstat, Steihaug 1982)."""
    values = asked.values(x)
    for _ in range(min(steps, 200)):
        size = float(np.linalg.norm(values))
        if size <= 1e-13 * (1 + float(np.linalg.norm(x))):
            break
        ahead = asked.flat.pushed(x)
        product = LinearOperator((len(x), len(x)), matvec=ahead, dtype=float)
        step, _ = gmres(product, -values, rtol=min(0.1, size), restart=60, maxiter=10)
        for _ in range(30):
            new = asked.values(x + step)
            if np.linalg.norm(new) < size:
                break
            step = 0.5 * step
        else:
            break
        x, values = x + step, new
    return x
