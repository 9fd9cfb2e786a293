"""Means, moments, distances and transformations of scipy.stats, as their textbook formulas."""

import numpy as np

from ....errors import NotTraceable
from ....primitive import shape_of
from ....rules.arrays import operand
from ....rules.special import function as special
from ....rules.table import all_cards
from ...numpy_protocol.plain import traced_in
from ...traced import plain
from .decompositions import fixed_choice
from .results import flat

all_cards()


# means
def gmean(a, axis=0, dtype=None, weights=None, keepdims=False):
    x, axis = flat(a, axis)
    return np.exp(_weighted(np.log(x), axis, weights, keepdims))


def hmean(a, axis=0, dtype=None, weights=None, keepdims=False):
    x, axis = flat(a, axis)
    return 1.0 / _weighted(1.0 / x, axis, weights, keepdims)


def pmean(a, p, axis=0, dtype=None, weights=None, keepdims=False):
    x, axis = flat(a, axis)
    return _weighted(x ** operand(p), axis, weights, keepdims) ** (1.0 / operand(p))


def _weighted(x, axis, weights, keepdims):
    if weights is None:
        return np.mean(x, axis=axis, keepdims=keepdims)
    w = operand(weights)
    return np.sum(x * w, axis=axis, keepdims=keepdims) / np.sum(w, axis=axis, keepdims=keepdims)


def tmean(a, limits=None, inclusive=(True, True), axis=None, keepdims=False):
    x, axis = flat(a, axis)
    inside = _inside(x, limits, inclusive)
    count = np.sum(inside, axis=axis, keepdims=keepdims)
    return np.sum(x * inside, axis=axis, keepdims=keepdims) / count


def tvar(a, limits=None, inclusive=(True, True), axis=0, ddof=1, keepdims=False):
    x, axis = flat(a, axis)
    inside = _inside(x, limits, inclusive)
    moved = (x - tmean(x, limits, inclusive, axis, True)) * inside
    count = np.sum(inside, axis=axis, keepdims=keepdims)
    return np.sum(moved * moved, axis=axis, keepdims=keepdims) / (count - ddof)


def tstd(a, limits=None, inclusive=(True, True), axis=0, ddof=1, keepdims=False):
    return np.sqrt(tvar(a, limits, inclusive, axis, ddof, keepdims))


def tsem(a, limits=None, inclusive=(True, True), axis=0, ddof=1, keepdims=False):
    x, axis = flat(a, axis)
    count = np.sum(_inside(x, limits, inclusive), axis=axis, keepdims=keepdims)
    return tstd(x, limits, inclusive, axis, ddof, keepdims) / np.sqrt(count)


def _inside(x, limits, inclusive):
    """1 for the data within the limits, 0 for the others; data on a limit are an edge."""
    low, high = (None, None) if limits is None else limits
    if traced_in((low, high)):
        raise NotTraceable("limits of a trimmed statistic cannot vary")
    data = fixed_choice(x)
    inside = np.ones(data.shape, dtype=bool)
    if low is not None:
        inside &= (data >= low) if inclusive[0] else (data > low)
    if high is not None:
        inside &= (data <= high) if inclusive[1] else (data < high)
    if np.any(data == low) or np.any(data == high):
        for v in traced_in(x):
            v.on_edge("the limits of a trimmed statistic")
    return inside * 1.0


def trim_mean(a, proportiontocut, axis=0, keepdims=False):
    x, axis = flat(a, axis)
    x = np.moveaxis(np.sort(x, axis=axis), axis, 0)
    n = shape_of(x)[0]
    cut = int(proportiontocut * n)
    return np.mean(x[cut : n - cut], axis=0)


# spread and shape
def zscore(a, axis=0, ddof=0):
    return zmap(a, a, axis, ddof)


def zmap(scores, compare, axis=0, ddof=0):
    x, axis = flat(compare, axis)
    mean = np.mean(x, axis=axis, keepdims=True)
    return (operand(scores) - mean) / np.std(x, axis=axis, ddof=ddof, keepdims=True)


def gzscore(a, axis=0, ddof=0):
    return zscore(np.log(operand(a)), axis, ddof)


def gstd(a, axis=0, ddof=1, keepdims=False):
    return np.exp(np.std(np.log(operand(a)), axis=axis, ddof=ddof, keepdims=keepdims))


