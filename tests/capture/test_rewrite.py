"""Rewriting: what the user sees stays the user's; depth, length, threads; what is left behind."""

import gc
import math
import sys
import threading
import traceback
import weakref

import mpmath
import numpy as np
import pytest
from constructs import exactly, right, typed

from dfdx import derivative, gradient
from dfdx.capture.calls import Following


@np.errstate(all="ignore")
def in_a_decorator_of_numpy(x):
    return math.sin(x)


@np.vectorize
def vectorized(t):
    return math.sin(t) if t > 0 else 0.0


def test_functions_within_those_of_a_library():
    exactly(in_a_decorator_of_numpy, 0.7, mpmath.sin)
    f = lambda x: vectorized(np.array([x, 2 * x])).sum() + vectorized(x)
    exactly(f, 0.7, lambda x: 2 * mpmath.sin(x) + mpmath.sin(2 * x))


def failing(x):
    y = math.sin(x)
    return inner_failing(y)


def inner_failing(y):
    z = 2 * y
    raise LookupError(f"no {z > 0}")


def test_tracebacks_show_the_lines_of_the_user():
    with pytest.raises(LookupError) as caught:
        derivative(failing, 0.7)
    frames = traceback.extract_tb(caught.tb)
    k = next(i for i, f in enumerate(frames) if f.name == "failing")
    assert [f.name for f in frames[k:]] == ["failing", "inner_failing"]  # nothing of ours between
    assert [f.line for f in frames[k:]] == [
        "return inner_failing(y)",
        'raise LookupError(f"no {z > 0}")',
    ]
    assert all(f.filename == __file__ for f in frames[k:])


def test_errors_of_math_end_at_the_line_of_the_user():
    with pytest.raises(ValueError) as caught:
        derivative(lambda x: math.log(x) * 2, -1.0)
    lines = [f.line or "" for f in traceback.extract_tb(caught.tb)]
    assert any("math.log(x) * 2" in line for line in lines)


def test_a_debugger_stops_in_the_lines_of_the_user():
    seen = []

    def watch(frame, event, argument):
        if frame.f_code.co_filename == __file__ and frame.f_code.co_name in ("watched", "helper"):
            seen.append((frame.f_code.co_name, frame.f_lineno - frame.f_code.co_firstlineno))
        return watch

    def helper(t):
        return math.exp(t)

    def watched(x):
        y = math.sin(x)
        return helper(y)

    before = sys.gettrace()
    sys.settrace(watch)
    try:
        with Following() as follow:
            follow(watched)(0.5)
    finally:
        sys.settrace(before)
    lines = [place for k, place in enumerate(seen) if k == 0 or seen[k - 1] != place]
    assert lines == [
        ("watched", 0),
        ("watched", 1),
        ("watched", 2),
        ("helper", 0),
        ("helper", 1),
        ("watched", 2),
    ]


def test_the_function_is_left_as_it_is():
    def f(x, scale=2.0):
        return scale * math.sin(x)

    f.note = "mine"
    code, before = f.__code__, dict(vars(f))
    derivative(f, 0.5)
    assert f.__code__ is code
    assert vars(f) == before
    assert f(0.5) == 2.0 * math.sin(0.5)
    assert "__dfdx" not in str(f.__code__.co_names + f.__code__.co_freevars)


def test_names_of_ours_are_not_seen():
    seen = []

    def f(x):
        y = math.sin(x)
        seen[:] = [locals().keys(), vars().keys(), dir()]
        return y

    with Following() as follow:
        follow(f)(0.5)
    assert [sorted(names) for names in seen] == [["seen", "x", "y"]] * 3


def test_qualified_names_inside():
    names = []

    def f(x):
        def g(t):
            return math.sin(t)

        class Local:
            def method(self):
                return 1.0

        names.append((g.__qualname__, Local.__qualname__, Local.method.__qualname__, g.__module__))
        return g(x)

    f(0.5)
    derivative(f, 0.5)
    assert len(set(names)) == 1


# depth, threads, time
def test_deep_recursion():
    def depth(x, n):
        return math.sin(x) if n == 0 else depth(x, n - 1) + 1

    right(derivative(lambda x: depth(x, 400), 0.7), mpmath.sin, 0.7)


class Tree:
    def __init__(self, depth, x):
        self.x = x
        self.left = Tree(depth - 1, x) if depth else None

    def total(self):
        return math.sin(self.x) + (self.left.total() if self.left else 0.0)


def test_deep_recursion_through_methods():
    f = lambda x: sum([Tree(100, x).total()])
    right(derivative(f, 0.7), lambda x: 101 * mpmath.sin(x), 0.7)


def test_threads():
    """Eight threads differentiate different functions at once, with the results of one after another."""
    text = "def f(x):\n    def g(t): return math.sin({k} * t) + helper(t)\n"
    text += "    return sum(map(g, [x, 2 * x]))\n"
    text += "def helper(t): return math.exp({k} * t)\n"
    spaces = [typed(text.format(k=k), f"<thread {k}>") for k in range(1, 9)]
    functions = [s["f"] for s in spaces]
    points = [0.1 * k for k in range(1, 20)]
    found = [None] * 8
    ready = threading.Barrier(8)

    def work(k):
        ready.wait()
        found[k] = [derivative(functions[k], x) for x in points]

    threads = [threading.Thread(target=work, args=(k,)) for k in range(8)]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    assert found == [[derivative(f, x) for x in points] for f in functions]


def test_nothing_is_kept_after_the_trace():

    class Big:
        def scaled(self, x):
            return math.sin(x) * 2

    def run():
        big = Big()
        f = lambda x: big.scaled(x) + (lambda t: math.exp(t))(x)
        assert abs(derivative(f, 0.0) - 3) < 1e-15
        return weakref.ref(big), weakref.ref(f)

    gone = run()
    gc.collect()
    assert [r() for r in gone] == [None, None]


def test_a_closure_that_outlives_its_trace():
    """What was made while one trace ran is called in another, and plainly."""
    made = {}

    def maker(k):
        if k not in made:
            made[k] = lambda t: math.sin(k * t) + math.exp(t)
        return made[k]

    f = lambda x: maker(2)(x)
    assert derivative(f, 0.0) == 3
    assert derivative(f, 0.0) == 3
    assert made[2](1.0) == math.sin(2.0) + math.exp(1.0)
    assert list(gradient(lambda x, y: made[2](x) * y, 0.0, 1.0)) == [3, 1]
