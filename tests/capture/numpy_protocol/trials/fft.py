"""numpy.fft and scipy.fft."""

import numpy as np
import scipy.fft

from . import C, M, V, W

F, G = np.fft, scipy.fft


def power_spectrum(x):
    return np.abs(np.fft.rfft(x * np.hanning(len(x)))) ** 2


def filtered(x):
    spectrum = np.fft.fft(x)
    spectrum[2:] = 0
    return np.fft.ifft(spectrum).real


def low_pass(x, cut):
    k = np.fft.rfftfreq(len(x))
    return np.fft.irfft(np.fft.rfft(x) * np.exp(-((k / cut) ** 2)), len(x))


def derivative_by_fft(x):
    k = 2j * np.pi * np.fft.fftfreq(x.size, d=0.1)
    return np.real(np.fft.ifft(k * np.fft.fft(x)))


def convolved(x, y):
    n = len(x) + len(y) - 1
    return np.fft.irfft(np.fft.rfft(x, n) * np.fft.rfft(y, n), n)


TRIALS = [
    *[
        (f"fft.{name}", (lambda g: lambda x: g(x))(getattr(F, name)), V)
        for name in "fft ifft rfft irfft hfft ihfft fftshift ifftshift".split()
    ],
    *[
        (f"fft.{name} of a matrix", (lambda g: lambda x: g(x, norm="ortho"))(getattr(F, name)), M)
        for name in "fft2 ifft2 fftn ifftn rfft2 irfft2 rfftn irfftn".split()
    ],
    ("fft.fft with n", lambda x: F.fft(x, 6, axis=0, norm="forward"), M),
    ("fft.fft, cut", lambda x: F.fft(x, n=2), M),
    ("fft.fft, complex", lambda x, y: F.fft(x + 1j * y), V, W),
    ("fft.ifft, complex", lambda x, y: F.ifft(x + 1j * y, 7, norm="ortho"), V, W),
    ("fft.irfft, complex", lambda x, y: F.irfft(x + 1j * y, 5), V, W),
    ("fft.hfft, complex", lambda x, y: F.hfft(x + 1j * y, 5, norm="forward"), V, W),
    ("fft.rfft with n", lambda x: F.rfft(x, 7, axis=1), C),
    ("fft.fft2 with s", lambda x: F.fft2(x, (2, 5)), C),
    ("fft.rfftn with axes", lambda x: F.rfftn(x, axes=(0, 1)), C),
    ("fft.irfftn with s", lambda x: F.irfftn(F.rfftn(x), s=(2, 3, 4), axes=(0, 1, 2)), C),
    ("fft.fftfreq", lambda x: F.fftfreq(4, 0.1) * x, V),
    ("fft.rfftfreq", lambda x: F.rfftfreq(6) * x, V),
    ("fft.fftfreq of a step that varies", lambda d: F.fftfreq(5, d), 0.3),
    ("fft.fftshift along an axis", lambda x: F.fftshift(x, axes=1), M),
    ("fft.rfft as power", power_spectrum, V),
    ("fft.fft filtered", filtered, V),
    ("fft.irfft as a filter", low_pass, V, 0.3),
    ("fft.fft as a derivative", derivative_by_fft, V),
    ("fft.rfft as a convolution", convolved, V, W[:3]),
    *[
        (f"scipy.fft.{name}", (lambda g: lambda x: g(x))(getattr(G, name)), V)
        for name in "fft ifft rfft irfft hfft ihfft dct idct dst idst fftshift".split()
    ],
    *[
        (
            f"scipy.fft.{name} of a matrix",
            (lambda g: lambda x: g(x, norm="ortho"))(getattr(G, name)),
            M,
        )
        for name in "fft2 ifft2 fftn ifftn rfft2 irfft2 rfftn irfftn hfft2 dctn idctn dstn idstn".split()
    ],
    *[(f"scipy.fft.dct {k}", (lambda k: lambda x: G.dct(x, type=k))(k), V) for k in (1, 2, 3, 4)],
    *[
        (f"scipy.fft.dst {k}", (lambda k: lambda x: G.dst(x, k, n=5, axis=0, norm="ortho"))(k), M)
        for k in (1, 2, 3, 4)
    ],
    ("scipy.fft.dct of what is complex", lambda x: G.dct(x * (1 + 2j)), V),
    ("scipy.fft.next_fast_len", lambda x: G.rfft(x, G.next_fast_len(5)), V),
]
