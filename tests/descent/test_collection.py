"""The problems of Moré, Garbow and Hillstrom: their published minima, by fits and by minimize."""

import pytest
from benchmarks.optimisation.more import PROBLEMS

from dfdx import fit, minimize


@pytest.mark.parametrize("problem", PROBLEMS, ids=lambda p: p.name)
def test_the_published_minimum(problem):
    squares = fit(problem.residuals)(problem.start)
    assert squares.converged, squares.reason
    assert problem.reached(squares.chi2)
    found = minimize(problem.f)(problem.start)
    assert found.converged, found.reason
    assert problem.reached(found.value)
