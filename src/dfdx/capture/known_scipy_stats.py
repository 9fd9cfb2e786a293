"""Stand-ins for the statistics of scipy.stats: means, moments, tests, regressions.

Each is the textbook's formula in NumPy's functions, which traced values understand; what it
gives is compared with SciPy's number. A field of a result that has no formula here refuses to
be read, so no derivative is lost in silence.
"""

from functools import cache

import numpy as np
from scipy import stats

from ..errors import NotTraceable
from ..primitive import shape_of
from ..rules.arrays import operand
from ..rules.special import function as special
from ..rules.table import all_cards
from .known_scipy_kernels import kernel_stand_ins
from .known_scipy_tools import by_name, full_name, handles, logged, tapes_of
from .numpy_protocol_plain import seen_through, traced_in
from .traced import plain

all_cards()
_stdtr, _fdtrc, _chdtrc, _betainc = (special(n) for n in ("stdtr", "fdtrc", "chdtrc", "betainc"))
_IGNORED = ("nan_policy", "sum_check")


class Result:
    """A result with fields: the traced ones by formula, constants as SciPy has them."""

    def __init__(self, example, tapes, **fields):
        self._example = example
        self._tapes = tapes
        self._made = fields
        names = getattr(example, "_fields", None)
        self._names = tuple(names) if names is not None else tuple(fields)

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        if name in self._made:
            return self._made[name]
        value = getattr(self._example, name)
        if name in ("df", "alternative", "nobs") or isinstance(value, str):
            return value
        with logged(self._tapes):
            raise NotTraceable(f"{type(self._example).__name__}.{name} has no formula here")

    def __iter__(self):
        return (getattr(self, name) for name in self._names)

    def __len__(self):
        return len(self._names)

    def __getitem__(self, k):
        names = self._names[k]
        return (
            tuple(getattr(self, n) for n in names) if isinstance(k, slice) else getattr(self, names)
        )


def _checked(ours, theirs, name):
    numbers = seen_through(ours)
    if not np.allclose(numbers, theirs, rtol=1e-7, atol=1e-12, equal_nan=True):
        raise NotTraceable(f"{name}: the formula and SciPy's number differ")
    return ours


def _formula(theirs, ours):
    """The stand-in that computes with `ours` where something is traced."""
    name = full_name(theirs)

    def standing_in(*args, **kwargs):
        given = by_name(theirs, args, kwargs)
        seen = traced_in(given)
        samples = given.pop("samples") if theirs is stats.f_oneway else ()
        found = theirs(*seen_through(samples), **seen_through(given))
        if not seen:
            return found
        tapes = tapes_of(seen)
        with logged(tapes):
            for option in _IGNORED:
                given.pop(option, None)
            made = ours(*samples, **given) if samples else ours(**given)
            if isinstance(made, dict):
                for field, value in made.items():
                    _checked(value, getattr(found, field), f"{name}().{field}")
                return Result(found, tapes, **made)
            return handles(_checked(made, found, name))

    return standing_in


def _flat(a, axis):
    """The data as an operand, in one dimension where the axis is None."""
    x = operand(a)
    return (np.ravel(x), 0) if axis is None else (x, axis)


# means
def gmean(a, axis=0, dtype=None, weights=None, keepdims=False):
    x, axis = _flat(a, axis)
    return np.exp(_weighted(np.log(x), axis, weights, keepdims))


def hmean(a, axis=0, dtype=None, weights=None, keepdims=False):
    x, axis = _flat(a, axis)
    return 1.0 / _weighted(1.0 / x, axis, weights, keepdims)


def pmean(a, p, axis=0, dtype=None, weights=None, keepdims=False):
    x, axis = _flat(a, axis)
    return _weighted(x ** operand(p), axis, weights, keepdims) ** (1.0 / operand(p))


def _weighted(x, axis, weights, keepdims):
    if weights is None:
        return np.mean(x, axis=axis, keepdims=keepdims)
    w = operand(weights)
    return np.sum(x * w, axis=axis, keepdims=keepdims) / np.sum(w, axis=axis, keepdims=keepdims)


def tmean(a, limits=None, inclusive=(True, True), axis=None, keepdims=False):
    _no_limits(limits)
    return np.mean(operand(a), axis=axis, keepdims=keepdims)


def tvar(a, limits=None, inclusive=(True, True), axis=0, ddof=1, keepdims=False):
    _no_limits(limits)
    return np.var(operand(a), axis=axis, ddof=ddof, keepdims=keepdims)


def tstd(a, limits=None, inclusive=(True, True), axis=0, ddof=1, keepdims=False):
    return np.sqrt(tvar(a, limits, inclusive, axis, ddof, keepdims))


def _no_limits(limits):
    if limits is not None:
        raise NotTraceable("limits of a trimmed statistic are not followed")


