"""Stand-ins for the compiled parts of scipy.signal; what is written in Python around them is followed."""

from functools import cache
from itertools import pairwise

import numpy as np
from scipy import signal as theirs

from ....contraction import expand_to
from ....errors import NotTraceable
from ....graph import Operand
from ....primitive import shape_of
from ....rules.arrays import axis_of, operand, part
from ....rules.arrays_joins import concatenate, stack
from ....rules.arrays_moves import flip, moveaxis
from ....rules.convolution_nd import ConvolveND
from ....rules.recursion import recursion
from ....structure import Scatter, reshape, take
from ...complexes import Complex, parts
from ...traced import Traced, plain
from .decompositions import fixed_choice
from .tools import only_default, where_traced


# products
def convolve(in1, in2, mode="full", method="auto"):
    """The full product, its center in the size of in1, or where one array lies within the other."""
    a, b = operand(in1), operand(in2)
    m, n = shape_of(a), shape_of(b)
    if len(m) != len(n):
        raise ValueError("volume and kernel should have the same dimensionality")
    if not m:
        return a * b
    full = ConvolveND(len(m))(a, b)
    if mode == "full":
        return full
    if mode == "same":
        sizes = m
    elif mode == "valid":
        if not (all(p >= q for p, q in zip(m, n, strict=True)) or all(
            p <= q for p, q in zip(m, n, strict=True)
        )):  # fmt: skip
            raise ValueError("for 'valid' mode, one array must be nowhere larger than the other")
        sizes = tuple(abs(p - q) + 1 for p, q in zip(m, n, strict=True))
    else:
        raise ValueError("acceptable mode flags are 'valid', 'same', or 'full'")
    starts = [(f - s) // 2 for f, s in zip(shape_of(full), sizes, strict=True)]
    return take(full, tuple(slice(k, k + s) for k, s in zip(starts, sizes, strict=True)))


def fftconvolve(in1, in2, mode="full", axes=None):
    rank = len(shape_of(in1))
    if axes is not None:
        axes = sorted(axis_of(k, rank) for k in np.atleast_1d(axes))
        if axes != list(range(rank)):
            raise NotTraceable("scipy.signal.fftconvolve: axes= is not followed")
    return convolve(in1, in2, mode)


def correlate(in1, in2, mode="full", method="auto"):
    b = operand(in2)
    return convolve(in1, flip(b) if shape_of(b) else b, mode)


def convolve2d(in1, in2, mode="full", boundary="fill", fillvalue=0):
    only_default("scipy.signal.convolve2d", boundary=(boundary, "fill"), fillvalue=(fillvalue, 0))
    return convolve(in1, in2, mode)


def correlate2d(in1, in2, mode="full", boundary="fill", fillvalue=0):
    only_default("scipy.signal.correlate2d", boundary=(boundary, "fill"), fillvalue=(fillvalue, 0))
    return correlate(in1, in2, mode)


# recursions
def _lines(x, axis):
    """x with the axis last and the others in one, and the way back."""
    y = moveaxis(x, axis, -1)
    shape = shape_of(y)

    def back(z):
        return moveaxis(reshape(z, (*shape[:-1], shape_of(z)[-1])), -1, axis)

    count = int(np.prod(shape[:-1]))
    return reshape(y, (count, shape[-1])), back


def _along(b, a, lines):
    """The recursive filter on every line."""
    count = shape_of(lines)[0]
    rows = [recursion(b, a, part(lines, 0, k)) for k in range(count)]
    return stack(rows)


def _filtered(b, a, lines, state=None):
    """`(y, final state)` of the filter in direct form II transposed, from an initial state."""
    y = _along(b, a, lines)
    order = max(shape_of(b)[0], shape_of(a)[0]) - 1
    if state is None:
        return y, None
    n, first = shape_of(lines)[-1], part(a, 0, 0)
    k = min(order, n)
    if k:
        kick = _padded(part(state, 1, slice(0, k)), n)
        y = y + _along(reshape(first, (1,)), a, kick)
    return y, _final(b, a, lines, y, state, order, n)


def _padded(x, n):
    """The rows of x followed by zeros up to length n."""
    rows, k = shape_of(x)
    return x if k == n else concatenate([x, np.zeros((rows, n - k))], 1)


def _final(b, a, x, y, state, order, n):
    """What the filter remembers: zᵢ = Σ bₖ x[n+i−k] − aₖ y[n+i−k], and what is left of the start."""
    b, a = b / part(a, 0, 0), a / part(a, 0, 0)
    columns = []
    for i in range(order):
        total = part(state, 1, n + i) if n + i < order else 0.0 * part(state, 1, 0)
        for k in range(i + 1, order + 1):
            if n + i - k < 0:
                continue
            if k < shape_of(b)[0]:
                total = total + part(b, 0, k) * part(x, 1, n + i - k)
            if k < shape_of(a)[0]:
                total = total - part(a, 0, k) * part(y, 1, n + i - k)
        columns.append(total)
    return stack(columns, 1) if columns else state


def lfilter(b, a, x, axis=-1, zi=None):
    b, a, x = (operand(v) for v in (b, a, x))
    b, a = (reshape(v, (1,)) if not shape_of(v) else v for v in (b, a))
    axis = axis_of(axis, len(shape_of(x)))
    lines, back = _lines(x, axis)
    if zi is None:
        return back(_filtered(b, a, lines)[0])
    order = max(shape_of(b)[0], shape_of(a)[0]) - 1
    shape = list(shape_of(x))
    shape[axis] = order
    state, back_state = _lines(expand_to(operand(zi), tuple(shape)), axis)
    y, final = _filtered(b, a, lines, state)
    return back(y), back_state(final)


def sosfilt(sos, x, axis=-1, zi=None):
    sos, y = operand(sos), operand(x)
    axis = axis_of(axis, len(shape_of(y)))
    finals = []
    for k in range(shape_of(sos)[0]):
        b, a = part(part(sos, 0, k), 0, slice(0, 3)), part(part(sos, 0, k), 0, slice(3, 6))
        if zi is None:
            y = lfilter(b, a, y, axis)
        else:
            y, final = lfilter(b, a, y, axis, part(operand(zi), 0, k))
            finals.append(final)
    return y if zi is None else (y, stack(finals))


def upfirdn(h, x, up=1, down=1, axis=-1, mode="constant", cval=0):
    only_default("scipy.signal.upfirdn", mode=(mode, "constant"), cval=(cval, 0))
    h, x = operand(h), operand(x)
    axis = axis_of(axis, len(shape_of(x)))
    lines, back = _lines(x, axis)
    count, n = shape_of(lines)
    spread = Scatter((slice(None), slice(0, (n - 1) * up + 1, up)), (count, (n - 1) * up + 1))
    wide = spread(lines)
    rows = [ConvolveND(1)(h, part(wide, 0, k)) for k in range(count)]
    return back(part(stack(rows), 1, slice(None, None, down)))


def detrend(data, axis=-1, type="linear", bp=0, overwrite_data=False):
    """The data less their mean, or less the least-squares line of every piece between breakpoints."""
    x = operand(data)
    axis = axis_of(axis, len(shape_of(x)))
    if type in ("constant", "c"):
        return x - np.mean(x, axis=axis, keepdims=True)
    if type not in ("linear", "l"):
        raise ValueError("Trend type must be 'linear' or 'constant'.")
    n = shape_of(x)[axis]
    ends = np.unique(np.concatenate([[0], np.atleast_1d(bp), [n]]))
    rest = np.eye(n)
    for first, last in pairwise(ends):
        line = np.vander(np.linspace(0.0, 1.0, last - first), 2)
        rest[first:last, first:last] -= line @ np.linalg.pinv(line)
    return moveaxis(np.matmul(moveaxis(x, axis, -1), rest.T), -1, axis)


# responses
def _response(coefficients, angles, sign):
    """Σ cₖ e^(sign i k ω)."""
    re, im = parts(coefficients)
    k = np.arange(shape_of(re)[-1])
    c, s = np.cos(np.outer(angles, k)), sign * np.sin(np.outer(angles, k))
    if not isinstance(im, Operand) and not np.any(im):
        return Complex(np.dot(c, re), np.dot(s, re))
    return Complex(np.dot(c, re) - np.dot(s, im), np.dot(c, im) + np.dot(s, re))


def freqz(b, a=1, worN=512, whole=False, plot=None, fs=2 * np.pi, include_nyquist=False):
    w, _ = theirs.freqz([1.0], 1, worN, whole, None, fs, include_nyquist)
    if isinstance(worN, Traced) or isinstance(fs, Traced):
        raise NotTraceable("scipy.signal.freqz: the frequencies cannot vary")
    b, a = (np.atleast_1d(v) if not isinstance(v, Operand) else v for v in (b, a))
    angles = 2 * np.pi * w / fs
    h = _response(operand(b), angles, -1.0)
    if shape_of(a) == (1,) and not isinstance(a, Operand):
        return w, h / complex(a[0])
    return w, h / _response(operand(a), angles, -1.0)


# places
_BY_VALUE = ("peak_heights", "prominences", "left_thresholds", "right_thresholds")


def find_peaks(
    x, height=None, threshold=None, distance=None, prominence=None, width=None, wlen=None,
    rel_height=0.5, plateau_size=None,
):  # fmt: skip
    """The places are constant between jumps; heights, thresholds and prominences move with x."""
    x = operand(x)
    places, told = theirs.find_peaks(
        fixed_choice(x), height, threshold, distance, prominence, width, wlen, rel_height,
        plateau_size,
    )  # fmt: skip
    if width is not None:
        raise NotTraceable("scipy.signal.find_peaks: width= is not followed")
    here = take(x, (places,))
    if "peak_heights" in told:
        told["peak_heights"] = here
    if "left_thresholds" in told:
        told["left_thresholds"] = here - take(x, (places - 1,))
        told["right_thresholds"] = here - take(x, (places + 1,))
    if "prominences" in told:
        bases = np.stack([told["left_bases"], told["right_bases"]])
        highest = np.argmax(plain(x)[bases], axis=0)
        told["prominences"] = here - take(x, (bases[highest, np.arange(len(places))],))
    return places, told


def _constant(name):
    """A function that gives places, read from the plain numbers."""
    function = getattr(theirs, name)

    def places(data, *args, **kwargs):
        return function(fixed_choice(operand(data)), *args, **kwargs)

    return places


_STAND_INS = (
    convolve, fftconvolve, correlate, convolve2d, correlate2d, lfilter, sosfilt, upfirdn, detrend,
    freqz, find_peaks,
)  # fmt: skip
_PLACES = ("argrelmax", "argrelmin", "argrelextrema", "find_peaks_cwt")


@cache
def stand_ins():
    """From the function of scipy.signal to its stand-in."""
    made = {}
    for ours in _STAND_INS:
        function = getattr(theirs, ours.__name__)
        made[function] = where_traced(function, ours)
    made[theirs.oaconvolve] = where_traced(theirs.oaconvolve, fftconvolve)
    for name in _PLACES:
        made[getattr(theirs, name)] = where_traced(getattr(theirs, name), _constant(name))
    return made
