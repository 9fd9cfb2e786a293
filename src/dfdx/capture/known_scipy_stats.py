"""Stand-ins for the statistics of scipy.stats: means, moments, tests, regressions.

Each is the textbook's formula in NumPy's functions, which traced values understand; what it
gives is compared with SciPy's number. A field of a result that has no formula here refuses to
be read, so no derivative is lost in silence.
"""

from functools import cache

import numpy as np
from scipy import stats

from .known_scipy_kernels import kernel_stand_ins
<<<<<<< src/dfdx/capture/known_scipy_stats.py
from .known_scipy_moments import MOMENTS
from .known_scipy_results import formula
from .known_scipy_tests import TESTS
from .known_scipy_tools import by_name
from .numpy_protocol_plain import seen_through, traced_in
from .traced import plain

=======
from .known_scipy_moments import (
    boxcox,
    boxcox_llf,
    circmean,
    circstd,
    circvar,
    describe,
    energy_distance,
    entropy,
    flat,
    gmean,
    gstd,
    gzscore,
    hmean,
    iqr,
    kstat,
    kurtosis,
    median_abs_deviation,
    moment,
    pmean,
    sem,
    skew,
    tmean,
    trim_mean,
    tstd,
    tvar,
    variation,
    wasserstein_distance,
    yeojohnson,
    yeojohnson_llf,
    zmap,
    zscore,
)
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


# tests and regressions
def _t_value(t, df, alternative):
    """The p-value of Student's statistic."""
    if alternative == "two-sided":
        return 2.0 * _stdtr(df, -np.abs(t))
    return _stdtr(df, t if alternative == "less" else -t)


def ttest_1samp(a, popmean, axis=0, alternative="two-sided", keepdims=False):
    x, axis = flat(a, axis)
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
    (x, axis), (y, _) = flat(a, axis), flat(b, axis)
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
    x, axis = flat(f_obs, axis)
    expected = np.mean(x, axis=axis, keepdims=True) if f_exp is None else operand(f_exp)
    s = np.sum((x - expected) ** 2 / expected, axis=axis)
    return {"statistic": s, "pvalue": _chdtrc(shape_of(x)[axis] - 1.0 - ddof, s)}


def jarque_bera(x, axis=None, keepdims=False):
    y, axis = flat(x, axis)
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

>>>>>>> /work/main/src/dfdx/capture/known_scipy_stats.py

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


<<<<<<< src/dfdx/capture/known_scipy_stats.py
=======
_FORMULAS = (
    gmean,
    hmean,
    pmean,
    tmean,
    tvar,
    tstd,
    trim_mean,
    zscore,
    zmap,
    gzscore,
    gstd,
    moment,
    skew,
    kurtosis,
    variation,
    sem,
    iqr,
    median_abs_deviation,
    kstat,
    describe,
    circmean,
    circvar,
    circstd,
    entropy,
    wasserstein_distance,
    energy_distance,
    boxcox,
    boxcox_llf,
    yeojohnson,
    yeojohnson_llf,
    ttest_1samp,
    ttest_rel,
    ttest_ind,
    f_oneway,
    chisquare,
    jarque_bera,
    pearsonr,
    linregress,
)
>>>>>>> /work/main/src/dfdx/capture/known_scipy_stats.py
_ORDERS = ("rankdata", "spearmanr", "kendalltau", "weightedtau")


@cache
def stand_ins():
    """From the function of scipy.stats to its stand-in."""
    made = {}
    for ours in MOMENTS + TESTS:
        theirs = getattr(stats, ours.__name__, None)
        if theirs is not None:
            made[theirs] = formula(theirs, ours)
    for name in _ORDERS:
        made[getattr(stats, name)] = _by_order(getattr(stats, name))
    return made | kernel_stand_ins()
