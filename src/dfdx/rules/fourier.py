"""The discrete Fourier transform as a real-linear map of pairs (real part, imaginary part).

y[k] = Σ x[j] exp(∓2πi jk/n), without a factor. The pairs stand along a last axis of length two.
The matrix of the transform is symmetric, so on pairs the transpose is the transform with the
other sign: forward and reverse cost n log n.
"""

import numpy as np

from ..structure import Linear


class Fourier(Linear):
    """The transform along an axis (not the last one, which holds the pairs)."""

    __slots__ = ("axis", "inverse")

    def __init__(self, axis, inverse=False):
        self.axis = axis
        self.inverse = inverse

    def _key(self):
        return (self.axis, self.inverse)

    @property
    def name(self):
        return f"{'inverse ' if self.inverse else ''}fourier[{self.axis}]"

    def value(self, x):
        z = x[..., 0] + 1j * x[..., 1]
        transform = np.fft.ifft if self.inverse else np.fft.fft
        y = transform(z, axis=self.axis, norm="forward" if self.inverse else None)
        return np.stack([y.real, y.imag], axis=-1)

    def shape(self, shape):
        return shape

    def transpose(self, g, shape):
        return Fourier(self.axis, not self.inverse)(g)

    def batch(self, args, batched):
        return Fourier(self.axis + 1, self.inverse)(*args)