def moment(a, order=1, axis=0, center=None, keepdims=False):
    x, axis = flat(a, axis)
    middle = np.mean(x, axis=axis, keepdims=True) if center is None else operand(center)
    if np.ndim(order):
        return np.stack([np.mean((x - middle) ** k, axis=axis, keepdims=keepdims) for k in order])
    return np.mean((x - middle) ** order, axis=axis, keepdims=keepdims)


def skew(a, axis=0, bias=True, keepdims=False):
    x, axis = flat(a, axis)
    m2, m3 = (moment(x, k, axis, keepdims=keepdims) for k in (2, 3))
    n = shape_of(x)[axis]
    g = m3 / m2**1.5
    return g if bias or n < 3 else g * (np.sqrt((n - 1.0) * n) / (n - 2.0))


def kurtosis(a, axis=0, fisher=True, bias=True, keepdims=False):
    x, axis = flat(a, axis)
    m2, m4 = (moment(x, k, axis, keepdims=keepdims) for k in (2, 4))
    n = shape_of(x)[axis]
    g = m4 / m2**2.0
    if not bias and n > 3:
        g = 1.0 / (n - 2) / (n - 3) * ((n**2 - 1.0) * g - 3 * (n - 1) ** 2.0) + 3.0
    return g - 3.0 if fisher else g


def variation(a, axis=0, ddof=0, keepdims=False):
    x, axis = flat(a, axis)
    return np.std(x, axis=axis, ddof=ddof, keepdims=keepdims) / np.mean(
        x, axis=axis, keepdims=keepdims
    )


def sem(a, axis=0, ddof=1, keepdims=False):
    x, axis = flat(a, axis)
    return np.std(x, axis=axis, ddof=ddof, keepdims=keepdims) / np.sqrt(shape_of(x)[axis])


def iqr(x, axis=None, rng=(25, 75), scale=1.0, interpolation="linear", keepdims=False):
    if interpolation != "linear":
        raise NotTraceable(f"scipy.stats.iqr: interpolation={interpolation!r} is not followed")
    if isinstance(scale, str):
        scale = {"normal": 1.3489795003921634, "raw": 1.0}[scale.lower()]
    low, high = (np.percentile(operand(x), q, axis=axis, keepdims=keepdims) for q in sorted(rng))
    return (high - low) / scale


def median_abs_deviation(x, axis=0, center=None, scale=1.0, keepdims=False):
    if callable(center):
        raise NotTraceable("scipy.stats.median_abs_deviation: center= is not followed")
    y, axis = flat(x, axis)
    scale = 0.6744897501960817 if isinstance(scale, str) else scale
    apart = np.abs(y - np.median(y, axis=axis, keepdims=True))
    return np.median(apart, axis=axis, keepdims=keepdims) / scale


def kstat(data, n=2, axis=None, keepdims=False):
    x, axis = flat(data, axis)
    if n not in (1, 2):
        raise NotTraceable("scipy.stats.kstat: n = 1 and n = 2 are followed")
    if n == 1:
        return np.mean(x, axis=axis, keepdims=keepdims)
    return np.var(x, axis=axis, ddof=1, keepdims=keepdims)


def describe(a, axis=0, ddof=1, bias=True):
    x, axis = flat(a, axis)
    return {
        "minmax": (np.min(x, axis=axis), np.max(x, axis=axis)),
        "mean": np.mean(x, axis=axis),
        "variance": np.var(x, axis=axis, ddof=ddof),
        "skewness": skew(x, axis, bias),
        "kurtosis": kurtosis(x, axis, True, bias),
    }


# angles
def _angles(samples, high, low, axis):
    x = operand(samples)
    turned = (x - low) * (2.0 * np.pi / (high - low))
    return np.mean(np.sin(turned), axis=axis), np.mean(np.cos(turned), axis=axis)


def circmean(samples, high=2 * np.pi, low=0, axis=None, keepdims=False):
    s, c = _angles(samples, high, low, axis)
    angle = np.arctan2(s, c)
    angle = angle + np.where(plain(angle) < 0, 2.0 * np.pi, 0.0)
    return angle * ((high - low) / (2.0 * np.pi)) + low


