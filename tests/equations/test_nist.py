"""NIST's 27 nonlinear regressions, from both starts: the certified parameters and standard deviations."""

import numpy as np
import pytest
from benchmarks.optimisation.nist import NAMES, problem
from numpy.testing import assert_allclose

from dfdx import fit

DIGITS = 1e-7


@pytest.mark.parametrize("start", [0, 1])
@pytest.mark.parametrize("name", NAMES)
def test_certified_values(name, start):
    p = problem(name)
    found = fit(p.model, p.x, p.y)(*p.starts[start])
    assert found.converged, found.reason
    assert_allclose(found.x, p.parameters, rtol=DIGITS)
    if name == "Lanczos1":  # what is left over there is rounding: 1e-13 of the data
        assert np.all(found.standard_errors < 1e-9)
        return
    assert_allclose(found.standard_errors, p.errors, rtol=DIGITS)
    assert_allclose(found.sigma, p.sigma, rtol=DIGITS)
    assert found.dof == len(p.y) - len(p.parameters)
