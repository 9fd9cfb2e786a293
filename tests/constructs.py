"""A construct of the language: a function of one number, and the formula that it computes.

`construct(at, formula)` marks a function; `checked(cases)` makes the test that its
derivative is exact in method and right in value, against mpmath at 30 digits.
"""

import importlib.util
import linecache
import math

import mpmath
import pytest

from dfdx import derivative


class Constructs:
    """The marked functions of one test file."""

    def __init__(self):
        self.cases = []

    def __call__(self, at, formula):
        """Mark a function: at this point it has the derivative of the formula."""

        def mark(f):
            self.cases.append(pytest.param(f, at, formula, id=f.__name__))
            return f

        return mark

    def test(self):
        """The test over all functions that were marked."""

        @pytest.mark.parametrize("f, at, formula", self.cases)
        def test_construct(f, at, formula):
            exactly(f, at, formula)

        return test_construct


def exactly(f, at, formula):
    """The derivative of f is found exactly, and is that of the formula; gives the Estimate."""
    found = derivative(f).estimate(at)
    assert found.method.startswith("exact"), (found.method, found.notes)
    right(found.value, formula, at)
    return found


def right(value, formula, at):
    """The value is the derivative of the formula."""
    with mpmath.workdps(30):
        true = mpmath.diff(formula, mpmath.mpf(at))
    assert abs(value - true) <= 1e-12 * max(1, abs(true)), (value, float(true))


def module_from(path, text, name="written"):
    """A module made from text in a file."""
    path.write_text(text)
    spec = importlib.util.spec_from_file_location(name, path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def typed(text, name="<input-1>", space=None):
    """Functions typed in a cell whose lines are known to linecache, as notebooks do."""
    space = {"math": math, "__name__": "__main__"} if space is None else space
    linecache.cache[name] = len(text), None, text.splitlines(keepends=True), name
    exec(compile(text, name, "exec"), space)
    return space
