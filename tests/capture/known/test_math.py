"""Every function of math on traced numbers: its derivative, its errors, and itself on plain numbers."""

import math

import mpmath as mp
import pytest
from constructs import exactly

from dfdx import derivative
from dfdx.capture.calls import Following
from dfdx.capture.known.math import stand_ins

ONE = {
    "acos": mp.acos, "acosh": mp.acosh, "asin": mp.asin, "asinh": mp.asinh, "atan": mp.atan,
    "atanh": mp.atanh, "cbrt": mp.cbrt, "cos": mp.cos, "cosh": mp.cosh, "degrees": mp.degrees,
    "erf": mp.erf, "erfc": mp.erfc, "exp": mp.exp, "exp2": lambda x: 2**x, "expm1": mp.expm1,
    "fabs": mp.fabs, "gamma": mp.gamma, "lgamma": mp.loggamma, "log": mp.log, "log10": mp.log10,
    "log1p": mp.log1p, "log2": lambda x: mp.log(x, 2), "radians": mp.radians, "sin": mp.sin,
    "sinh": mp.sinh, "sqrt": mp.sqrt, "tan": mp.tan, "tanh": mp.tanh,
}  # fmt: skip
# what is constant between jumps, or takes whole numbers
STEPS = {"ceil", "floor", "trunc", "isnan", "isinf", "isfinite", "isclose"}
WHOLE = {"comb", "perm", "factorial", "gcd", "lcm", "isqrt"}
OPAQUE = {"nextafter", "ulp"}
MORE = {
    "atan2": (lambda x: math.atan2(x, 1 - x), lambda x: mp.atan2(x, 1 - x)),
    "copysign": (lambda x: math.copysign(x, -3.0), lambda x: -x),
    "dist": (lambda x: math.dist([x, 1.0], [3.0, x]), lambda x: mp.sqrt((x - 3) ** 2 + (1 - x) ** 2)),
    "fma": (lambda x: math.fma(x, x, 2.0), lambda x: x * x + 2),
    "fmax": (lambda x: math.fmax(x, 0.1), lambda x: x),
    "fmin": (lambda x: math.fmin(x, 10.0), lambda x: x),
    "fmod": (lambda x: math.fmod(7 * x, 2.0), lambda x: 7 * x),
    "frexp": (lambda x: math.frexp(x)[0] * math.frexp(x)[1], lambda x: x * mp.frexp(1.3)[1] / 2),
    "fsum": (lambda x: math.fsum([x, x * x, 1.0]), lambda x: x + x * x),
    "hypot": (lambda x: math.hypot(x, 2 * x, 3.0) + math.hypot(x), lambda x: mp.sqrt(5 * x * x + 9) + x),
    "ldexp": (lambda x: math.ldexp(x, 3), lambda x: 8 * x),
    "modf": (lambda x: math.modf(x)[0] ** 2, lambda x: (x - 1) ** 2),
    "pow": (lambda x: math.pow(x, x), lambda x: x**x),
    "prod": (lambda x: math.prod([x, x, 3.0], start=x), lambda x: 3 * x**3),
    "remainder": (lambda x: math.remainder(7 * x, 2.0 * x + 1), lambda x: 7 * x - 3 * (2 * x + 1)),
    "sumprod": (lambda x: math.sumprod([x, 2.0], [x, x]), lambda x: x * x + 2 * x),
}  # fmt: skip
DOMAINS = {"acos": (0.3, -0.6), "asin": (0.3, -0.6), "atanh": (0.3, -0.6), "acosh": (1.3, 40.0)}


def test_every_function_is_tested():
    names = {name for name in dir(math) if callable(getattr(math, name)) and name[0] != "_"}
    assert names - STEPS - WHOLE - OPAQUE <= {*ONE, *MORE}


@pytest.mark.parametrize("name", ONE)
def test_of_one_number(name):
    function = getattr(math, name)
    for x in DOMAINS.get(name, (0.3, 1.3, 5.7)):
        exactly(lambda x: function(x) * 1.0, x, ONE[name])


@pytest.mark.parametrize("name", [name for name in MORE if hasattr(math, name)])
def test_of_more(name):
    exactly(MORE[name][0], 1.3, MORE[name][1])


def test_logarithms_to_a_base():
    exactly(lambda x: math.log(x, 3), 1.7, lambda x: mp.log(x, 3))
    exactly(lambda x: math.log(3, x), 1.7, lambda x: mp.log(3, x))
    exactly(lambda x: math.log(x, x + 1), 1.7, lambda x: mp.log(x, x + 1))


def test_whole_numbers_count():
    f = lambda x: x * math.comb(5, 2) * math.factorial(3) * math.gcd(4, 6) * math.isqrt(17)
    assert derivative(f, 2.0) == 10 * 6 * 2 * 4


@pytest.mark.parametrize("name", sorted(STEPS - {"isclose"}))
def test_steps(name):
    assert derivative(lambda x: getattr(math, name)(x) + 3 * x, 1.7) == 3


@pytest.mark.parametrize(
    "f, x",
    [
        (lambda x: math.log(x), -1.0),
        (lambda x: math.log(x), 0.0),
        (lambda x: math.sqrt(x), -1.0),
        (lambda x: math.exp(x), 1000.0),
        (lambda x: math.acos(x), 2.0),
        (lambda x: math.gamma(x), -1.0),
        (lambda x: math.pow(x, 0.5), -1.0),
        (lambda x: math.fmod(x, 0.0), 1.0),
        (lambda x: math.sin(x, x), 1.0),
        (lambda x: math.sqrt("a"), 1.0),
        (lambda x: math.cosh(x), 1e4),
    ],
)
def test_errors_are_those_of_math(f, x):
    with pytest.raises((ValueError, ArithmeticError, TypeError)) as plain:
        f(x)
    with pytest.raises(plain.type):
        derivative(f, x)


def test_on_plain_numbers_nothing_changes():
    """Within a trace, what does not depend on x is computed by math itself, bit by bit."""
    for function, other in stand_ins().items():
        for args in ((0.3,), (3,), (0.3, 1.7), (3, 2), ([0.1] * 10,), ([1.0, 2.0], [3.0, 4.0])):
            try:
                expected = function(*args)
            except (TypeError, ValueError):
                continue
            found = other(*args)
            assert repr(found) == repr(expected), (function, args)


def test_a_function_is_known_under_every_name():
    with Following() as follow:
        assert follow(math.sin) is follow(getattr(math, "sin"))  # noqa: B009
        assert follow(len) is len