def circvar(samples, high=2 * np.pi, low=0, axis=None, keepdims=False):
    return 1.0 - np.hypot(*_angles(samples, high, low, axis))


def circstd(samples, high=2 * np.pi, low=0, axis=None, normalize=False, keepdims=False):
    length = np.sqrt(-2.0 * np.log(np.hypot(*_angles(samples, high, low, axis))))
    return length if normalize else length * ((high - low) / (2.0 * np.pi))


# information and distance
def entropy(pk, qk=None, base=None, axis=0, keepdims=False):
    p = operand(pk)
    p = p / np.sum(p, axis=axis, keepdims=True)
    if qk is None:
        terms = special("entr")(p)
    else:
        q = operand(qk)
        terms = special("rel_entr")(p, q / np.sum(q, axis=axis, keepdims=True))
    y = np.sum(terms, axis=axis, keepdims=keepdims)
    return y if base is None else y / np.log(base)


def wasserstein_distance(u_values, v_values, u_weights=None, v_weights=None):
    """The area between the two distribution functions, which step at the values."""
    if traced_in((u_weights, v_weights)):
        raise NotTraceable("scipy.stats.wasserstein_distance: the weights cannot vary")
    return _between(u_values, v_values, u_weights, v_weights, lambda d: np.abs(d), 1.0)


def energy_distance(u_values, v_values, u_weights=None, v_weights=None):
    if traced_in((u_weights, v_weights)):
        raise NotTraceable("scipy.stats.energy_distance: the weights cannot vary")
    return np.sqrt(2.0) * _between(u_values, v_values, u_weights, v_weights, np.square, 0.5)


def _between(u, v, u_weights, v_weights, measure, power):
    u, v = np.ravel(operand(u)), np.ravel(operand(v))
    both = np.sort(np.concatenate([u, v]))
    places = plain(both)[:-1]
    fractions = []
    for x, weights in ((u, u_weights), (v, v_weights)):
        order = np.argsort(plain(x))
        w = np.ones(len(order)) if weights is None else np.asarray(weights, dtype=float)
        running = np.concatenate([[0.0], np.cumsum(w[order])])
        fractions.append(
            running[np.searchsorted(plain(x)[order], places, side="right")] / running[-1]
        )
    area = np.sum(np.diff(both) * measure(fractions[0] - fractions[1]))
    return area if power == 1.0 else area**power


# transformations
def boxcox(x, lmbda=None, alpha=None, optimizer=None):
    if lmbda is None or alpha is not None:
        raise NotTraceable("scipy.stats.boxcox: give lmbda; the estimate is not followed")
    return special("boxcox")(operand(x), operand(lmbda))


def boxcox_llf(lmb, data, axis=0, keepdims=False):
    x, lmb = operand(data), operand(lmb)
    level = np.sum(np.log(x), axis=axis)
    n = shape_of(x)[axis]
    return (lmb - 1.0) * level - n / 2.0 * np.log(np.var(special("boxcox")(x, lmb), axis=axis))


def yeojohnson(x, lmbda=None):
    if lmbda is None:
        raise NotTraceable("scipy.stats.yeojohnson: give lmbda; the estimate is not followed")
    x, lmbda = operand(x), operand(lmbda)
    up = plain(x) >= 0
    above = special("boxcox1p")(np.where(up, x, 0.0), lmbda)
    below = -special("boxcox1p")(np.where(up, 0.0, -x), 2.0 - lmbda)
    return np.where(up, above, below)


def yeojohnson_llf(lmb, data, axis=0, keepdims=False):
    x, lmb = operand(data), operand(lmb)
    n = shape_of(x)[axis]
    level = np.sum(np.sign(plain(x)) * np.log1p(np.abs(x)), axis=axis)
    return -n / 2.0 * np.log(np.var(yeojohnson(x, lmb), axis=axis)) + (lmb - 1.0) * level


MOMENTS = (
    gmean, hmean, pmean, tmean, tvar, tstd, tsem, trim_mean, zscore, zmap, gzscore, gstd, moment,
    skew, kurtosis, variation, sem, iqr, median_abs_deviation, kstat, describe, circmean, circvar,
    circstd, entropy, wasserstein_distance, energy_distance, boxcox, boxcox_llf, yeojohnson,
    yeojohnson_llf,
)  # fmt: skip
