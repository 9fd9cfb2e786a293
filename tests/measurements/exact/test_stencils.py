"""Newton's stencils: exact for polynomials, equal to Fornberg's weights, on the nearest samples."""

import numpy as np
import pytest

from dfdx.measurements.exact.stencils import growing, nearest, stencil_weights


@pytest.mark.parametrize("order", [0, 1, 2, 4])
def test_polynomials_are_exact_and_both_forms_agree(order):
    rng = np.random.default_rng(order)
    z = np.sort(rng.uniform(-1, 1, (20, 9)), axis=1)
    z = np.take_along_axis(z, np.argsort(np.abs(z), axis=1), axis=1)
    p = np.polynomial.Polynomial(rng.standard_normal(9))
    answers, norms = growing(z, p(z), order)
    truth = (p.deriv(order) if order else p)(0.0)
    assert np.abs(answers[-1] - truth).max() <= 1e-14 * norms[-1].max() * np.abs(p(z)).max()
    for k, row in enumerate(answers):
        weights = stencil_weights(z[:, : order + 1 + k], order)
        same = (weights * p(z)[:, : order + 1 + k]).sum(axis=1)
        assert np.allclose(row, same, rtol=1e-9, atol=1e-13 * np.abs(weights).sum(axis=1).max())


def test_the_norm_tells_what_noise_becomes():
    z = np.tile([0.0, 1, -1, 2, -2, 3, -3], (4000, 1)) / 3
    noise = np.random.default_rng(0).standard_normal(z.shape)
    answers, norms = growing(z, noise, 1)
    assert (np.abs(np.log(answers.std(axis=1) / norms[:, 0])) < np.log(3.5)).all()


@pytest.mark.parametrize("count", [1, 2, 5, 12])
def test_the_nearest_by_brute_force(count):
    rng = np.random.default_rng(count)
    x = np.sort(rng.uniform(0, 1, 12))
    at = np.concatenate([x, rng.uniform(0, 1, 50), [-1.0, 2.0]])
    far = np.abs(x[nearest(x, at, count)] - at[:, None])
    assert np.array_equal(far, np.sort(np.abs(x - at[:, None]), axis=1)[:, :count])
