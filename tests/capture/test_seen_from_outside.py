"""What a debugger, coverage and a traceback see: the user's own lines. The function is as it was."""

import bdb
import linecache
import math
import sys
import traceback

import numpy as np
import pytest

from dfdx import derivative, gradient, jacobian


def outer(x):
    y = math.sin(x)
    return inner(y) + helper_of_array(np.array([x, y]))


def inner(y):
    total = 0.0
    for k in range(3):
        total += y**k  # a line in a loop
    return total


def helper_of_array(v):
    w = np.zeros(2)
    w[0] = v[0]
    return w.sum()


class Model:
    def __init__(self, k):
        self.k = k

    def value(self, x):
        if x > 100:
            raise ValueError("too large")  # the line of the error
        return self.k * x


def of_model(x):
    return Model(2.0).value(x)


def _line_of(function, text):
    """The number of the first line of a function that contains the text."""
    first = function.__code__.co_firstlineno
    for number in range(first, first + 30):
        if text in linecache.getline(__file__, number):
            return number
    raise AssertionError(text)


class Stops(bdb.Bdb):
    """A debugger that notes where it stopped, and what it saw there."""

    def __init__(self):
        super().__init__()
        self.seen = []

    def user_line(self, frame):
        if self.break_here(frame):
            names = sorted(n for n in frame.f_locals if not n.startswith("__dfdx_"))
            self.seen.append((frame.f_code.co_name, frame.f_lineno, names))
        self.set_continue()


@pytest.mark.parametrize("operator", [derivative, gradient])
def test_a_debugger_stops_on_the_lines_of_the_user(operator):
    debugger = Stops()
    at = _line_of(inner, "in a loop")
    debugger.set_break(__file__, at)
    old = sys.gettrace()
    try:
        found = debugger.runcall(operator(outer), 0.5)
    finally:
        sys.settrace(old)
    assert found == pytest.approx(operator(outer)(0.5))
    traced = [stop for stop in debugger.seen if stop[:2] == ("inner", at)]
    assert len(traced) >= 3
    assert all(names == ["k", "total", "y"] for _, _, names in traced)


def test_coverage_sees_every_line():
    lines = set()

    def watch(frame, event, _):
        if frame.f_code.co_filename == __file__ and event == "line":
            lines.add(frame.f_lineno)
        return watch

    derivative(outer, 0.5)  # later calls do not run the plain function beside the traced one
    old = sys.gettrace()
    sys.settrace(watch)
    try:
        derivative(outer, 0.5)
    finally:
        sys.settrace(old)
    for function in (outer, inner, helper_of_array):
        own = {n for _, _, n in function.__code__.co_lines() if n}
        assert own - {function.__code__.co_firstlineno} <= lines


@pytest.mark.parametrize("operator", [derivative, gradient, jacobian])
def test_a_traceback_ends_in_the_lines_of_the_user(operator):
    with pytest.raises(ValueError, match="too large") as caught:
        operator(of_model)(200.0)
    frames = traceback.extract_tb(caught.value.__traceback__)
    last = [(f.name, f.line) for f in frames[-2:]]
    assert last == [
        ("of_model", "return Model(2.0).value(x)"),
        ("value", 'raise ValueError("too large")  # the line of the error'),
    ]


def test_the_function_itself_is_as_it_was():
    before = [(f.__code__, f.__closure__, dict(vars(f))) for f in (outer, inner, Model.value)]
    derivative(outer, 0.5)
    derivative(of_model, 0.5)
    assert [
        (f.__code__, f.__closure__, dict(vars(f))) for f in (outer, inner, Model.value)
    ] == before
    names = set(globals())
    derivative(outer, 0.7)
    assert set(globals()) == names
