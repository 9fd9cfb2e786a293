"""What following costs where nothing is differentiated: rewritten functions on plain numbers.

Inside a trace, what does not depend on the variable is computed by rewritten code too.
Beside it the first meeting with a function: its source is found, checked and compiled.
"""

import math
import statistics
from fractions import Fraction
from time import perf_counter
from types import CellType, FunctionType

from dfdx.capture.calls import Following
from dfdx.capture.rewrite import rewritten
from dfdx.capture.routed import CALL, KNOWN

from .race import race
from .report import Section, number


def newton(x):
    """arithmetic and builtins: Newton's method"""
    y = x
    for _ in range(20):
        y = y - (y**3 - 2 * y - 5) / (3 * y**2 - 2)
        if abs(y) > 100:
            break
    return y


def polynomial(a, b):
    return a * a + b


def small_functions(x):
    """20 calls of a small function"""
    total = 0.0
    for k in range(10):
        total += polynomial(x, k) * polynomial(x + 1, k)
    return total


def functions_of_math(x):
    """a sum of sin and exp"""
    return sum(math.sin(k * x) * math.exp(-x) for k in range(10))


class Line:
    def __init__(self, slope):
        self.slope = slope

    def at(self, t):
        return self.slope * t + math.sqrt(t)


def objects(x):
    """an object made, two of its methods called"""
    line = Line(x)
    return line.at(2.0) + line.at(3.0)


def step(f, y, t, h):
    a = f(t, y)
    b = f(t + h / 2, y + h / 2 * a)
    c = f(t + h / 2, y + h / 2 * b)
    return y + h / 6 * (a + 2 * b + 2 * c + f(t + h, y + h * c))


def runge_kutta(x):
    """10 steps of Runge and Kutta, with a lambda"""
    y = 1.0
    for k in range(10):
        y = step(lambda t, y: -x * y + math.cos(t), y, k * 0.1, 0.1)
    return y


FUNCTIONS = (newton, small_functions, functions_of_math, objects, runge_kutta)


def first_meetings():
    """Milliseconds to rewrite functions of the standard library, and how many lines they have."""
    took, lines = 0.0, 0
    functions = [f for f in vars(statistics).values() if type(f) is FunctionType]
    functions += [f for f in vars(Fraction).values() if type(f) is FunctionType]
    with Following() as follow:
        cells = {CALL: CellType(follow), KNOWN: CellType(follow.known)}
        for f in functions:
            start = perf_counter()
            if rewritten(f, cells) is not None:
                took += perf_counter() - start
                lines += len({p[0] for p in f.__code__.co_positions()})
    return took * 1e3, len(functions), lines


def run():
    rows = [("on plain numbers", "plain, µs", "rewritten, µs", "ratio")]

    for f in FUNCTIONS:
        with Following() as follow:
            g = follow(f)
            best = race({"plain": lambda f=f: many(f), "rewritten": lambda g=g: many(g)}, turns=40)
        plain, other = best["plain"] / 100, best["rewritten"] / 100
        rows.append((f.__doc__, number(plain * 1e6), number(other * 1e6), number(other / plain)))
    took, count, lines = first_meetings()
    note = (
        f"The first meeting with a function takes {number(took / count)} ms, "
        f"{number(took / lines * 1e3)} µs a line ({count} functions of the standard library, "
        f"{number(lines / count)} lines each): its lines are parsed, compiled and compared with its "
        "code, rewritten, and compiled again."
    )
    return Section("Following calls, where nothing is differentiated", ABOUT, rows, note)


ABOUT = "A rewritten function does what the plain one does, and asks at every call who is called."


def many(f):
    for _ in range(100):
        y = f(0.5)
    return y
