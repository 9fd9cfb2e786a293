"""Every function of the corpus through dfdx: right, and exactly unless it is named here.

The references were made without exact differentiation (see `corpus.collection`).
"""

import warnings
from functools import cache
from importlib.util import find_spec

import pytest
from capture.corpus.collection import MODULES, agrees, cases, numbers, references

from dfdx import derivative, gradient

# Those that are answered from samples, and why nothing better is known.
BY_DIFFERENCES = {
    "scipy_solvers.34.rbf_interpolant": "SciPy's own code needs plain numbers here",
    "science.17.titration": "a bisection: the answer depends on its input through comparisons alone",
}


@cache
def _references():
    return references()


def _cases():
    for group in MODULES:
        if group != "tables" or find_spec("pandas"):
            yield from cases(group)


@pytest.mark.parametrize("case", list(_cases()), ids=lambda case: case.name)
def test_case(case):
    reference = _references()[case.name]
    single = len(case.point) == 1 and isinstance(case.point[0], float)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # theirs, from points outside the domain
        found = (derivative if single else gradient)(case.function).estimate(*case.point)
    assert agrees(numbers(found.value), reference), (found, reference)
    if case.name not in BY_DIFFERENCES:
        assert "differences" not in found.method
