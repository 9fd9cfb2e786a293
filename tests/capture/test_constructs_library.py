"""The standard library around numbers: math, cmath, statistics, itertools, operator, collections, copy."""

import bisect
import cmath
import collections
import copy
import heapq
import itertools
import math
import operator
import random
import statistics
import types
from fractions import Fraction

import mpmath as mp
import pytest
from constructs import Constructs, exactly

construct = Constructs()

ONE = {
    "sin": mp.sin, "cos": mp.cos, "tan": mp.tan, "asin": mp.asin, "acos": mp.acos, "atan": mp.atan,
    "sinh": mp.sinh, "cosh": mp.cosh, "tanh": mp.tanh, "asinh": mp.asinh, "atanh": mp.atanh,
    "exp": mp.exp, "expm1": mp.expm1, "log": mp.log, "log1p": mp.log1p, "log2": lambda x: mp.log(x, 2),
    "log10": mp.log10, "sqrt": mp.sqrt, "cbrt": mp.cbrt, "exp2": lambda x: 2**x, "erf": mp.erf,
    "erfc": mp.erfc, "gamma": mp.gamma, "lgamma": mp.loggamma, "degrees": mp.degrees,
    "radians": mp.radians, "fabs": mp.fabs,
}  # fmt: skip


@pytest.mark.parametrize("name", ONE)
def test_math_of_one_number(name):
    function = getattr(math, name)
    exactly(lambda x: function(x) + 0.0, 0.7, ONE[name])


TWO = {
    "pow": lambda x: x ** (2 * x), "atan2": lambda x: mp.atan2(x, 2 * x + x**2),
    "hypot": lambda x: mp.hypot(x, 2 * x), "log": lambda x: mp.log(x, 2 * x), "copysign": lambda x: x,
    "fmod": lambda x: x, "remainder": lambda x: x - 2 * x * 0,
}  # fmt: skip


@construct(0.7, lambda x: x ** (2 * x) + mp.atan2(x, 3.0) + mp.log(3.0, x) + mp.acosh(1 + x))
def math_of_two_numbers(x):
    return math.pow(x, 2 * x) + math.atan2(x, 3.0) + math.log(3.0, x) + math.acosh(1 + x)


@construct(0.7, lambda x: x + 7 * x - 4 + 1.5 * x * 8 + mp.sqrt(x**2 + 4) + 6 * x + x**2 * 2)
def more_of_math(x):
    fraction, whole = math.modf(7 * x)
    mantissa, exponent = math.frexp(x)
    y = math.copysign(x, 1.0) + fraction + (whole - 4) + math.ldexp(1.5 * x, 3)
    y += math.dist((x, 1.0), (0.0, 3.0)) + math.fsum([x, 2 * x, 3 * x]) + math.prod([x, x, 2.0])
    return y + 0 * (mantissa + exponent) + 0 * math.comb(5, 2)


@construct(0.7, lambda x: mp.exp(x) * mp.cos(2 * x) + 5 * x**2 + mp.atan2(2 * x, x))
def complex_arithmetic(x):
    z = complex(x, 2 * x)
    w = cmath.exp(z) + 0j
    return w.real + abs(z) ** 2 + cmath.phase(z)


@construct(
    0.7,
    lambda x: (
        mp.sin(x)
        + mp.re(mp.sqrt(mp.mpc(x, 1)))
        + mp.im(mp.log(mp.mpc(1, x)))
        + mp.re((1 + 1j * x) ** 3)
    ),
)
def complex_literals(x):
    z = 1 + 1j * x
    return (cmath.exp(1j * x)).imag + cmath.sqrt(x + 1j).real + cmath.log(z).imag + (z**3).real


@construct(
    0.7, lambda x: mp.re(1 / (mp.mpc(2, 3) + mp.mpc(0, 1) * x)) + mp.fabs(mp.mpc(1, 1) * x - 2j)
)
def complex_division(x):
    impedance = 1 / (2 + 3j + 1j * x)
    return impedance.real + abs((1 + 1j) * x - 2j)


@construct(0.3, lambda x: mp.fabs((mp.mpc(x, 0.2) ** 2 + mp.mpc(x, 0.2)) ** 2 + mp.mpc(x, 0.2)))
def mandelbrot(x):
    c = z = complex(x, 0.2)
    for _ in range(2):
        if abs(z) > 2:
            break
        z = z * z + c
    return abs(z)


@construct(
    0.7, lambda x: mp.re(mp.sin(mp.mpc(x, 1)) * mp.cosh(mp.mpc(1, x)) / mp.tan(mp.mpc(x, 2)))
)
def complex_functions(x):
    return (cmath.sin(complex(x, 1)) * cmath.cosh(complex(1, x)) / cmath.tan(complex(x, 2))).real


@construct(0.7, lambda x: mp.re(mp.mpc(1, 2) ** mp.mpc(x, 1)) + 2 * mp.cos(x) + x)
def complex_powers_and_polar(x):
    r, phi = cmath.polar(complex(2 * mp_free_cos(x), 0))
    return ((1 + 2j) ** complex(x, 1)).real + r + 0 * phi + (complex(x, 1).conjugate() * 1).real


def mp_free_cos(x):
    return math.cos(x)


@construct(0.7, lambda x: (x + 1 + x**2) / 3 + mp.sqrt(((x - 1) ** 2) / 2) + mp.cbrt(x * 2 * 4) + x)
def statistics_functions(x):
    y = statistics.mean([x, 1.0, x**2]) + statistics.stdev([x, 1.0])
    return y + statistics.geometric_mean([x, 2.0, 4.0]) + statistics.median([x, 0.0, 1.0])


