"""One derivative after another: what a call costs where the function is small, and many points at once.

dfdx traces anew at every call, so nothing can be stale; the peers do the same.
"""

import math

import autograd
import autograd.numpy as anp
import mygrad
import numpy as np
import torch

from dfdx import derivative, gradient

from .race import race
from .report import Section, number

POINTS = np.linspace(0.1, 2.0, 10_000)
FEW = POINTS[::50]


def polynomial(x):
    """3x³ − 2x + 1"""
    return 3 * x**3 - 2 * x + 1


def damped(sin, exp):
    def f(x):
        """e^(−x) sin 3x, with a branch"""
        if x > 1:
            return exp(-x) * sin(3 * x)
        return sin(3 * x) - x

    return f


def rosenbrock(x, y):
    """Rosenbrock's function of 2 numbers, its gradient"""
    return (1 - x) ** 2 + 100 * (y - x * x) ** 2


def by_torch(f, *point):
    xs = [torch.tensor(x, dtype=torch.float64, requires_grad=True) for x in point]
    f(*xs).backward()
    return [float(x.grad) for x in xs]


def by_mygrad(f, *point):
    xs = [mygrad.tensor(x) for x in point]
    f(*xs).backward()
    return [float(x.grad) for x in xs]


def single_calls():
    """For each small function: the contestants of one call."""
    point = (0.7, 1.3)
    plain, of_autograd = damped(math.sin, math.exp), damped(anp.sin, anp.exp)
    of_torch, of_mygrad = damped(torch.sin, torch.exp), damped(mygrad.sin, mygrad.exp)
    d, g, e = derivative(polynomial), gradient(rosenbrock), derivative(plain)
    yield (
        polynomial.__doc__,
        lambda: polynomial(0.7),
        {
            "dfdx": lambda: [d(0.7)],
            "autograd": lambda: [autograd.grad(polynomial)(0.7)],
            "mygrad": lambda: by_mygrad(polynomial, 0.7),
            "torch": lambda: by_torch(polynomial, 0.7),
        },
    )
    yield (
        plain.__doc__,
        lambda: plain(0.7),
        {
            "dfdx": lambda: [e(0.7)],
            "autograd": lambda: [autograd.grad(of_autograd)(0.7)],
            "mygrad": lambda: by_mygrad(of_mygrad, 0.7),
            "torch": lambda: by_torch(of_torch, 0.7),
        },
    )
    yield (
        rosenbrock.__doc__,
        lambda: rosenbrock(*point),
        {
            "dfdx": lambda: g(*point),
            "autograd": lambda: autograd.grad(rosenbrock, argnum=(0, 1))(*point),
            "mygrad": lambda: by_mygrad(rosenbrock, *point),
            "torch": lambda: by_torch(rosenbrock, *point),
        },
    )


def run():
    names = ("dfdx", "torch", "autograd", "mygrad")
    rows = [("µs per call", *names, "dfdx / value")]
    for title, value, racers in single_calls():
        best = race({name: times(run, 50) for name, run in racers.items()}, turns=30)
        plain = race({"value": times(value, 50)}, turns=30)["value"]
        cells = [number(best[name] / 50 * 1e6) for name in names]
        rows.append((title, *cells, number(best["dfdx"] / plain)))
    e, f = derivative(damped(math.sin, math.exp)), damped(torch.sin, torch.exp)
    of_autograd, of_mygrad = damped(anp.sin, anp.exp), damped(mygrad.sin, mygrad.exp)
    one = race(
        {
            "dfdx": lambda: [e(x) for x in FEW.tolist()],
            "torch": lambda: [by_torch(f, x)[0] for x in FEW.tolist()],
            "autograd": lambda: [autograd.grad(of_autograd)(x) for x in FEW.tolist()],
            "mygrad": lambda: [by_mygrad(of_mygrad, x)[0] for x in FEW.tolist()],
        },
        turns=5,
    )
    many = race({"map": lambda: e(POINTS)}, turns=10)["map"] / len(POINTS)
    value = damped(math.sin, math.exp)
    plain = race({"value": lambda: [value(x) for x in POINTS.tolist()]}, turns=10)["value"]
    rows.append(
        (
            "the second at 10,000 points, per point",
            number(many * 1e6),
            *(number(one[name] / len(FEW) * 1e6) for name in names[1:]),
            number(many / plain * len(POINTS)),
        )
    )
    return Section("Small functions, called again and again", ABOUT, rows)


def times(run, count):
    """`run` called so many times."""

    def many():
        for _ in range(count):
            y = run()
        return y

    return many


ABOUT = (
    "The whole call: argument, trace, sweep, answer. No trace is kept from one call to the next, so a "
    "changed global, attribute, list or array is always seen, and there are no guards to pay for. At "
    "an array of points one trace serves all points that take its branches; the peers are called point by "
    "point."
)
