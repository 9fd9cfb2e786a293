"""Tests and regressions of scipy.stats, as their textbook formulas."""

import numpy as np

from ....errors import NotTraceable
from ....primitive import shape_of
from ....rules.arrays import operand
from ....rules.special import function as special
from ....rules.table import all_cards
from .moments import kurtosis, sem, skew
from .results import flat

all_cards()
_stdtr, _fdtrc, _chdtrc, _betainc = (special(n) for n in ("stdtr", "fdtrc", "chdtrc", "betainc"))


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


TESTS = (ttest_1samp, ttest_rel, ttest_ind, f_oneway, chisquare, jarque_bera, pearsonr, linregress)
