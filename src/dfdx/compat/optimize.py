"""`scipy.optimize.approx_fprime` and `check_grad`, called as there, with exact derivatives inside.

The step that SciPy asks for is taken and not used: a function that can be traced is
differentiated exactly, another one by samples that find their own step. So the meaning is the
same and the digits are more: a `check_grad` that used to be 1e-7 for a right gradient is now 0
or a rounding error.
"""

import numpy as np

from ..calculus.directional import directional_derivative
from ..calculus.gradient import gradient
from ..calculus.jacobian import jacobian

_EPSILON = 2.0**-26  # SciPy's step, for those who read the signature


def approx_fprime(xk, f, epsilon=_EPSILON, *args):
    """The gradient of f at xk, or the Jacobian of a vector function: shape (n,) or (m, n).

    xk         the point, a number or a vector
    f          a function f(x, *args) with a number or a vector as its value
    epsilon    not used: dfdx needs no step
    args       what else f is given

    Raises RuntimeError, as SciPy does, where the value of f has more than one axis.

    >>> approx_fprime([1.0, 2.0], lambda x, c: c * x[0] * x[1], None, 10.0)
    array([20., 10.])
    """
    x = np.atleast_1d(np.asarray(xk, dtype=float))
    if x.ndim > 1:
        raise ValueError(f"xk is a number or a vector, not an array of shape {x.shape}")
    value = np.asarray(f(x.copy(), *args))
    if value.ndim > 1:
        raise RuntimeError(f"the value of f has {value.ndim} axes; a number or a vector is needed")
    if value.ndim == 0:
        return gradient(f, wrt=0)(x, *args)
    found = np.asarray(jacobian(f, wrt=0)(x, *args)).reshape(value.size, x.size)
    return found[0] if value.size == 1 else found


def check_grad(func, grad, x0, *args, epsilon=_EPSILON, direction="all", rng=None, seed=None):
    """How far grad(x0, *args) is from the gradient of func: the length of their difference.

    With `direction="random"` only along one random direction (from `rng`, which SciPy called `seed`
    before 1.15), which costs less for many variables. `epsilon` is not used.
    `dfdx.check` says which component is off, and why.

    Raises ValueError for another direction, and for "random" where grad is no vector.

    >>> from scipy.optimize import rosen, rosen_der
    >>> bool(check_grad(rosen, rosen_der, [1.5, -0.3]) < 1e-12)
    True
    """
    x = np.asarray(x0, dtype=float)
    given = np.asarray(grad(x.copy(), *args))
    if direction == "all":
        return float(np.sqrt(np.sum(np.abs(given - approx_fprime(x, func, epsilon, *args)) ** 2)))
    if direction != "random":
        raise ValueError(f'direction is "all" or "random", not {direction!r}')
    if given.ndim > 1:
        raise ValueError('direction="random" is for functions whose value is one number')
    v = np.random.default_rng(seed if rng is None else rng).standard_normal(x.shape)
    along = directional_derivative(func, along=v, unit=False, wrt=0)(x, *args)
    return float(abs(np.sum(given * v) - along))
