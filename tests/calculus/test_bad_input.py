"""Bad input: each kind with its clear error or its documented meaning, in one table."""

import math
import re

import numpy as np
import pytest

import dfdx

square = lambda x: x * x


def total(v):
    return (v * v).sum()


ERRORS = [
    # what is done                                   the error            what it must say
    (lambda: dfdx.derivative("x^2", 3), TypeError, "formula('x^2')"),
    (lambda: dfdx.derivative(3, 3), TypeError, "the function comes first"),
    (lambda: dfdx.derivative(None, 3), TypeError, "not None"),
    (lambda: dfdx.derivative(square, "3"), TypeError, "the text '3'"),
    (lambda: dfdx.derivative(square, None), TypeError, "None, which is not a number"),
    (lambda: dfdx.derivative(square, 1 + 2j), TypeError, "complex"),
    (lambda: dfdx.derivative(square, np.array([1j])), TypeError, "complex"),
    (lambda: dfdx.derivative(square, True), TypeError, "truth value"),
    (lambda: dfdx.derivative(square, [1, [2, 3]]), ValueError, "ragged"),
    (lambda: dfdx.derivative(square, ["a", "b"]), TypeError, "not an array of real numbers"),
    (lambda: dfdx.derivative(square)(), TypeError, "needs a point"),
    (lambda: dfdx.derivative(square, 1, 2), TypeError, "one variable, 2 were given"),
    (lambda: dfdx.derivative(square, 1, oder=2), TypeError, "no option 'oder'"),
    (lambda: dfdx.derivative(square, 1, order=-1), ValueError, "whole number"),
    (lambda: dfdx.derivative(square, 1, order=1.5), ValueError, "whole number"),
    (lambda: dfdx.derivative(square, 1, side="up"), ValueError, '"left" or "right"'),
    (lambda: dfdx.derivative(square, 1, method="magic"), ValueError, '"exact"'),
    (lambda: dfdx.derivative(lambda x: None, 1.0), TypeError, "None"),
    (lambda: dfdx.derivative(lambda x: "hello", 1.0), TypeError, "the text 'hello'"),
    (lambda: dfdx.derivative(lambda x: 1j * x, 1.0), TypeError, "complex"),
    (lambda: dfdx.derivative(lambda x: x / 0, 1.0), ZeroDivisionError, "division by zero"),
    (lambda: dfdx.derivative(lambda x: x + "a", 1.0), TypeError, "unsupported operand"),
    (lambda: dfdx.derivative(lambda x: undefined + x, 1.0), NameError, "undefined"),  # noqa: F821
    (lambda: dfdx.derivative(lambda x: math.log(x), -1.0), ValueError, "math domain"),
    (lambda: dfdx.derivative(lambda x, y: x * y, 1.0), TypeError, "missing 1 required"),
    (lambda: dfdx.gradient(lambda x: [x, x], 1.0), TypeError, "Perhaps you meant jacobian"),
    (lambda: dfdx.gradient(square, np.array([1.0, 2.0])), TypeError, "shape (2,)"),
    (lambda: dfdx.gradient(total, np.array(["a"])), TypeError, "not an array of real numbers"),
    (lambda: dfdx.gradient(total, np.array([None])), TypeError, "object"),
    (lambda: dfdx.gradient(lambda d: d["a"], {"a": "s"}), TypeError, "['a'] is the text 's'"),
    (lambda: dfdx.gradient(lambda d: d["a"], {"a": 1.0, "b": None}), TypeError, "['b'] is None"),
    (lambda: dfdx.gradient(square), None, None),
    (lambda: dfdx.gradient(square)(), TypeError, "needs a point"),
    (lambda: dfdx.gradient(square, 1.0, wrt=3), IndexError, "no number 3"),
    (lambda: dfdx.gradient(square, 1.0, wrt="q"), TypeError, "no argument 'q'"),
    (lambda: dfdx.partial(lambda x, y: x, "q", 1, 2), TypeError, "its parameters: x, y"),
    (lambda: dfdx.partial(lambda x, y: x, 2.5, 1, 2), TypeError, "by its place or its name"),
    (lambda: dfdx.directional_derivative(square, 1, along=0), ValueError, "length zero"),
    (
        lambda: dfdx.directional_derivative(total, np.ones(2), along=np.ones(3)),
        ValueError,
        "shapes",
    ),
    (lambda: dfdx.directional_derivative(lambda x, y: x, 1, 2, along=(1,)), ValueError, "1 parts"),
    (lambda: dfdx.directional_derivative(square, 1), TypeError, "along"),
    (lambda: dfdx.tangent(square, 1.0)(1, 2), TypeError, "1 arguments vary, 2 were given"),
    (lambda: dfdx.tangent(total, np.ones(2)).push(1.0), ValueError, "shapes"),
    (lambda: dfdx.taylor(square, 0, order=-1), ValueError, "whole number"),
    (lambda: dfdx.taylor(square, 0, order=10**6), ValueError, "0 to 200"),
    (lambda: dfdx.taylor(abs, 0), dfdx.NotDifferentiable, "stands exactly on a break"),
    (lambda: dfdx.divergence(lambda x, y: (x,), 1, 2), ValueError, "1 components"),
    (lambda: dfdx.curl(lambda a, b, c, d: (a, b, c, d), 1, 2, 3, 4), ValueError, "4 dimensions"),
    (lambda: dfdx.rule(), TypeError, "needs the partial"),
    (lambda: dfdx.rule(lambda x: x), TypeError, "decorates"),
    (lambda: dfdx.formula(3), TypeError, "text"),
    (lambda: dfdx.formula("sin(x"), dfdx.FormulaError, "^"),
    (lambda: dfdx.nothing, AttributeError, "no attribute 'nothing'"),
]


