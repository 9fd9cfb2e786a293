"""Values and coefficients rounded once: composites against mpmath (the cards: test_series)."""

import math
from random import Random

import mpmath
import pytest
from readings.series_truth import ulps

from dfdx.contraction import contraction
from dfdx.errors import NotDifferentiable
from dfdx.graph import Graph, constant, variable
from dfdx.numbers import pi
from dfdx.pointwise import Pointwise
from dfdx.readings.precise import precise_derivatives, precise_series, precise_value
from dfdx.rules.arithmetic import absolute
from dfdx.rules.choice import choose, less
from dfdx.rules.elementary import asinh, atan, cos, cosh, exp, log, sin, sqrt, tanh


def one(f):
    x = variable("x")
    return Graph([x], [f(x)])


def ten(x):
    """A composite of ten functions."""
    inner = log(1 + exp(sin(tanh(sqrt(1 + x * x) * atan(x)))))
    return inner * cosh(cos(x)) / (2 + asinh(x))


def mp_ten(x):
    m = mpmath
    inner = m.log(1 + m.exp(m.sin(m.tanh(m.sqrt(1 + x * x) * m.atan(x)))))
    return inner * m.cosh(m.cos(x)) / (2 + m.asinh(x))


@pytest.mark.parametrize("center", [0.5, -1.25, 3.0, 1e-3])
def test_ten_functions_to_order_20(center):
    (found,), digits, notes = precise_series(one(ten), [center], 20)
    with mpmath.workdps(150):
        wanted = mpmath.taylor(mp_ten, mpmath.mpf(center), 20)
        assert all(ulps(a, b) <= 0.51 for a, b in zip(found, wanted, strict=True))
    assert digits == 36 and not notes


def test_order_64():
    """A closed form: the coefficients of 1 / (1 + x^2) are those of cos((k + 1) arccos ...)."""
    (found,), _, _ = precise_series(one(lambda x: 1 / (1 + x * x)), [0.75], 64)
    with mpmath.workdps(60):
        z = mpmath.mpc(0.75, -1)
        for k, c in enumerate(found):
            wanted = (-1) ** k * mpmath.im(z ** -(k + 1))
            assert ulps(c, wanted) <= 0.51


def test_derivatives():
    (found,), _, _ = precise_derivatives(one(ten), [0.5], 12)
    with mpmath.workdps(120):
        coefficients = mpmath.taylor(mp_ten, mpmath.mpf(0.5), 12)
        for k, (a, c) in enumerate(zip(found, coefficients, strict=True)):
            assert ulps(a, c * math.factorial(k)) <= 0.51


def test_polynomials_of_the_goal():
    x, z = variable("x"), variable("z")
    graph = Graph([x, z], [x**2, x**3 + x**2, 2 * z**3 * x**2])
    (a, b, c), _, notes = precise_derivatives(graph, [0.1, 2.0], 2, along=[1.0, 0.0])
    assert a == [0.1**2, 0.2, 2.0]
    assert b == [float(_exact(3)), float(_exact_slope()), 2.6]
    assert c == [16 * 0.1**2, 3.2, 32.0] and not notes


def _exact(n):
    with mpmath.workdps(40):
        return mpmath.mpf(0.1) ** n + mpmath.mpf(0.1) ** 2


def _exact_slope():
    with mpmath.workdps(40):
        return 3 * mpmath.mpf(0.1) ** 2 + 2 * mpmath.mpf(0.1)


def test_values_where_doubles_lose_all_digits():
    graph = one(lambda x: (1e20 + x) - 1e20)
    assert precise_value(graph, [0.3])[0] == [0.3]
    graph = one(lambda x: (1 - cos(x)) / x**2)
    assert precise_value(graph, [1e-9])[0] == [0.5]


def test_known_constants():
    """sin(pi) is 0 where pi is meant, and what the float gives where the float is meant."""
    (values, _, notes) = precise_value(one(lambda x: sin(x * pi)), [1.0])
    assert values == [0.0] and not notes
    (values, _, notes) = precise_value(one(lambda x: sin(x * constant(math.pi))), [1.0])
    assert values == [math.sin(math.pi)]
    (found,), _, _ = precise_series(one(sin), [pi], 3)
    assert found[:3] == [0.0, -1.0, 0.0]


def test_what_vanishes_is_zero():
    """The odd coefficients of an even function, computed with rounding errors."""
    (found,), _, notes = precise_series(one(lambda x: exp(sin(x)) + exp(-sin(x))), [0.0], 9)
    assert found[1::2] == [0.0] * 5 and not notes
    (found,), _, notes = precise_series(one(lambda x: sin(x) ** 2 + cos(x) ** 2), [0.7], 9)
    assert found == [1.0] + [0.0] * 9 and not notes


def test_no_digit_is_certain():
    """The cosine of a number with hundreds of digits before its point."""
    (found,), digits, notes = precise_series(one(lambda x: cos(exp(exp(x)))), [6.5], 0)
    assert math.isnan(found[0]) and digits == 240
    assert notes == ["order 0: no digit is certain, even with 240 digits at work"]


def test_fall_back_to_doubles():
    odd = Pointwise("odd_function", (lambda y, x: 3 * x * x,), scalar=lambda x: x**3, mp=None)
    (found,), digits, notes = precise_series(one(odd), [2.0], 3)
    assert found == [8.0, 12.0, 6.0, 1.0] and digits == 15
    assert notes == ["computed in double precision: mpmath has no odd_function"]
    x = variable("x", (2,))
    graph = Graph([x], [contraction("i,i->")(x, x)])
    import numpy as np

    (values, _, notes) = precise_value(graph, [np.array([3.0, 4.0])])
    assert values == [25.0] and "not a finite number" in notes[0]


def test_raises_what_the_function_raises():
    with pytest.raises(ValueError, match="domain"):
        precise_series(one(log), [-1.0], 2)
    with pytest.raises(ZeroDivisionError):
        precise_series(one(lambda x: 1 / x), [0.0], 2)
    with pytest.raises(NotDifferentiable):
        precise_series(one(sqrt), [0.0], 2)


def test_branches():
    graph = one(lambda x: choose(less(x, 1), absolute(x), exp(x)))
    assert precise_series(graph, [-2.0], 2)[0] == [[2.0, -1.0, 0.0]]
    assert precise_series(graph, [1.0], 2)[0] == [[math.e, math.e, math.e / 2]]


def test_the_users_precision_stays():
    with mpmath.workdps(17):
        precise_value(one(ten), [0.5])
        assert mpmath.mp.dps == 17


def test_random_composites():
    """Two roads to the same number: precise coefficients of f g and of their product by hand."""
    random = Random(11)
    functions = [sin, cos, exp, tanh, atan, asinh, lambda x: log(3 + x), lambda x: 1 / (2 + x * x)]
    for _ in range(20):
        f, g, h = random.sample(functions, 3)
        c = random.uniform(-1, 1)
        (whole,), _, _ = precise_series(one(lambda x, f=f, g=g, h=h: f(g(x)) * h(x)), [c], 8)
        (left,), _, _ = precise_series(one(lambda x, f=f, g=g: f(g(x))), [c], 8)
        (right,), _, _ = precise_series(one(h), [c], 8)
        for k in range(9):
            terms = [left[j] * right[k - j] for j in range(k + 1)]
            assert whole[k] == pytest.approx(math.fsum(terms), abs=1e-15 * sum(map(abs, terms)))
