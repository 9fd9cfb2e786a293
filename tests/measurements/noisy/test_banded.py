"""The inverse of a band matrix near its diagonal, against a dense one."""

import numpy as np
import pytest
from scipy.linalg import cholesky_banded

from dfdx.measurements.noisy.banded import inverse_blocks


def _case(size, width):
    rng = np.random.default_rng(size)
    dense = np.eye(size)
    for i in range(size - width):
        row = rng.standard_normal(width + 1)
        dense[i : i + width + 1, i : i + width + 1] += rng.uniform(0.5, 2) * np.outer(row, row)
    bands = np.zeros((width + 1, size))
    for k in range(width + 1):
        bands[k, : size - k] = np.diag(dense, -k)
    return bands, dense


@pytest.mark.parametrize(
    ("size", "width"),
    [(4, 3), (5, 4), (11, 3), (12, 2), (40, 5), (7, 1), (90, 20), (16, 4), (33, 3)],
)
def test_the_inverse_near_the_diagonal(size, width):
    bands, dense = _case(size, width)
    lower = cholesky_banded(bands, lower=True)
    inverse = np.linalg.inv(dense)
    for part in {1, width // 2 + 1, width}:
        windows = inverse_blocks(lower, part)
        assert windows.shape == (size - part, part + 1, part + 1)
        for i in range(size - part):
            assert np.allclose(windows[i], inverse[i : i + part + 1, i : i + part + 1], rtol=1e-9)