@pytest.mark.parametrize(("do", "error", "says"), ERRORS)
def test_errors_say_what_happened(do, error, says):
    if error is None:
        do()
        return
    with pytest.raises(error, match=re.escape(says)):
        do()


def test_nan_and_inf_in_the_point_have_a_meaning():
    assert math.isnan(dfdx.derivative(square, math.nan))
    assert math.isnan(dfdx.derivative(np.sin, math.nan))
    assert dfdx.derivative(square, math.inf) == math.inf
    assert dfdx.derivative(np.arctan, math.inf) == 0.0
    np.testing.assert_array_equal(dfdx.gradient(total, np.array([1.0, np.nan])), [np.nan, np.nan])
    np.testing.assert_array_equal(
        dfdx.jacobian(square, np.array([1.0, np.nan])), [[2.0, 0.0], [np.nan, np.nan]]
    )


def test_where_the_function_is_nan_so_is_its_derivative():
    with np.errstate(invalid="ignore"):
        assert math.isnan(dfdx.derivative(np.log, -1.0))
        assert np.isnan(dfdx.gradient(lambda v: np.log(v).sum(), np.array([-1.0, 2.0]))).all()


def test_the_other_meanings_of_nan_and_inf():
    np.testing.assert_array_equal(
        dfdx.derivative(square, [1.0, np.nan, -np.inf]), [2.0, np.nan, -np.inf]
    )


def test_empty_arrays_have_empty_derivatives():
    assert dfdx.gradient(total, np.zeros(0)).shape == (0,)
    assert dfdx.gradient(total, np.zeros((0, 3))).shape == (0, 3)
    assert dfdx.jacobian(lambda v: v * 2, np.zeros(0)).shape == (0, 0)
    assert dfdx.hessian(total, np.zeros(0)).shape == (0, 0)
    assert dfdx.derivative(square, []).shape == (0,)


def test_a_constant_function_has_derivative_zero():
    assert dfdx.derivative(lambda x: 5, 2.0) == 0.0
    np.testing.assert_array_equal(dfdx.gradient(lambda v: 1.0, np.ones(3)), np.zeros(3))
    np.testing.assert_array_equal(dfdx.hessian(lambda v: v.sum(), np.ones(2)), np.zeros((2, 2)))
    np.testing.assert_array_equal(dfdx.jacobian(lambda v: np.ones(2), np.ones(3)), np.zeros((2, 3)))


def test_exact_demanded_of_what_cannot_be_traced():
    class Opaque:
        def __call__(self, x):
            return float(f" {x:.17g}") ** 2

    with pytest.raises(dfdx.NotTraceable, match="hides its numbers from the trace"):
        dfdx.derivative(Opaque(), 3.0, method="exact")
    found = dfdx.derivative(Opaque()).estimate(3.0)
    assert found.method == "differences"
    assert abs(found.value - 6.0) <= found.error < 1e-8
    assert "samples" in found.notes[0]


def test_a_swallowed_leak_is_still_a_leak():
    table = [0.0, 1.0, 4.0]

    def sly(x):
        try:
            return table[x] * float(np.asarray(x, dtype=complex).real)
        except BaseException:
            return x * x

    with pytest.raises(dfdx.NotTraceable, match="an index"):
        dfdx.derivative(sly, 3.0, method="exact")
    assert dfdx.derivative(sly).estimate(3.0).method == "complex step"
    assert abs(dfdx.derivative(sly, 3.0) - 6.0) < 1e-8
