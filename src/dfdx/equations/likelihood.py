"""How well a likelihood knows its parameters: the inverse of its exact Hessian.

At the maximum of a likelihood the parameters scatter with the inverse of the observed information, which is
the Hessian of −log L (Fisher 1922). So two operators are made of it: the covariance, and its
diagonal's roots.
"""

import numpy as np

from ..calculus.flat import Flat
from ..calculus.operator import Derived, operator

_ALIKE = 1e-10
_SHARE = 0.05
_FAR = 0.1  # standard errors that a maximum may be away and still be the point that is meant


class Covariance(Derived):
    operator = "covariance"
    options = ("wrt",)
    guide = """The covariance of the parameters of −log L at its minimum: the inverse of the exact Hessian.

    In the structure that `hessian` has: a matrix for several numbers. ValueError where the point is no
    minimum; what cannot be told apart is named.

    >>> data = np.array([1.0, 2.0, 4.0, 5.0])
    >>> def nll(mean, log_width):
    ...     return np.sum(0.5 * ((data - mean) / np.exp(log_width)) ** 2 + log_width)
    >>> covariance(nll)(3.0, 0.5 * np.log(2.5)).round(3)
    array([[0.625, 0.   ],
           [0.   , 0.125]])
    """

    def __init__(self, f, *, wrt=None):
        super().__init__(f)
        self.wrt = wrt

    def __call__(self, *point, **fixed):
        flat, matrix = self._matrix(point, fixed)
        return flat.rows(matrix)

    def _matrix(self, point, fixed):
        flat = Flat(self.f, point, fixed, self.wrt, name=self.operator)
        slope, second = flat.gradient(flat.start), flat.hessian(flat.start)
        if not np.isfinite(second).all():
            raise ValueError(f"the Hessian of {flat.name} is no number here")
        size = np.sqrt(np.abs(np.diag(second)))
        scale = np.where(size > 0, size, 1.0)
        values, vectors = np.linalg.eigh(second / np.outer(scale, scale))
        top = float(np.abs(values).max(initial=0.0))
        for value, vector in zip(values, vectors.T, strict=True):
            if value <= _ALIKE * top:
                self._refuse(flat, value, vector, value < -_ALIKE * top)
        matrix = (vectors / values) @ vectors.T / np.outer(scale, scale)
        away = -matrix @ slope  # Newton's step to the minimum
        off = np.abs(away) / np.sqrt(np.diag(matrix))
        if off.max(initial=0.0) > _FAR:
            k = int(off.argmax())
            raise ValueError(
                f"this is not the minimum of {flat.name}: {flat.component(k)} is {off[k]:.2g} standard "
                f"errors away from it; go there first: minimize({flat.name})"
            )
        return flat, matrix

    def _refuse(self, flat, value, vector, falls):
        names = [flat.component(k) for k in np.flatnonzero(np.abs(vector) > _SHARE)]
        if falls:
            raise ValueError(
                f"{flat.name} is no minimum here: it falls when {' and '.join(names)} move"
            )
        if len(names) == 1:
            raise ValueError(f"{flat.name} does not determine {names[0]}")
        raise ValueError(
            f"{flat.name} does not tell {' and '.join(names)} apart: only a combination of them is determined"
        )


class StandardErrors(Covariance):
    operator = "standard_errors"
    guide = """The standard errors of the parameters of −log L at its minimum, in their structure.

    The roots of the diagonal of `covariance(f)`, with the exact Hessian.

    >>> data = np.array([1.0, 2.0, 4.0, 5.0])
    >>> def nll(p):
    ...     return np.sum(0.5 * ((data - p["mean"]) / p["width"]) ** 2 + np.log(p["width"]))
    >>> from dfdx import minimize
    >>> found = minimize(nll)({"mean": 1.0, "width": 1.0})
    >>> {name: round(error, 4) for name, error in standard_errors(nll)(found.x).items()}
    {'mean': 0.7906, 'width': 0.559}
    """

    def __call__(self, *point, **fixed):
        flat, matrix = self._matrix(point, fixed)
        return flat.pack(np.sqrt(np.diag(matrix)))


covariance = operator(Covariance)
standard_errors = operator(StandardErrors)
