"""numpy.fft on traced values: everything there comes down to one transform along one axis.

NumPy's own code pads, chooses the factor, and goes along several axes; `raw` does what its
compiled part does. Real transforms keep half of the complex ones.
"""

import numpy as np

from ...contraction import expand_to
from ...primitive import shape_of
from ...rules.arrays import axis_of, operand, part
from ...rules.fourier import Fourier
from ...structure import Concatenate, reshape
from ..complexes import Complex, parts


def raw(a, n, axis, is_real, is_forward, norm, out=None):
    """NumPy's `_raw_fft`: real input where forward, real output where backward, if `is_real`."""
    x = operand(a)
    axis = axis_of(axis, len(shape_of(x)))
    n = shape_of(x)[axis] if n is None else int(n)
    if n < 1:
        raise ValueError(f"Invalid number of FFT data points ({n}) specified.")
    factor = _factor(n, is_forward, norm)
    shape = shape_of(x)
    real, imag = (expand_to(p, shape) for p in parts(x))
    if is_real and not is_forward:
        real, imag = _whole(real, imag, axis, n)
    real, imag = (_resized(p, axis, n) for p in (real, imag))
    y = Fourier(axis, inverse=not is_forward)(_paired(real, imag))
    last = len(shape)
    if is_real and is_forward:
        y = part(y, axis, slice(0, n // 2 + 1))
    real = factor * part(y, last, 0)
    made = real if is_real and not is_forward else Complex(real, factor * part(y, last, 1))
    if out is None:
        return made
    out[...] = made
    return out


def _factor(n, is_forward, norm):
    if isinstance(norm, (int, float)):  # NumPy 1 gives the divisor
        return 1.0 / norm
    if norm == "ortho":
        return n**-0.5
    if norm not in (None, "backward", "forward"):
        raise ValueError(f'Invalid norm value {norm}; should be "backward", "ortho" or "forward".')
    return 1.0 / n if (norm == "forward") == is_forward else 1.0


def _resized(x, axis, n):
    """x cut or filled with zeros to n elements along the axis."""
    shape = shape_of(x)
    if shape[axis] >= n:
        return x if shape[axis] == n else part(x, axis, slice(0, n))
    zeros = np.zeros((*shape[:axis], n - shape[axis], *shape[axis + 1 :]))
    return Concatenate(axis)(x, zeros)


def _paired(real, imag):
    longer = (*shape_of(real), 1)
    return Concatenate(len(longer) - 1)(reshape(real, longer), reshape(imag, longer))


def _whole(real, imag, axis, n):
    """The n coefficients of a real function, of which the first half is given."""
    half = n // 2 + 1
    real, imag = _resized(real, axis, half), _resized(imag, axis, half)
    k = np.arange(n)
    places = np.minimum(k, n - k)
    signs = np.sign(n - 2 * k) * (k > 0)  # of real functions the first and the middle one are real
    signs = signs.reshape((n,) + (1,) * (len(shape_of(real)) - axis - 1))
    return part(real, axis, places), part(imag, axis, places) * (1.0 * signs)