@construct(
    0.7,
    lambda x: (
        3 / (1 / x + 1 / (2 * x) + 1)
        + (x + 2.0 * 3) / 4
        + (x - 0.35) ** 2 / 2
        + 0.25 * (x - 0.0) ** 2
    ),
)
def more_statistics(x):
    y = statistics.harmonic_mean([x, 2 * x, 1.0]) + statistics.fmean([x, 2.0], weights=[1.0, 3.0])
    return (
        y
        + 0 * statistics.linear_regression([1.0, 2.0, 4.0], [x, 1.0, 2.0]).slope
        + statistics.pvariance([x, 0.0])
        + (x - 0.35) ** 2 / 2
    )


@construct(
    0.7,
    lambda x: (x * 2 + mp.exp(x)) + x**2 + 8 * x**3 + (2 * x - x) * 2 + 3 * x + (1 + 3) * x + 2 * x,
)
def itertools_functions(x):
    y = sum(
        itertools.starmap(
            math.fma if False else lambda a, b: a * math.exp(b), [(x * 2, 0.0), (1.0, x)]
        )
    )
    y += sum(math.prod(p) for p in itertools.product([x], [x]))
    *_, last = itertools.accumulate([x, 2 * x, 4 * x], operator.mul)
    y += last
    y += sum((b - a) * 2 for a, b in itertools.pairwise([x, 2 * x]))
    y += sum(itertools.chain([x], [2 * x]))
    y += sum(k * x for k in itertools.islice(itertools.count(1, 2), 2))
    for _, group in itertools.groupby([x, x, 3.0], key=lambda v: math.floor(v)):
        y += sum(group) if len(list(itertools.repeat(0, 2))) == 2 and _ == 0 else 0.0
    return y


@construct(0.7, lambda x: mp.sin(x) + 2 * mp.sin(2 * x) + mp.exp(x))
def map_filter_zip(x):
    y = sum(map(operator.mul, [1.0, 2.0], map(math.sin, [x, 2 * x])))
    kept = list(filter(lambda v: math.sin(v) > 0, [x, -x]))
    for k, (a, _) in enumerate(zip(kept, reversed(kept), strict=True)):
        y += math.exp(a) * (1 - k)
    return y


@construct(0.7, lambda x: x + 3 - 2 * x + x / 2 + x**2 - x + x * 2)
def operator_functions(x):
    y = operator.add(x, 3.0) - operator.mul(2.0, x) + operator.truediv(x, 2.0) + operator.pow(x, 2)
    y += operator.neg(x) + operator.itemgetter(1)([0.0, x])
    point = types.SimpleNamespace(x=x)
    return y + operator.attrgetter("x")(point) + operator.abs(0 * x)


@construct(0.7, lambda x: 6 * x + mp.exp(x) + x + 3 * x + x)
def containers(x):
    queue = collections.deque([x, 2 * x], maxlen=3)
    queue.append(3 * x)
    table = collections.defaultdict(float)
    table["a"] += math.exp(x)
    heap = [(3.0, x), (1.0, 2 * x), (2.0, 3 * x)]
    heapq.heapify(heap)
    heapq.heappush(heap, (0.5, x))
    counts = collections.Counter({"a": x})
    counts["a"] += 0.0
    y = sum(queue) + table["a"] + heapq.heappop(heap)[1]
    y += collections.OrderedDict(a=3 * x)["a"] + counts["a"]
    return y


@construct(0.7, lambda x: x + 2 * x + x**2)
def heaps_of_numbers(x):
    heap = []
    for value in (2 * x, x, x**2, 5.0):
        heapq.heappush(heap, value)
    small = heapq.nsmallest(1, [3.0, x])[0]
    return (
        small + heapq.nlargest(1, [2 * x, 0.1], key=lambda v: math.exp(v))[0] + heapq.heappop(heap)
    )


@construct(0.7, lambda x: mp.sin(x) + x**2 + 3)
def copies(x):
    values = {"a": [x, math.sin(x)], "b": x**2}
    deep = copy.deepcopy(values)
    values["a"][1] = 0.0
    return deep["a"][1] + copy.copy(deep)["b"] + 3 + 0 * copy.copy(x)


PARAMETERS = {"rate": 2.0, "shape": {"k": 3.0}}


@construct(0.7, lambda x: mp.exp(-2 * x) * 3 + x)
def parameters_in_a_dictionary(x):
    p = {**PARAMETERS, "x": x}
    p.update(y=math.exp(-p["rate"] * p["x"]))
    return p["y"] * p["shape"]["k"] + p.get("z", x)


@construct(0.7, lambda x: x / 2 + mp.mpf(1) / 3)
def fractions(x):
    return Fraction(1, 2) * x + Fraction(1, 3)


@construct(0.7, lambda x: 2.0 + (3.0 - 2.0) * (x * 4 - 2))
def a_table_looked_up(x):
    grid, values = [0.0, 0.25, 0.5, 0.75, 1.0], [0.0, 1.0, 2.0, 3.0, 4.0]
    k = bisect.bisect(grid, x) - 1
    t = (x - grid[k]) / (grid[k + 1] - grid[k])
    return values[k] + (values[k + 1] - values[k]) * t


@construct(0.7, lambda x: 0)
def random_numbers_as_constants(x):
    rng = random.Random(3)
    return sum(rng.gauss(0.0, 1.0) for _ in range(3)) + 0 * math.sin(x)


@construct(0.7, lambda x: x * 2 + mp.sin(x) * 3)
def sums_with_a_start(x):
    return sum([x, x], start=0.0) + sum((math.sin(x) for _ in range(3)), 0.0)


test_construct = construct.test()
