"""Drop-ins: what SciPy removed, and what it keeps with a step to choose, under the names people know.

`gradient` is `np.gradient` for values on a grid, with its kin `slope`, `divergence`, `curl`, `laplacian`.

>>> from dfdx.compat import approx_fprime, central_diff_weights, check_grad, derivative
>>> print(derivative(lambda x: x**3 + x**2, 1.0, dx=1e-6))  # as scipy.misc.derivative gave it
4.9999999999...
>>> approx_fprime([3.0], lambda x: x[0] ** 2)               # exact, where scipy.optimize has 6.00000002
array([6.])
"""

from ..measurements.arrays.grids import curl, divergence, gradient, laplacian, slope
from .misc import central_diff_weights, derivative
from .optimize import approx_fprime, check_grad

__all__ = [
    "approx_fprime",
    "central_diff_weights",
    "check_grad",
    "curl",
    "derivative",
    "divergence",
    "gradient",
    "laplacian",
    "slope",
]