def trim_mean(a, proportiontocut, axis=0, keepdims=False):
    x, axis = _flat(a, axis)
    x = np.moveaxis(np.sort(x, axis=axis), axis, 0)
    n = shape_of(x)[0]
    cut = int(proportiontocut * n)
    return np.mean(x[cut : n - cut], axis=0)


# spread and shape
def zscore(a, axis=0, ddof=0):
    return zmap(a, a, axis, ddof)


def zmap(scores, compare, axis=0, ddof=0):
    x, axis = _flat(compare, axis)
    mean = np.mean(x, axis=axis, keepdims=True)
    return (operand(scores) - mean) / np.std(x, axis=axis, ddof=ddof, keepdims=True)


def gzscore(a, axis=0, ddof=0):
    return zscore(np.log(operand(a)), axis, ddof)


def gstd(a, axis=0, ddof=1, keepdims=False):
    return np.exp(np.std(np.log(operand(a)), axis=axis, ddof=ddof, keepdims=keepdims))


def moment(a, order=1, axis=0, center=None, keepdims=False):
    x, axis = _flat(a, axis)
    middle = np.mean(x, axis=axis, keepdims=True) if center is None else operand(center)
    if np.ndim(order):
        return np.stack([np.mean((x - middle) ** k, axis=axis, keepdims=keepdims) for k in order])
    return np.mean((x - middle) ** order, axis=axis, keepdims=keepdims)


def skew(a, axis=0, bias=True, keepdims=False):
    x, axis = _flat(a, axis)
    m2, m3 = (moment(x, k, axis, keepdims=keepdims) for k in (2, 3))
    n = shape_of(x)[axis]
    g = m3 / m2**1.5
    return g if bias or n < 3 else g * (np.sqrt((n - 1.0) * n) / (n - 2.0))


def kurtosis(a, axis=0, fisher=True, bias=True, keepdims=False):
    x, axis = _flat(a, axis)
    m2, m4 = (moment(x, k, axis, keepdims=keepdims) for k in (2, 4))
    n = shape_of(x)[axis]
    g = m4 / m2**2.0
    if not bias and n > 3:
        g = 1.0 / (n - 2) / (n - 3) * ((n**2 - 1.0) * g - 3 * (n - 1) ** 2.0) + 3.0
    return g - 3.0 if fisher else g


def variation(a, axis=0, ddof=0, keepdims=False):
    x, axis = _flat(a, axis)
    return np.std(x, axis=axis, ddof=ddof, keepdims=keepdims) / np.mean(
        x, axis=axis, keepdims=keepdims
    )


def sem(a, axis=0, ddof=1, keepdims=False):
    x, axis = _flat(a, axis)
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
    y, axis = _flat(x, axis)
    scale = 0.6744897501960817 if isinstance(scale, str) else scale
    apart = np.abs(y - np.median(y, axis=axis, keepdims=True))
    return np.median(apart, axis=axis, keepdims=keepdims) / scale


def kstat(data, n=2, axis=None, keepdims=False):
    x, axis = _flat(data, axis)
    if n not in (1, 2):
        raise NotTraceable("scipy.stats.kstat: n = 1 and n = 2 are followed")
    if n == 1:
        return np.mean(x, axis=axis, keepdims=keepdims)
    return np.var(x, axis=axis, ddof=1, keepdims=keepdims)


def describe(a, axis=0, ddof=1, bias=True):
    x, axis = _flat(a, axis)
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


# tests and regressions
def _t_value(t, df, alternative):
    """The p-value of Student's statistic."""
    if alternative == "two-sided":
        return 2.0 * _stdtr(df, -np.abs(t))
    return _stdtr(df, t if alternative == "less" else -t)


def ttest_1samp(a, popmean, axis=0, alternative="two-sided", keepdims=False):
    x, axis = _flat(a, axis)
    n = shape_of(x)[axis]
    t = (np.mean(x, axis=axis) - operand(popmean)) / sem(x, axis)
    return {"statistic": t, "pvalue": _t_value(t, n - 1.0, alternative)}


def ttest_rel(a, b, axis=0, alternative="two-sided", keepdims=False):
    return ttest_1samp(operand(a) - operand(b), 0.0, axis, alternative)


def ttest_ind(
    a, b, axis=0, equal_var=True, alternative="two-sided", trim=0, method=None, keepdims=False
):
    if trim or method is not None:
        raise NotTraceable("scipy.stats.ttest_ind: trim= and method= are not followed")
    (x, axis), (y, _) = _flat(a, axis), _flat(b, axis)
    n, m = shape_of(x)[axis], shape_of(y)[axis]
    vx, vy = np.var(x, axis=axis, ddof=1), np.var(y, axis=axis, ddof=1)
    if equal_var:
        df = n + m - 2.0
        error = np.sqrt(((n - 1) * vx + (m - 1) * vy) / df * (1.0 / n + 1.0 / m))
    else:
        p, q = vx / n, vy / m
        df = (p + q) ** 2 / (p**2 / (n - 1) + q**2 / (m - 1))
        error = np.sqrt(p + q)
    t = (np.mean(x, axis=axis) - np.mean(y, axis=axis)) / error
    return {"statistic": t, "pvalue": _t_value(t, df, alternative)}


