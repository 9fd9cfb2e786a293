"""Methods that people know by name, on the same footing: values, derivatives, an error where one is known."""

import numpy as np

from .exact.compact import Compact
from .noisy.kalman import Kalman
from .noisy.polynomial import Polynomial
from .noisy.variation import Variation


class _Splined:
    """Derivatives of a spline; its own error is not known."""

    noise, notes = float("nan"), ("this method states no error",)

    def __init__(self, spline, method, start=0.0, step=1.0):
        self.spline, self.method = spline, method
        self.start, self.step = start, step

    def without_season(self):
        return self

    def amplified(self):
        return 0.0

    def at(self, t, order):
        s = (t - self.start) / self.step
        return self.spline(s, order) / self.step**order, np.full(len(t), np.nan)


def _spline(t, y, w, noise):
    """The interpolating spline of degree 5 (less for few samples)."""
    from scipy.interpolate import make_interp_spline

    degree = min(5, len(t) - 1)
    degree -= degree % 2 == 0
    return _Splined(make_interp_spline(t, y, k=degree), f"interpolating spline of degree {degree}")


def _gcv(t, y, w, noise):
    """The cubic smoothing spline of generalised cross-validation (Craven and Wahba 1979)."""
    from scipy.interpolate import make_smoothing_spline

    if len(t) < 5:
        raise ValueError(f"{len(t)} samples are too few for cross-validation; 5 are needed")
    step = (t[-1] - t[0]) / (len(t) - 1)  # SciPy's search for the smoothing wants steps of about 1
    try:
        spline = make_smoothing_spline((t - t[0]) / step, y, w)
    except ValueError as error:
        raise ValueError(
            f'cross-validation does not take these samples ({error}); method="smooth" takes any'
        ) from None
    return _Splined(spline, "cubic smoothing spline by cross-validation", float(t[0]), step)


def _savgol(t, y, w, noise):
    """Savitzky and Golay (1964): local cubics on equal steps, the window by their predictive error."""
    from scipy.interpolate import CubicHermiteSpline
    from scipy.signal import savgol_coeffs, savgol_filter

    step = (t[-1] - t[0]) / (len(t) - 1)
    if np.abs(np.diff(t) - step).max() > 1e-6 * step:
        raise ValueError('Savitzky-Golay needs equal steps; method="smooth" takes any')
    degree = min(3, len(t) - 2)
    best, window = np.inf, None
    for half in range(2, max((len(t) - 1) // 2, 3)):
        size = 2 * half + 1
        if size > len(t) or (window and half > 1.5 * window + 8):
            break
        centre = savgol_coeffs(size, degree)[half]
        left = (y - savgol_filter(y, size, degree)) / (1.0 - centre)  # each predicted by the others
        if float(left @ left) < best:
            best, window = float(left @ left), half
    if window is None:
        raise ValueError(f"{len(t)} samples are too few for Savitzky-Golay; 5 are needed")
    size = 2 * window + 1
    values = savgol_filter(y, size, degree)
    slopes = savgol_filter(y, size, degree, deriv=1, delta=step)
    return _Splined(
        CubicHermiteSpline(t, values, slopes), f"Savitzky-Golay, window {size}, degree {degree}"
    )


ENGINES = {
    "compact": lambda t, y, w, noise: Compact(t, y),
    "spline": _spline,
    "chebyshev": lambda t, y, w, noise: Polynomial(t, y, w),
    "gcv": _gcv,
    "savgol": _savgol,
    "tv": lambda t, y, w, noise: Variation(t, y, w, "auto" if noise is None else noise),
    "kalman": lambda t, y, w, noise: Kalman(t, y, w, "auto" if noise is None else noise),
}
ONE_EACH = ("compact", "spline", "gcv", "savgol", "tv")  # that take one sample at each coordinate
