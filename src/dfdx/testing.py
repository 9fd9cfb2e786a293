"""For test suites: a hand-written derivative, asserted in one line.

from dfdx.testing import assert_derivative

def test_the_gradient_of_the_energy():
    assert_derivative(energy, energy_gradient, state)
"""

from .checking.check import check


def assert_derivative(f, df, *points, **options):
    """AssertionError, with the report of `dfdx.check` as its message, unless df is the derivative of f.

    Points and options are those of `dfdx.check`. Gives the report.

    >>> assert_derivative(lambda x: x**3, lambda x: 3 * x**2, 2.0).right
    True
    >>> assert_derivative(lambda x: x**3, lambda x: x**2, 2.0)
    Traceback (most recent call last):
        ...
    AssertionError: wrong: df as the derivative of f
      at x = 2.0
        component  given  expected  off by
        f′         4.0    12.0      -8 (66.7 %)
    """
    __tracebackhide__ = True  # pytest then shows the line of the test, not this one
    report = check(f, df, *points, **options)
    if not report:
        raise AssertionError(str(report))
    return report
