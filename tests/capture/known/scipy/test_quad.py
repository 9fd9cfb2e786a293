"""scipy.integrate.quad and its kin: Leibniz's rule, by argument, closure and bound."""

import math
from concurrent.futures import ThreadPoolExecutor

import mpmath as mp
import numpy as np
import pytest
from scipy import integrate
from scipy.special import jv
from trials import refused, right

from dfdx import derivative

V = np.array([0.7, 1.3, 0.4])


def by_closure(p, q):
    return integrate.quad(lambda t: math.exp(-p * t) * math.sin(q * t), 0, 2)[0]


def by_argument(p, q):
    def f(t, a, b):
        return a * t**2 + b

    return integrate.quad(f, 0, 1, args=(p, q))[0]


class Spring:
    def __init__(self, k):
        self.k = k

    def force(self, x):
        return self.k * x**3


TRIALS = {
    "closure": (by_closure, 1.3, 2.2),
    "args": (by_argument, 1.3, 2.2),
    "one argument": (lambda p: integrate.quad(lambda t, a: np.cos(a * t), 0, 1, args=p)[0], 1.3),
    "method": (lambda k, b: integrate.quad(Spring(k).force, 0, b)[0], 1.3, 0.8),
    "bounds": (lambda a, b: integrate.quad(np.exp, a, b)[0], 0.3, 1.2),
    "all": (lambda a, b, p: integrate.quad(lambda t: t**p, a, b)[0], 0.3, 1.2, 1.6),
    "reversed bounds": (lambda a: integrate.quad(math.cos, 2.0, a)[0], 0.4),
    "to infinity": (lambda p: integrate.quad(lambda t: np.exp(-p * t * t), 0, np.inf)[0], 1.3),
    "both infinities": (
        lambda m, s: integrate.quad(lambda t: t * np.exp(-((t - m) ** 2) / s), -np.inf, np.inf)[0],
        0.3,
        1.2,
    ),
    "from a bound to infinity": (lambda a: integrate.quad(lambda t: 1 / (1 + t**4), a, np.inf)[0], 0.4),
    "points": (lambda p: integrate.quad(lambda t: abs(t - 0.3) ** p, 0, 1, points=[0.3])[0], 1.5),
    "singular end": (lambda p: integrate.quad(lambda t: math.cos(p * t) / math.sqrt(t), 0, 1)[0], 1.5),
    "cosine weight": (
        lambda p: integrate.quad(lambda t: math.exp(-p * t), 0, 1, weight="cos", wvar=3.0)[0],
        1.5,
    ),
    "algebraic weight": (
        lambda p: integrate.quad(lambda t: math.exp(p * t), 0, 1, weight="alg", wvar=(-0.5, 0.2))[0],
        0.8,
    ),
    "branch at a fixed place": (
        lambda p: integrate.quad(lambda t: p * t if t < 0.5 else p**2, 0, 1, points=[0.5])[0],
        1.2,
    ),
    "vector": (lambda v: integrate.quad(lambda t: np.dot(v, [1, t, t * t]) ** 2, 0, 1)[0], V),
    "vector in a loop": (
        lambda v: [integrate.quad(lambda t, a=a: math.sin(a * t), 0, 1)[0] for a in v],
        V,
    ),
    "nested": (
        lambda p: integrate.quad(lambda t: integrate.quad(lambda s: math.exp(-p * s * t), 0, t)[0], 0, 1)[0],
        1.2,
    ),
    "special function": (lambda p: integrate.quad(lambda t: jv(0, p * t), 0, 1)[0], 1.7),
    "both parts": (lambda p: sum(integrate.quad(lambda t: t**p, 0, p)[:1]) * p, 1.2),
    "dblquad": (lambda p: integrate.dblquad(lambda y, x: x * y**p, 0, 1, 0, 2)[0], 1.2),
    "dblquad, bounds": (
        lambda p, b: integrate.dblquad(lambda y, x: p * x * y, 0, b, lambda x: 0, lambda x: x**p)[0],
        1.2,
        0.8,
    ),
    "dblquad, args": (
        lambda p: integrate.dblquad(lambda y, x, a: a * x * y, 0, 1, 0, lambda x: 1 - x, args=(p,))[0],
        1.2,
    ),
    "tplquad": (
        lambda p: integrate.tplquad(lambda z, y, x: p * x * y * z, 0, 1, 0, p, 0, lambda x, y: x + y)[0],
        1.2,
    ),
    "nquad": (
        lambda p, b: integrate.nquad(lambda x, y: np.exp(-p * x * y), [[0, b], [0, 1]])[0],
        1.2,
        0.7,
    ),
}  # fmt: skip


