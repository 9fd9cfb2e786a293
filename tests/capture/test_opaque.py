"""What cannot be looked into is one operation, and the rest of the function stays exact."""

import ctypes
import ctypes.util
import decimal
import math

import numpy as np
import pytest

import dfdx
from dfdx import derivative, gradient, hessian, jacobian, laplacian, taylor


def text(x):
    return float(" " + str(x))


def decimals(x):
    return float(decimal.Decimal(x).exp())


def both(x, y):
    return text(x) * text(y), decimals(y)


def table(xs):
    return np.array([text(x) ** 2 for x in xs] + [text(xs[0]) * text(xs[-1])])


def within(found, exact):
    found_value, error = np.ravel(found.value), np.ravel(found.error)
    return (np.abs(found_value - np.ravel(exact)) <= error + 1e-15 * np.abs(np.ravel(exact))).all()


def test_one_callee_is_sampled_and_named():
    def f(x, y):
        return y * math.sin(decimals(x)) + y**3

    found = gradient(f).estimate(0.5, 2.0)
    e = math.exp(0.5)
    assert found.method.startswith("differences of decimals, otherwise exact")
    assert any("decimals cannot be looked into" in note for note in found.notes)
    assert within(found, [2 * math.cos(e) * e, math.sin(e) + 12.0])
    assert found.value[1] == math.sin(decimals(0.5)) + 12.0  # no sample in it
    with pytest.raises(dfdx.NotTraceable):
        gradient(f, method="exact")(0.5, 2.0)


def test_a_function_of_a_c_library():
    name = ctypes.util.find_library("m")
    if name is None:
        pytest.skip("no C library of mathematics")
    library = ctypes.CDLL(name)
    library.cosh.restype, library.cosh.argtypes = ctypes.c_double, [ctypes.c_double]

    def f(x):
        return library.cosh(x) * x

    found = derivative(f).estimate(0.7)
    assert found.method.startswith("differences of cosh")
    assert abs(found.value - (math.cosh(0.7) + 0.7 * math.sinh(0.7))) <= found.error < 1e-11


def test_several_values_and_several_operands():
    def f(x, y):
        a, b = both(x, y)
        return a * b * x

    found = gradient(f).estimate(0.5, 0.3)
    assert found.method.startswith("differences of text, decimals")
    assert within(found, gradient(lambda x, y: x * y * math.exp(y) * x)(0.5, 0.3))


def test_arrays_in_and_out():
    def f(xs):
        return np.sum(np.sin(table(xs)) * xs[0])

    def plain(xs):
        return np.sum(np.sin(np.concatenate([xs**2, [xs[0] * xs[-1]]])) * xs[0])

    at = np.array([0.3, 1.1, -0.4])
    found = gradient(f).estimate(at)
    assert found.method.startswith("differences of")
    assert within(found, gradient(plain)(at))
    assert within(hessian(f).estimate(at), hessian(plain)(at))


@pytest.mark.parametrize("operator", [hessian, laplacian, jacobian])
def test_other_operators(operator):
    def f(x, y):
        return decimals(x * y) * y

    def plain(x, y):
        return math.exp(x * y) * y

    found = operator(f).estimate(0.4, 0.9)
    assert found.method.startswith("differences of decimals")
    assert within(found, operator(plain)(0.4, 0.9))


def test_higher_orders_of_a_function_of_one_number():
    def f(x):
        return decimals(x) * x

    found = taylor(f, order=4).estimate(0.0)
    assert found.method.startswith("differences of decimals")
    exact = [0.0, 1.0, 1.0, 0.5, 1 / 6]
    for c, e, true in zip(found.value.coefficients, found.error, exact, strict=True):
        assert abs(c - true) <= max(e, 1e-16) < 1e-8


def test_a_derivative_of_a_derivative():
    def f(x):
        return decimals(2 * x) + x**3

    found = derivative(derivative(f))(0.5)
    assert found == pytest.approx(4 * math.exp(1.0) + 3.0, rel=1e-9)


def test_a_callee_that_hands_numbers_on_through_its_closure_is_no_function_of_its_arguments():
    def f(x):
        def half():
            return float(" " + str(x)) / 2

        def scaled(y):
            return float(" " + str(y)) * float(" " + str(x))

        return half() + scaled(3.0 * x)

    found = derivative(f).estimate(2.0)
    assert found.method == "differences"
    assert found.value == pytest.approx(0.5 + 12.0, rel=1e-11)


def test_a_callee_that_changes_what_it_was_given_is_not_taken_for_a_function():
    def fill(buffer, x):
        buffer[0] = 2 * text(x)
        return text(x)

    def f(x):
        buffer = [0.0]
        y = fill(buffer, x)
        return y * buffer[0]

    assert derivative(f)(1.5) == pytest.approx(6.0, rel=1e-11)


def test_what_is_spent_by_the_first_call_is_not_called_again():
    def total(numbers):
        return sum(text(v) for v in numbers)

    def f(x):
        return total(x * k for k in (1.0, 2.0)) ** 2

    assert derivative(f)(2.0) == pytest.approx(36.0, rel=1e-11)


def test_a_callee_that_keeps_count_is_found_out():
    seen = []

    def leaky(x):
        seen.append(text(x))
        return seen[-1] * 0 + 1.0

    def f(x):
        return leaky(x) * seen[-1] ** 2

    assert derivative(f)(3.0) == pytest.approx(6.0, rel=1e-11)


def test_a_kink_of_the_callee_is_told():
    def size(x):
        return abs(text(x))

    def f(x):
        return size(x) + x**2

    with pytest.raises((dfdx.NotDifferentiable, dfdx.NotConverged)):
        derivative(f)(0.0)
    assert derivative(f)(1.0) == pytest.approx(3.0, rel=1e-11)


def test_a_kink_that_the_rest_takes_away_is_none():
    def size(x):
        return abs(text(x))

    assert derivative(lambda x: size(x) ** 2)(0.0) == pytest.approx(0.0, abs=1e-9)


def test_what_breaks_in_the_callee_says_nothing_of_the_whole():
    def size(x):
        return float(" " + str(abs(x)))

    f = lambda x: size(x) ** 2
    assert derivative(f).estimate(1.0).method.startswith("differences of size")
    assert derivative(f)(0.0) == pytest.approx(0.0, abs=1e-9)


def test_a_loop_of_calls():
    def f(x):
        total = 0.0
        for k in range(20):
            total += text(x * k) * math.cos(x)
        return total

    found = derivative(f).estimate(0.3)
    assert found.method.startswith("differences of text")
    assert within(found, 190 * (math.cos(0.3) - 0.3 * math.sin(0.3)))


def test_the_plain_function_is_not_changed():
    def f(x):
        return decimals(x)

    before = f(0.5), f.__code__, f.__globals__["decimals"]
    derivative(f)(0.5)
    assert (f(0.5), f.__code__, f.__globals__["decimals"]) == before


def test_an_answer_inside_another_says_so_too():
    def inner(x):
        return decimals(x) * x

    def outer(x):
        return derivative(inner)(x) * x

    assert "differences of decimals" in derivative(inner).estimate(0.5).method
    found = derivative(outer).estimate(0.5)
    e = math.exp(0.5)
    assert "differences" in found.method
    assert abs(found.value - (2.5 * e * 0.5 + 1.5 * e)) <= found.error < 1e-6
    with pytest.raises(dfdx.NotTraceable):
        derivative(outer, method="exact")(0.5)
