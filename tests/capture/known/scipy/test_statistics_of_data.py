"""Means, moments, tests and regressions of scipy.stats, exactly and twice."""

import numpy as np
import pytest
from scipy import stats
from trials import refused, right

X = np.array([0.5, 1.2, 0.7, 2.1, 1.4, 0.2, 0.9])
Y = np.array([0.3, 1.6, 0.43, 1.8, 1.93, 0.67, 1.1])
M = np.outer(X, [1.0, 0.4]) + np.sin(np.arange(14)).reshape(7, 2)

TRIALS = {
    "means": (lambda x: (stats.gmean(x), stats.hmean(x), stats.pmean(x, 3)), X),
    "weighted means": (lambda x, w: (stats.gmean(x, weights=w), stats.hmean(x, weights=w)), X, Y),
    "trimmed": (lambda x: (stats.tmean(x), stats.tvar(x), stats.tstd(x)), X),
    "trimmed by limits": (lambda x: (stats.tmean(x, (0.3, 1.8)), stats.tstd(x, (0.3, 1.8))), X),
    "trimmed by one limit": (lambda x: (stats.tvar(x, (None, 1.8)), stats.tsem(x, (0.3, None))), X),
    "trim_mean": (lambda x: stats.trim_mean(x, 0.2), X),
    "moments": (lambda x: (stats.skew(x), stats.kurtosis(x), stats.moment(x, 3)), X),
    "moments, axis": (lambda x: (stats.skew(x, axis=1), stats.kurtosis(x, bias=False)), M),
    "scores": (lambda x: (stats.zscore(x), stats.zscore(x, ddof=1)), X),
    "variation": (lambda x: (stats.variation(x), stats.sem(x), stats.gstd(x)), X),
    "spread": (lambda x: (stats.iqr(x), stats.median_abs_deviation(x)), X),
    "describe": (lambda x: stats.describe(x).variance, X),
    "circular": (lambda x: (stats.circmean(x), stats.circvar(x), stats.circstd(x)), X),
    "entropy": (lambda p, q: (stats.entropy(p), stats.entropy(p, q)), X, Y),
    "boxcox": (lambda x: stats.boxcox(x, 0.4), X),
    "boxcox, parameter": (lambda p: (stats.boxcox_llf(p, X), stats.boxcox(X, p)), 0.4),
    "yeojohnson": (lambda x: stats.yeojohnson(x, 0.4), X - 0.8),
    "wasserstein": (lambda x: stats.wasserstein_distance(x, Y + 2), X),
    "linregress": (lambda x, y: stats.linregress(x, y)[:4], X, Y),
    "linregress, field": (lambda y: stats.linregress(X, y).slope, Y),
    "pearsonr": (lambda x, y: stats.pearsonr(x, y)[0], X, Y),
    "pearsonr, p": (lambda y: stats.pearsonr(X, y).pvalue, Y),
    "ttest_ind": (lambda x, y: stats.ttest_ind(x, y).statistic, X, Y),
    "ttest_ind, p": (lambda x: stats.ttest_ind(x, Y + 0.3, equal_var=False).pvalue, X),
    "ttest_1samp": (lambda x, m: stats.ttest_1samp(x, m).statistic, X, 0.4),
    "ttest_rel": (lambda x, y: stats.ttest_rel(x, y).pvalue, X, Y),
    "f_oneway": (lambda x: stats.f_oneway(x, Y, Y + 0.4).statistic, X),
    "chisquare": (lambda x: stats.chisquare(x, np.sum(x) * Y / np.sum(Y)).statistic, X),
    "jarque_bera": (lambda x: stats.jarque_bera(x).statistic, X),
    "theilslopes": (lambda y: stats.theilslopes(y, X)[0], Y),
    "zmap": (lambda x: stats.zmap(x, Y), X),
}  # fmt: skip
ONCE = {"wasserstein", "spread", "trim_mean", "theilslopes"}


@pytest.mark.parametrize("name", TRIALS)
def test_right(name):
    f, *point = TRIALS[name]
    right(f, *point, rtol=1e-7, h=2e-3, second=name not in ONCE)


def test_options_that_are_not_followed_are_refused():
    refused(lambda x: stats.ttest_ind(x, Y, trim=0.2).statistic, X, match="trim")
