"""Given and expected, component by component: which differ by more than rounding and noise explain.

Nobody chooses a step or a tolerance. The expected value knows its error. The given one is
rounded too, and how much shows when df is called at points that differ in the last
place: where its values then scatter, they are that uncertain.
"""

import numpy as np

from ..trees import alone, flatten
from .points import fresh

RTOL = 1e-8  # a hand-written formula that agrees to eight digits is the right formula
_UNITS = 64  # units in the last place of a value's own type
_BARS = 4.0  # times the error of what is expected
_SCATTER = 32.0  # times the scatter of what is given
_SMALL = 1e-10


def differing(given, expected, errors, rtol, scatter, scale=0.0):
    """The places where given and expected differ; `scatter()` is asked only if some seem to.

    `scale` is a size of derivatives beside which rounding errors are nothing.
    """
    apart = distance(given, expected)
    allowed = rtol * np.abs(expected) + _BARS * errors
    allowed = np.where(np.isfinite(allowed), allowed, 0.0)
    wrong = apart > allowed
    if wrong.any():
        size = np.max(np.abs(expected), initial=scale, where=np.isfinite(expected))
        nothing = np.abs(expected) <= _SMALL * size  # zero, as far as this derivative goes
        allowed = allowed + np.where(nothing, _UNITS * 2.0**-52 * size, 0.0)
        wrong = apart > allowed
    if wrong.any():
        wrong = apart > allowed + _SCATTER * scatter()
    return np.flatnonzero(wrong)


def distance(given, expected):
    """|given − expected|: 0 for equal infinities and for two nans, infinite where only one is a number."""
    with np.errstate(invalid="ignore"):
        apart = np.abs(given - expected)
    apart = np.where(given == expected, 0.0, apart)
    both = np.isnan(given) & np.isnan(expected)
    return np.where(both, 0.0, np.where(np.isnan(apart), np.inf, apart))


def relative(given, expected):
    """How far they are apart as a share of what is expected; infinite where that is 0."""
    apart = distance(given, expected)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(apart == 0, 0.0, apart / np.abs(expected))


def coarseness(answer):
    """The relative error that the type of the values makes unavoidable: of float32 for float32."""
    kinds = [getattr(v, "dtype", None) for v in flatten(answer, alone)[0]]
    units = [np.finfo(k).eps for k in kinds if getattr(k, "kind", "") == "f"]
    return _UNITS * max(map(float, units), default=0.0)


def scattered(df, args, read):
    """How far the values of df scatter when the arguments differ in their last place."""
    runs = []
    for signs in (1.0, -1.0, 2.0, -3.0):
        moved = tuple(_moved(a, signs * 2.0**-52) for a in fresh(args))
        try:
            runs.append(read(df(*moved)))
        except Exception:  # a point at the edge of the domain
            continue
    if len(runs) < 2:
        return 0.0
    with np.errstate(invalid="ignore"):
        spread = np.max(runs, axis=0) - np.min(runs, axis=0)
    return np.where(np.isfinite(spread), spread, 0.0)


def _moved(a, share):
    """An argument with all its floats off by a share; whole numbers stay."""
    if isinstance(a, float):
        return a * (1.0 + share)
    if isinstance(a, np.ndarray) and a.dtype == np.float64:
        return a * (1.0 + share * np.where(np.arange(a.size) % 2, -1.0, 1.0).reshape(a.shape))
    if isinstance(a, dict):
        return {k: _moved(v, share) for k, v in a.items()}
    if type(a) in (list, tuple):
        return type(a)(_moved(v, share) for v in a)
    return a