def f_oneway(*samples, axis=0, equal_var=True, keepdims=False):
    if not equal_var:
        raise NotTraceable("scipy.stats.f_oneway: equal_var=False is not followed")
    xs = [operand(s) for s in samples]
    whole = np.concatenate(xs, axis=axis)
    n, k = shape_of(whole)[axis], len(xs)
    center = np.mean(whole, axis=axis)
    between = sum(shape_of(x)[axis] * (np.mean(x, axis=axis) - center) ** 2 for x in xs)
    within = sum(np.var(x, axis=axis) * shape_of(x)[axis] for x in xs)
    f = between / (k - 1.0) / (within / (n - k))
    return {"statistic": f, "pvalue": _fdtrc(k - 1.0, n - k * 1.0, f)}


def chisquare(f_obs, f_exp=None, ddof=0, axis=0):
    x, axis = _flat(f_obs, axis)
    expected = np.mean(x, axis=axis, keepdims=True) if f_exp is None else operand(f_exp)
    s = np.sum((x - expected) ** 2 / expected, axis=axis)
    return {"statistic": s, "pvalue": _chdtrc(shape_of(x)[axis] - 1.0 - ddof, s)}


def jarque_bera(x, axis=None, keepdims=False):
    y, axis = _flat(x, axis)
    s = shape_of(y)[axis] / 6.0 * (skew(y, axis) ** 2 + kurtosis(y, axis) ** 2 / 4.0)
    return {"statistic": s, "pvalue": np.exp(-s / 2.0)}


def pearsonr(x, y, alternative="two-sided", method=None, axis=0):
    if method is not None:
        raise NotTraceable("scipy.stats.pearsonr: method= is not followed")
    x, y = operand(x), operand(y)
    dx, dy = (v - np.mean(v, axis=axis, keepdims=True) for v in (x, y))
    r = np.sum(dx * dy, axis=axis) / np.sqrt(
        np.sum(dx * dx, axis=axis) * np.sum(dy * dy, axis=axis)
    )
    half = shape_of(x)[axis] / 2.0 - 1.0
    if alternative == "two-sided":
        p = 2.0 * _betainc(half, half, (1.0 - np.abs(r)) / 2.0)
    else:
        p = _betainc(half, half, (1.0 + (r if alternative == "less" else -r)) / 2.0)
    return {"statistic": r, "pvalue": p}


def linregress(x, y, alternative="two-sided", axis=0, keepdims=False):
    x, y = operand(x), operand(y)
    n = shape_of(x)[0]
    mx, my = np.mean(x), np.mean(y)
    sxx, syy, sxy = (
        np.mean(a * b) for a, b in ((x - mx, x - mx), (y - my, y - my), (x - mx, y - my))
    )
    slope, r = sxy / sxx, sxy / np.sqrt(sxx * syy)
    df = n - 2.0
    t = r * np.sqrt(df / ((1.0 - r) * (1.0 + r)))
    error = np.sqrt((1.0 - r * r) * syy / sxx / df)
    return {
        "slope": slope,
        "intercept": my - slope * mx,
        "rvalue": r,
        "pvalue": _t_value(t, df, alternative),
        "stderr": error,
        "intercept_stderr": error * np.sqrt(sxx + mx * mx),
    }


def _by_order(theirs):
    """The stand-in of a function of the order of the data alone: constant between ties."""

    def standing_in(*args, **kwargs):
        given = by_name(theirs, args, kwargs)
        for x in traced_in(given):
            x.tape.note(f"{theirs.__name__} rests on the order of the data: its slope is 0")
            values = np.sort(np.ravel(plain(x)))
            if np.any(np.diff(values) == 0):
                x.on_edge(theirs.__name__)
        return theirs(**seen_through(given))

    return standing_in


_FORMULAS = (
    gmean, hmean, pmean, tmean, tvar, tstd, trim_mean, zscore, zmap, gzscore, gstd, moment, skew, kurtosis, variation,
    sem, iqr, median_abs_deviation, kstat, describe, circmean, circvar, circstd, entropy, wasserstein_distance,
    energy_distance, boxcox, boxcox_llf, yeojohnson, yeojohnson_llf, ttest_1samp, ttest_rel, ttest_ind, f_oneway,
    chisquare, jarque_bera, pearsonr, linregress,
)  # fmt: skip
_ORDERS = ("rankdata", "spearmanr", "kendalltau", "weightedtau")


@cache
def stand_ins():
    """From the function of scipy.stats to its stand-in."""
    made = {}
    for ours in _FORMULAS:
        theirs = getattr(stats, ours.__name__, None)
        if theirs is not None:
            made[theirs] = _formula(theirs, ours)
    for name in _ORDERS:
        made[getattr(stats, name)] = _by_order(getattr(stats, name))
    return made | kernel_stand_ins()
