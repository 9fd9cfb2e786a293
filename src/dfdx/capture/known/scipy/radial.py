"""RBFInterpolator at traced points and of traced values: Σ cᵢ φ(ε |x − yᵢ|) + a polynomial in x.

The coefficients solve SciPy's equations: the interpolant (smoothed by λ) takes the values at its
points, and Σ cᵢ p(yᵢ) = 0 for every monomial p.
"""

import numpy as np
from scipy import interpolate as theirs

from ....errors import NotTraceable
from ....primitive import shape_of
from ....rules.arrays import operand
from ....rules.arrays_joins import concatenate
from ....structure import reshape
from ...numpy_protocol.plain import seen_through, traced_in
from ...traced import plain
from .tools import by_name, handles, logged, tapes_of, unwrapped, where_traced


def _thin_plate(s):
    """r² log r from s = r²; 0 at 0."""
    nothing = (plain(s) == 0) * 1.0
    return 0.5 * s * np.log(s + nothing)


_KERNELS = {  # by the square of the distance; odd powers of it are no power of the square
    "thin_plate_spline": _thin_plate,
    "linear": lambda s: -np.sqrt(s),
    "cubic": lambda s: s * np.sqrt(s),
    "quintic": lambda s: -s * s * np.sqrt(s),
    "multiquadric": lambda s: -np.sqrt(s + 1.0),
    "inverse_multiquadric": lambda s: 1.0 / np.sqrt(s + 1.0),
    "inverse_quadratic": lambda s: 1.0 / (s + 1.0),
    "gaussian": lambda s: np.exp(-s),
}


def _kernel(made, x, y):
    """The matrix φ(ε |xᵢ − yⱼ|)."""
    gaps = made.epsilon * (x[:, None, :] - y[None, :, :])
    return _KERNELS[made.kernel](np.sum(gaps * gaps, axis=-1))


def _monomials(made, x, shift, scale):
    """The monomials at the points, in columns."""
    z = (x - shift) / scale
    columns = []
    for powers in made.powers:
        column = np.ones(shape_of(x)[0])
        for k, power in enumerate(powers):
            for _ in range(power):
                column = column * z[:, k]
        columns.append(column)
    return np.stack(columns, axis=-1) if columns else np.zeros((shape_of(x)[0], 0))


def _coefficients(made, values):
    """The weights of the kernels and of the monomials, for values in columns."""
    y, (n, r) = made.y, (len(made.y), len(made.powers))
    low, high = y.min(axis=0), y.max(axis=0)
    shift, scale = (low + high) / 2.0, (high - low) / 2.0
    scale = np.where(scale == 0.0, 1.0, scale)
    p = _monomials(made, y, shift, scale)
    system = np.zeros((n + r, n + r))
    system[:n, :n] = _kernel(made, y, y) + np.diag(made.smoothing)
    system[:n, n:], system[n:, :n] = p, p.T
    right = concatenate([values, np.zeros((r, shape_of(values)[1]))], 0) if r else values
    return np.linalg.solve(system, right), shift, scale


class _Radial:
    """An interpolant of traced values; `made` is SciPy's for their plain numbers."""

    def __init__(self, made, values):
        self.made = made
        self.shape = shape_of(values)[1:]
        flat = reshape(values, (len(made.y), int(np.prod(self.shape))))
        self.solved = _coefficients(made, flat)

    def __call__(self, x):
        return handles(_evaluated(self.made, self.solved, operand(unwrapped(x)), self.shape))


def _evaluated(made, solved, x, shape):
    coefficients, shift, scale = solved
    basis = concatenate(
        [operand(_kernel(made, x, made.y)), operand(_monomials(made, x, shift, scale))], 1
    )
    return reshape(np.dot(basis, coefficients), (shape_of(x)[0], *shape))


def interpolator(*args, **kwargs):
    """scipy.interpolate.RBFInterpolator."""
    given = by_name(theirs.RBFInterpolator, args, kwargs)
    seen = traced_in(given)
    made = theirs.RBFInterpolator(**seen_through(given))
    if not seen:
        return made
    with logged(tapes_of(seen)):
        values = operand(given.pop("d"))
        if traced_in(given) or made.neighbors is not None:
            raise NotTraceable("RBFInterpolator: only the values may vary, without neighbors=")
        return _Radial(made, values)


def _called(self, x):
    if self.neighbors is not None or self.d_dtype is complex:
        raise NotTraceable("RBFInterpolator: neighbors= and complex values are not followed")
    x = operand(x)
    return _evaluated(self, (self._coeffs, self._shift, self._scale), x, self.d_shape)


def radial_stand_ins():
    """From the class and its method to their stand-ins."""
    call = theirs.RBFInterpolator.__call__
    return {theirs.RBFInterpolator: interpolator, call: where_traced(call, _called)}
