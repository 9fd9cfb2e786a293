"""A function as a search looks at it: its value and gradient at a vector."""

import numpy as np


class Look:
    """`look(x)` is (f, ∇f) at a vector."""

    def __init__(self, flat):
        self.flat = flat

    def __call__(self, x):
        return self.flat.value_and_gradient(x)

    def value(self, x):
        """f alone, as it is when it is called plainly."""
        with np.errstate(all="ignore"):
            return self.flat.number(x)

    def plainly(self, x):
        """f from a call of its own: nothing is remembered."""
        self.flat._last = None
        return self.value(x)

    def hessian(self, x):
        """The matrix of second partial derivatives."""
        return self.flat.hessian(x)


class Squares(Look):
    """Half the sum of squares of what f returns, for the methods of least squares."""

    def __init__(self, flat):
        super().__init__(flat)
        self.last = None

    def rows(self, x):
        """The residuals and their Jacobian at x."""
        if self.last is None or not np.array_equal(self.last[0], x):
            self.last = x.copy(), self.flat.values(x), self.flat.jacobian(x)
        return self.last[1:]

    def residuals(self, x):
        return self.flat.values(x)

    def __call__(self, x):
        r, jacobian = self.rows(x)
        return 0.5 * float(r @ r), jacobian.T @ r

    def value(self, x):
        r = self.residuals(x)
        return 0.5 * float(r @ r)

    def plainly(self, x):
        return self.value(x)

    def hessian(self, x):
        """JᵀJ, what these methods take for the Hessian."""
        _, jacobian = self.rows(x)
        return jacobian.T @ jacobian
