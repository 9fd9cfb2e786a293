"""Stand-ins for scipy.fft: Fourier transforms as NumPy's, cosine and sine transforms by their linearity."""

from functools import partial

import numpy as np
from scipy import fft as theirs

from ....graph import Operand
from ....primitive import shape_of
from ....rules.arrays import operand
from ....rules.linear_map import LinearMap
from ...complexes import Complex, is_complex
from ...handles import varies

_SWAPPED = {None: "forward", "backward": "forward", "forward": "backward", "ortho": "ortho"}


def stand_ins():
    """From SciPy's function to its stand-in."""
    made = {}
    for name in ("fft", "ifft", "rfft", "irfft", "hfft", "ihfft"):
        made[getattr(theirs, name)] = _along_one(name)
    for name in ("fft2", "ifft2", "rfft2", "irfft2"):
        made[getattr(theirs, name)] = _along_some(name, (-2, -1))
    for name in ("fftn", "ifftn", "rfftn", "irfftn"):
        made[getattr(theirs, name)] = _along_some(name, None)
    made[theirs.hfft2], made[theirs.hfftn] = _hermitian((-2, -1)), _hermitian(None)
    for name in ("fftshift", "ifftshift", "fftfreq", "rfftfreq"):
        made[getattr(theirs, name)] = getattr(np.fft, name)
    for name in ("dct", "idct", "dst", "idst", "dctn", "idctn", "dstn", "idstn"):
        made[getattr(theirs, name)] = _real(getattr(theirs, name))
    return {g: _where_it_varies(g, ours) for g, ours in made.items()}


def _where_it_varies(g, ours):
    def call(*args, **options):
        return _followed(ours)(*args, **options) if varies(args, options) else g(*args, **options)

    return call


def _followed(ours):
    from ...calls import call

    return partial(call, ours)


def _along_one(name):
    def transform(x, n=None, axis=-1, norm=None, overwrite_x=False, workers=None, *, plan=None):
        return getattr(np.fft, name)(x, n, axis, norm)

    return transform


def _along_some(name, every):
    def transform(x, s=None, axes=every, norm=None, overwrite_x=False, workers=None, *, plan=None):
        return getattr(np.fft, name)(x, s, axes, norm)

    return transform


def _hermitian(every):
    def transform(x, s=None, axes=every, norm=None, overwrite_x=False, workers=None, *, plan=None):
        return np.fft.irfftn(np.conj(x), s, axes, _SWAPPED[norm])

    return transform


def _real(g):
    """A transform that is a real matrix: of complex numbers that of either part."""

    def transform(x, *args, **options):
        x = operand(x)
        if is_complex(x):
            return Complex(transform(x.real, *args, **options), transform(x.imag, *args, **options))
        if not isinstance(x, Operand):
            return g(x, *args, **options)
        options.pop("overwrite_x", None)
        key = g.__name__, shape_of(x), repr(args), repr(sorted(options.items()))
        target = g(np.zeros(shape_of(x)), *args, **options).shape
        return LinearMap(g.__name__, lambda v: g(v, *args, **options), shape_of(x), target, key)(x)

    return transform