ROUGH = {"points", "dblquad"}  # SciPy's own number, in its eighth digit


@pytest.mark.parametrize("name", TRIALS)
def test_right(name):
    f, *point = TRIALS[name]
    repeated = name.startswith(("dbl", "tpl", "nquad", "nested", "points"))
    right(f, *point, rtol=1e-5 if name in ROUGH else 3e-8, second=not repeated)


def test_digits():
    """d/dp ∫ exp(−p t) sin(q t) dt from 0 to 2, against mpmath."""
    e = derivative(lambda p: by_closure(p, 2.2)).estimate(1.3)
    wanted = -mp.quad(lambda t: t * mp.exp(-1.3 * t) * mp.sin(2.2 * t), [0, 2])
    assert e.value == pytest.approx(float(wanted), rel=1e-13)
    assert "exact" in e.method


JUMPS = {  # a jump at a place that moves has its share; SciPy's own number moves in steps then
    "a step": (lambda p: integrate.quad(lambda t: 1.0 if t < p else 0.0, 0, 1)[0], lambda p: 1.0),
    "two branches": (
        lambda p: integrate.quad(lambda t: p if t < p else p**2, 0, 1)[0],
        lambda p: 4 * p - 3 * p * p,
    ),
    "a reversed range": (
        lambda p: integrate.quad(lambda t: t if t * t < p else 0.0, 1, 0)[0],
        lambda p: -0.5,
    ),
    "heaviside": (
        lambda p: integrate.quad(lambda t: np.heaviside(p - t, 0.5) * p, 0, 1)[0],
        lambda p: 2 * p,
    ),
    "sign": (lambda p: integrate.quad(lambda t: np.sign(t - p) * t, 0, 1)[0], lambda p: -2 * p),
    "a place by a bound": (
        lambda p: integrate.quad(lambda t: float(t > p * p), 0, p)[0],
        lambda p: 1 - 2 * p,
    ),
}  # fmt: skip


@pytest.mark.filterwarnings("ignore::scipy.integrate.IntegrationWarning")
@pytest.mark.parametrize("name", JUMPS)
def test_jumps(name):
    f, slope = JUMPS[name]
    e = derivative(f).estimate(0.4)
    assert e.value == pytest.approx(slope(0.4), rel=1e-12)
    assert "exact" in e.method


BENDS = {
    "abs": lambda p: integrate.quad(lambda t: abs(t - p), 0, 1)[0] / 2,
    "max": lambda p: integrate.quad(lambda t: max(t - p, 0), 0, 1)[0],
    "minimum": lambda p: integrate.quad(lambda t: np.minimum(t - p, 0), 0, 1)[0] * -1,
}


@pytest.mark.parametrize("name", BENDS)
def test_kinks_that_move_bend_the_integral(name):
    assert derivative(derivative(BENDS[name]))(0.4) == pytest.approx(1.0, rel=1e-12)


REFUSED = {
    "a moving weight": (
        lambda b: integrate.quad(math.exp, 0, b, weight="cos", wvar=3.0)[0],
        1.0,
    ),
    "options": (lambda p: integrate.quad(lambda t: p * t, 0, 1, points=[p])[0], 0.3),
    "a staircase": (lambda p: integrate.quad(lambda t: math.floor(t + p), 0, 1)[0], 0.3),
}


@pytest.mark.filterwarnings("ignore::scipy.integrate.IntegrationWarning")
@pytest.mark.parametrize("name", REFUSED)
def test_refused(name):
    refused(*REFUSED[name])


def test_errors_of_the_integrand_come_through():
    with pytest.raises(ValueError, match="mine"):
        derivative(lambda p: integrate.quad(_raising, 0, p)[0])(1.0)


def _raising(t):
    raise ValueError("mine")


def test_integrals_in_several_threads():
    """What one trace notes is not touched by the callbacks of another."""

    def f(p):
        total = 0.0
        for k in range(6):
            total = total + (p if p > 0.1 * k else -p) * integrate.quad(lambda t: t**p, 0, 1)[0]
        return total

    points = np.linspace(0.25, 0.95, 8)
    alone = [derivative(f, p) for p in points]
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(lambda p: derivative(f, p), points))
    assert together == alone
