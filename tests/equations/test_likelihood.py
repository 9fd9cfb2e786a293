"""Standard errors from the exact Hessian, against closed forms."""

import numpy as np
import pytest
from numpy.testing import assert_allclose
from scipy import special, stats

from dfdx import covariance, minimize, standard_errors

DATA = stats.gamma.rvs(2.5, scale=1.7, size=300, random_state=0)


def test_a_normal_sample():
    data = DATA - DATA.mean()

    def nll(p):
        return np.sum(0.5 * ((data - p["mean"]) / p["width"]) ** 2 + np.log(p["width"]))

    found = minimize(nll)({"mean": 1.0, "width": 1.0})
    errors = standard_errors(nll)(found.x)
    width = data.std()
    assert_allclose(found.x["width"], width)
    assert_allclose(errors["mean"], width / np.sqrt(300))
    assert_allclose(errors["width"], width / np.sqrt(600))
    assert_allclose(covariance(nll)(found.x)["mean"]["width"], 0, atol=1e-8)


def test_a_likelihood_written_with_scipy_stats():
    def nll(shape, scale):
        return -np.sum(stats.gamma.logpdf(DATA, shape, scale=scale))

    found = minimize(nll, bounds=[(1e-3, None), (1e-3, None)])(1.0, 1.0)
    shape, _, scale = stats.gamma.fit(DATA, floc=0)
    assert found.converged
    assert_allclose(found.x, [shape, scale], rtol=1e-6)
    k, s = found.x
    information = len(DATA) * np.array(  # of k and s; DATA.mean() is k s at the maximum
        [[special.polygamma(1, k), 1 / s], [1 / s, k / s**2]]
    )
    assert_allclose(covariance(nll)(k, s), np.linalg.inv(information), rtol=1e-8)
    assert_allclose(standard_errors(nll)(k, s) ** 2, np.diag(np.linalg.inv(information)))


@pytest.mark.parametrize(
    ("f", "point", "said"),
    [
        (lambda a, b: (a + b - 1) ** 2, (0.5, 0.5), "does not tell a and b apart"),
        (lambda a, b: (a - 1) ** 2, (1.0, 0.5), "does not determine b"),
        (lambda a, b: (a - 1) ** 2 - b**2, (1.0, 0.0), "no minimum here: it falls when b"),
        (lambda a, b: (a - 1) ** 2 + b**2, (1.0, 9.0), "b is 13 standard errors away"),
    ],
)
def test_where_there_is_none(f, point, said):
    with pytest.raises(ValueError, match=said):
        standard_errors(f)(*point)
