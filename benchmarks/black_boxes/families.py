"""Families of functions made to mislead who samples: each drawn at random, from a seed.

Saw teeth that equal steps do not see, kinks and jumps at or just beside the point, narrow features
on smooth ground, staircases, edges of the domain at every distance, noise with gaps.
"""

import math
from collections.abc import Callable
from random import Random

from mpmath import mp

from .case import Case

FAMILIES: dict[str, Callable] = {}


def family(f):
    """Registers a function from a random generator to the arguments of a Case after its group."""
    FAMILIES[f.__name__.replace("_", " ")] = f
    return f


def drawn(count, seed):
    """So many cases of every family. A family is drawn anew where its function fails at the point."""
    cases = []
    for name, make in FAMILIES.items():
        rng = Random(f"{seed} {name}")
        for k in range(count):
            arguments, facts = make(rng)
            cases.append(Case(f"family: {name}", f"{seed}, {k}", *arguments, **facts))
    return cases


def _near(rng):
    return rng.uniform(-3, 3)


def _size(rng, low, high):
    return 10 ** rng.uniform(low, high)


def _sign(rng):
    return rng.choice((-1, 1))


@family
def saw_teeth(rng):
    p = rng.choice((1.0, 0.5, 0.1, 2.0, rng.uniform(0.05, 3)))
    a = rng.uniform(-2, 2)
    f = lambda x: x - p * math.floor(x / p) + a * x * x
    return (f, rng.uniform(-5, 5)), {"truth": lambda x: 1 + 2 * a * x}


@family
def kink_beside(rng):
    x, d, s = _near(rng), _sign(rng) * _size(rng, -9, 0), _size(rng, -6, 2)
    f = lambda t: math.sin(t) + s * abs(t - x - d)
    return (f, x), {"truth": lambda t: mp.cos(t) - math.copysign(s, d)}


@family
def jump_beside(rng):
    x, d, s = _near(rng), _sign(rng) * _size(rng, -9, 0), _size(rng, -9, 1)
    f = lambda t: math.exp(t / 2) + (s if t > x + d else 0.0)
    return (f, x), {"truth": lambda t: mp.exp(t / 2) / 2}


@family
def kink(rng):
    x = rng.choice((_near(rng), _size(rng, -6, 6), 0.0))
    s, c = _size(rng, -6, 3), rng.uniform(-2, 2)
    f = lambda t: c * math.cos(t) + s * abs(t - x)
    slope = -c * math.sin(x)
    return (f, x), {"exists": False, "left": slope - s, "right": slope + s}


@family
def jump(rng):
    x = rng.choice((_near(rng), _size(rng, -6, 6), 0.0))
    s = _size(rng, -9, 3)
    return (lambda t: math.cos(t) + (s if t >= x else 0.0), x), {"exists": False}


@family
def cusp(rng):
    x, p = rng.choice((0.0, 1.0, _near(rng))), rng.uniform(0.1, 0.9)
    f = lambda t: abs(t - x) ** p + math.sin(t)
    return (f, x), {"exists": False, "left": -math.inf, "right": math.inf}


@family
def power_above_1(rng):
    x, p = rng.choice((0.0, 1.0, _near(rng))), rng.uniform(1.1, 3.5)
    return (lambda t: abs(t - x) ** p + math.sin(t), x), {"truth": mp.cos}


@family
def plateau(rng):
    x, d, k = _near(rng), _size(rng, -4, 1), _size(rng, 0, 3)
    return (lambda t: 2.0 + k * max(0.0, t - x - d) ** 2, x), {"truth": lambda t: mp.mpf(0)}


@family
def narrow_bell(rng):
    x, w, a = _near(rng), _size(rng, -7, -1), _size(rng, -3, 1)
    c = x + w * rng.uniform(-2, 2)
    return (lambda t: math.sin(t) + a * math.exp(-(((t - c) / w) ** 2)), x), {}


@family
def ripple(rng):
    w, a = _size(rng, 1, 8), _size(rng, -9, 0)
    return (lambda t: math.exp(t / 3) + a * math.sin(w * t), _near(rng)), {}


@family
def table(rng):
    n = rng.randint(3, 30)
    heights = [rng.uniform(-1, 1) for _ in range(n + 1)]

    def f(t):
        k = min(max(int(t), 0), n - 1)
        return heights[k] + (t - k) * (heights[k + 1] - heights[k])

    def slope(t):
        k = min(int(t), n - 1)
        return mp.mpf(heights[k + 1]) - mp.mpf(heights[k])

    return (f, rng.uniform(0.01, n - 0.01)), {"truth": slope}


@family
def decimals(rng):
    a = _size(rng, -2, 3)
    k = rng.randint(max(1, math.ceil(1 - math.log10(a))), 12)  # at least ten steps
    return (lambda t: round(a * math.sin(t), k), rng.uniform(0.2, 3)), {}


@family
def staircase(rng):
    s = _size(rng, -6, -1)
    return (lambda t: s * round(math.exp(t) / s), rng.uniform(0.2, 3)), {}


@family
def edge_of_the_domain(rng):
    start = rng.choice((0.0, 1.0, _near(rng), 1e4))
    return (lambda t: math.sqrt(t - start), start + _size(rng, -10, 0)), {}


@family
def two_edges(rng):
    w, middle = _size(rng, -6, 0), rng.uniform(-2, 2)
    f = lambda t: math.asin((t - middle) / w) * w if abs(t - middle) <= w else math.nan
    slope = lambda t: 1 / mp.sqrt(1 - ((t - middle) / w) ** 2)
    return (f, middle + w * rng.uniform(-0.95, 0.95)), {"truth": slope}


@family
def normal_noise(rng):
    s, own = _size(rng, -12, -2), Random(rng.random())
    f = lambda t: math.sin(2 * t) + s * own.gauss()
    return (f, _near(rng)), {"truth": lambda t: 2 * mp.cos(2 * t)}


@family
def rare_noise(rng):
    s, own = _size(rng, -12, -3), Random(rng.random())
    f = lambda t: math.atan(t) + (s if own.random() < 0.1 else 0.0)
    return (f, _near(rng)), {"truth": lambda t: 1 / (1 + t * t)}


@family
def order_2_to_6(rng):
    w, n = _size(rng, -2, 2), rng.randint(2, 6)
    return (lambda t: math.sin(w * t) + math.exp(t), rng.uniform(-2, 2), n), {}


@family
def any_scale(rng):
    x = _sign(rng) * _size(rng, -290, 290)
    u = x / rng.uniform(0.3, 3)
    return (lambda t: math.sin(t / u), x), {}


@family
def power(rng):
    x = _sign(rng) * _size(rng, -30, 30)
    p = rng.choice((0.5, 1.5, -1, 3, -2.5, 7))
    return (lambda t: abs(t) ** p, x), {}


@family
def at_0(rng):
    w = _size(rng, -9, 9)
    return (lambda t: math.tanh(t * w) + math.cos(t * w), 0.0), {"truth": lambda t: mp.mpf(w)}
