"""NumPy's functions one by one: the gradient of every trial against differences.

No trial is wrong; those that are answered from samples are named.
"""

import linecache
import warnings

import numpy as np
import pytest
from capture.numpy_protocol.trials import trials

from dfdx import gradient

BY_DIFFERENCES = {
    "power.reduce",
    "clip with out",
    "roots, complex",
    "linalg.eigvals, complex",
    "linalg.eig, complex",
    "fft.fft",
    "fft.ifft",
    "fft.rfft",
    "fft.irfft",
    "fft.hfft",
    "fft.ihfft",
    "fft.fftshift",
    "fft.ifftshift",
    "fft.fft2 of a matrix",
    "fft.ifft2 of a matrix",
    "fft.fftn of a matrix",
    "fft.ifftn of a matrix",
    "fft.rfft2 of a matrix",
    "fft.irfft2 of a matrix",
    "fft.rfftn of a matrix",
    "fft.irfftn of a matrix",
    "fft.fft with n",
    "fft.fft, cut",
    "fft.fft, complex",
    "fft.ifft, complex",
    "fft.irfft, complex",
    "fft.hfft, complex",
    "fft.rfft with n",
    "fft.fft2 with s",
    "fft.rfftn with axes",
    "fft.irfftn with s",
    "fft.fftshift along an axis",
    "fft.rfft as power",
    "fft.fft filtered",
    "fft.irfft as a filter",
    "fft.fft as a derivative",
    "fft.rfft as a convolution",
    "scipy.fft.fft",
    "scipy.fft.ifft",
    "scipy.fft.rfft",
    "scipy.fft.irfft",
    "scipy.fft.hfft",
    "scipy.fft.ihfft",
    "scipy.fft.dct",
    "scipy.fft.idct",
    "scipy.fft.dst",
    "scipy.fft.idst",
    "scipy.fft.fftshift",
    "scipy.fft.fft2 of a matrix",
    "scipy.fft.ifft2 of a matrix",
    "scipy.fft.fftn of a matrix",
    "scipy.fft.ifftn of a matrix",
    "scipy.fft.rfft2 of a matrix",
    "scipy.fft.irfft2 of a matrix",
    "scipy.fft.rfftn of a matrix",
    "scipy.fft.irfftn of a matrix",
    "scipy.fft.hfft2 of a matrix",
    "scipy.fft.dctn of a matrix",
    "scipy.fft.idctn of a matrix",
    "scipy.fft.dstn of a matrix",
    "scipy.fft.idstn of a matrix",
    "scipy.fft.dct 1",
    "scipy.fft.dct 2",
    "scipy.fft.dct 3",
    "scipy.fft.dct 4",
    "scipy.fft.dst 1",
    "scipy.fft.dst 2",
    "scipy.fft.dst 3",
    "scipy.fft.dst 4",
    "scipy.fft.dct of what is complex",
    "scipy.fft.next_fast_len",
    "poly1d divided",
    "complex: exp of 1j",
    "complex: array of complex",
    "complex: array of complex, abs",
    "complex: array of complex, nested",
    "complex: asarray with dtype complex",
    "complex: astype complex",
    "complex: impedance",
    "complex: filled",
    "complex: filled from what varies",
    "complex: parts set",
    "complex: cmath",
    "complex: dft",
    "complex: arithmetic",
    "complex: linear algebra",
    "complex: hermitian",
    "complex: moves",
    "complex: sums",
    "complex: power",
    "functions",
    "functions, inverse",
    "complex: conj",
    "complex: isreal",
    "complex: real_if_close",
    "complex: polyval at complex",
    "complex: polyval in what varies",
    "complex: einsum of complex",
    "complex: matmul of complex",
    "complex: norm of complex",
    "complex: quantum state",
    "ma of what varies",
    "structured, written",
    "lib.scimath",
}
OFFSETS = np.array([1.0, 2.0, 3.0, 4.0])
WEIGHTS = np.array([4 / 5, -1 / 5, 4 / 105, -1 / 280])


def weighed(y, start=1):
    """The numbers in y times different weights, added up: what user code would minimise."""
    if isinstance(y, (tuple, list)):
        return sum(weighed(part, start + 10 * k) for k, part in enumerate(y))
    if np.iscomplexobj(y):
        return weighed(np.real(y), start) + weighed(np.imag(y), start + 5)
    weights = np.cos(1.3 * np.arange(start, start + np.size(y))).reshape(np.shape(y))
    return np.sum(weights * y)


def minimised(name, f):
    """The number that a user would minimise, as a function of its own (each is verified once)."""
    word = "".join(c if c.isalnum() else "_" for c in name)
    text = f"def of_{word}(*xs):\n    return weighed(f(*xs))\n"
    file = f"<survey of {name}>"
    linecache.cache[file] = len(text), None, text.splitlines(keepends=True), file
    space = {"weighed": weighed, "f": f, "__name__": __name__}
    exec(compile(text, file, "exec"), space)
    return space[f"of_{word}"]


def slope(f, args, directions, h=1e-3):
    def at(t):
        return f(*[a + t * d for a, d in zip(args, directions, strict=True)])

    return sum(w / h * (at(k * h) - at(-k * h)) for k, w in zip(OFFSETS, WEIGHTS, strict=True))


@pytest.mark.parametrize(
    ("name", "f", "args"), list(trials()), ids=lambda v: v if isinstance(v, str) else ""
)
def test_trial(name, f, args):
    total = minimised(name, f)
    rng = np.random.default_rng(len(name))
    directions = [
        rng.normal(size=np.shape(a)) if np.shape(a) else float(rng.normal()) for a in args
    ]
    given = [np.copy(a) for a in args]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        wanted = slope(total, args, directions)
        found = gradient(total).estimate(*args)
    values = (
        found.value if len(args) > 1 and not isinstance(found.value, np.ndarray) else [found.value]
    )
    if len(args) > 1 and isinstance(found.value, np.ndarray):
        values = list(found.value)
    assert all(np.array_equal(a, b) for a, b in zip(args, given, strict=True)), (
        "an input was changed"
    )
    ours = sum(np.sum(np.multiply(g, d)) for g, d in zip(values, directions, strict=True))
    scale = max(1.0, *(np.max(np.abs(g), initial=0.0) for g in values))
    assert abs(ours - wanted) <= 1e-7 * scale, (ours, wanted, found)
    if name in BY_DIFFERENCES:
        assert "differences" in found.method
    else:
        assert "differences" not in found.method, found.notes
