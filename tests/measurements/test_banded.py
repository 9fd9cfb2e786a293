"""Band matrices against dense ones."""

import numpy as np
import pytest

from dfdx.measurements.banded import Factor, gram


def _case(size, width, seed):
    rng = np.random.default_rng(seed)
    rows, weights = (
        rng.standard_normal((size - width, width + 1)),
        rng.uniform(0.5, 2, size - width),
    )
    bands = gram(rows, weights)
    bands[0] += 1.0
    dense = np.eye(size)
    for i, (row, w) in enumerate(zip(rows, weights, strict=True)):
        dense[i : i + width + 1, i : i + width + 1] += w * np.outer(row, row)
    return bands, dense


@pytest.mark.parametrize(("size", "width"), [(4, 3), (5, 4), (11, 3), (12, 2), (40, 5), (7, 1)])
def test_a_factor_solves_and_knows_determinant_and_inverse(size, width):
    bands, dense = _case(size, width, size)
    factor = Factor(bands)
    right = np.arange(2.0 * size).reshape(size, 2)
    assert np.allclose(factor.solve(right), np.linalg.solve(dense, right), rtol=1e-11)
    assert factor.log_determinant() == pytest.approx(np.linalg.slogdet(dense)[1], rel=1e-12)
    inverse = np.linalg.inv(dense)
    for part in range(1, width + 1):
        windows = factor.inverse_blocks(part)
        for i in range(size - width):
            assert np.allclose(windows[i], inverse[i : i + part + 1, i : i + part + 1], rtol=1e-9)
