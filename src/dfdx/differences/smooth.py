"""Windows around a point until one is smooth.

A window is settled when its coefficients fall to the level of rounding (or to an error that is
small enough) and f(x) itself lies on the polynomial. Where they still fall, the next window is
smaller by what is missing. Where they do not, the function is rough: a ladder of samples
ever nearer to x (`ladder`) then says whether it is smooth in the small (a ripple, a kink beside
x, a solver that stops early), or noisy at every size, or has its break at x itself.
"""

from math import inf, isfinite

from .chebyshev import Window, short
from .samples import Spent

CLEAN = 24  # times the rounding of the function's values
FALL = 6.0  # from quarter to quarter of 16 coefficients; those of |x|³ fall by 4
SLIGHT = 2e4  # so many times, and the plateau needs no second look
CLOSE = 3e-13  # a relative error that needs no smaller window
ROUGH = 3e-3  # roughness below this part of what changes may be a solver that stops early
STEPS = 3e-2  # and below this, steps are rounding
STAIR, FINE = 1e-8, 1e-4  # of x or 1, how wide a stair of rounding may be, and of f, how high


class Fit:
    """A window read at x: the derivative, a bound on its error, and whether f(x) lies on it."""

    __slots__ = ("error", "on", "value", "window")

    def __init__(self, window, x, here, order):
        self.window = window
        self.value = window.derivative(x, order)
        gap = abs(here - window.derivative(x, 0))
        spread = window.noise * (1 + window.amplified(x, 0)) + window.error(x, 0)
        self.on = gap <= 6 * spread
        if self.on and gap > 2 * window.noise:  # a sample that the fit has not seen
            window.noise = 0.5 * gap
        self.error = window.error(x, order)
        if not isfinite(self.value):
            self.error = inf

    def settled(self, rtol):
        """True where no smaller window is needed."""
        w = self.window
        if not self.on:
            return False
        if w.fall < 3 and w.level <= SLIGHT * w.floor and self.error <= 1e-9 * abs(self.value):
            return True  # terms that cancel leave such noise
        return w.level <= CLEAN * w.floor or self.error <= max(rtol, CLOSE) * abs(self.value)

    def is_flat(self):
        """True where all samples are the same."""
        values = self.window.values
        return values.count(values[0]) == len(values)

    def is_some_use(self):
        """True where the coefficients fall, or stand out from the noise: the error is then a guess."""
        w = self.window
        signal = w.end >= 4 and w.level <= 1e-2 * max(map(abs, w.c[1:]))
        return self.on and (w.fall >= FALL or signal)

    def is_clean(self):
        """True where nothing but rounding is left of the coefficients."""
        w = self.window
        return self.on and w.level <= CLEAN * w.floor


def descend(samples, x, here, order, r, n, noise=0.0, rtol=0.0, tries=4):
    """The Fits of windows that shrink as long as their coefficients fall, the last one the best.

    The list ends with a settled one, or a rough one, or a window with holes (a Fit without
    value).
    """
    fits = []
    for _ in range(tries):
        try:
            w = Window(samples, x, short(r), n, noise)
        except Spent:
            if not fits:
                raise
            break
        if w.holes:
            return fits, w
        fit = Fit(w, x, here, order)
        fits.append(fit)
        if fit.settled(rtol) or w.fall < FALL ** (n / 16):
            break
        r = w.r * min(0.5, max(w.fall ** (4 / n) / 12, 0.05))
    return fits, None


def average(samples, x, here, order, fit, noise):
    """A noisy function on wider windows, as long as that makes the error smaller."""
    best = fit
    for _ in range(3):
        w = best.window
        if w.end > 7:
            break
        wide = Window(samples, x, short(w.r * (8 if w.end <= 3 else 3)), 32, noise)
        if wide.holes:
            break
        found = Fit(wide, x, here, order)
        if not (found.on and found.error < best.error):
            break
        best = found
    return best


def blended(wide, near, order):
    """`(value, error, fit)` of a function that is rough in the wide window and smooth in the near one.

    The slope of the near one is the derivative of what was computed. But where the roughness is slight
    and the two agree within it, it may be the noise of a solver, and the error is the larger one.
    Steps that are flat in the near window are rounding.
    """
    flat, slight = is_rounding(wide, near), is_slight(wide, ROUGH)
    apart = abs(wide.value - near.value)
    if flat:
        return wide.value, wide.error, wide
    if slight and apart <= 2 * wide.error:
        return near.value, near.error + apart + 0.5 * wide.error, near
    return near.value, near.error, near


def is_stair(samples, x, wide, near, noise):
    """True where the near window lies on one stair of rounding: smooth there, and no wider.

    1 − cos x is constant between two roundings, so (1 − cos x)/x² runs as steep as 1/x² there and jumps
    back. What changes in the near window is then less than the noise of the wide one; and a window in which
    it would change by more is as rough as the wide one. (A ripple that is meant is smooth there too.)
    """
    w = wide.window
    steep = abs(near.window.derivative(x, 1) - w.derivative(x, 1))
    tiny = near.window.r < STAIR * max(1.0, abs(x)) and w.noise < FINE * w.size
    if near.is_flat() or not tiny or not 0 < steep * near.window.r <= w.noise:
        return False
    between = Window(samples, x, short(min(4 * w.noise / steep, w.r / 4)), 16, noise)
    return not between.holes and between.level > 0.1 * w.noise


def is_slight(wide, part):
    """True where the roughness in a window is below this part of what changes in it."""
    w = wide.window
    return w.level <= part * max(map(abs, w.c[1 : max(w.end, 2)]))


def is_rounding(wide, near):
    """True where a window is flat, and slight steps in the wide one say that this is rounding."""
    return near.is_flat() and is_slight(wide, STEPS)
