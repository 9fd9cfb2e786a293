"""One call of the gradient of a function made of 2,400 operations on numbers.

This is what people write first: a loop over plain numbers. Each library gets the
function in its own dialect; dfdx gets it in plain Python, with `math.sin`, unchanged.
"""

import inspect
import math
import tempfile
from pathlib import Path
from runpy import run_path
from time import perf_counter

import autograd
import autograd.numpy as anp
import casadi
import jax
import jax.numpy as jnp
import mygrad
import numpy as np
import torch

from dfdx import gradient
from dfdx.rules import elementary

from .race import race
from .report import Section, number, ratios

ROUNDS = 300
OPERATIONS = 8 * ROUNDS
POINT = [0.3, 0.7, 1.1, -0.4, 0.9]


def chain(sin, exp, tanh):
    """The function, 8 operations a round: 3 products, 2 sums, a difference, a quotient, a function."""
    unary = (sin, exp, tanh)

    def f(*x):
        a, b = x[0], x[1]
        for k in range(ROUNDS):
            w = unary[k % 3](a * b) + x[k % len(x)]
            a, b = b, w / (1.0 + w * w) - 0.5 * a
        return b

    return f


def with_autograd():
    f = chain(anp.sin, anp.exp, anp.tanh)
    return autograd.grad(f, argnum=tuple(range(len(POINT))))(*POINT)


def with_torch():
    xs = [torch.tensor(x, dtype=torch.float64, requires_grad=True) for x in POINT]
    chain(torch.sin, torch.exp, torch.tanh)(*xs).backward()
    return [float(x.grad) for x in xs]


def with_mygrad():
    xs = [mygrad.tensor(x) for x in POINT]
    chain(mygrad.sin, mygrad.exp, mygrad.tanh)(*xs).backward()
    return [float(x.grad) for x in xs]


def casadi_program():
    xs = casadi.SX.sym("x", len(POINT))
    y = chain(casadi.sin, casadi.exp, casadi.tanh)(*casadi.vertsplit(xs))
    return casadi.Function("g", [xs], [casadi.gradient(y, xs)])


def with_casadi():
    return np.array(casadi_program()(POINT)).ravel()


def with_jax():
    f = chain(jnp.sin, jnp.exp, jnp.tanh)
    return [float(g) for g in jax.grad(f, argnums=tuple(range(len(POINT))))(*POINT)]


def first_time(count=10):
    """Seconds of the first gradient of a function that dfdx has not met: the best of several functions."""
    source = inspect.getsource(chain)
    texts = [
        source.replace("chain(", f"chain{k}(").replace(" f(", f" f{k}(").replace(" f\n", f" f{k}\n")
        for k in range(count)
    ]
    best = math.inf
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "strangers.py"
        path.write_text(f"ROUNDS = {ROUNDS}\n\n" + "\n\n".join(texts), encoding="utf-8")
        strangers = run_path(str(path))
        for k in range(count):
            f = strangers[f"chain{k}"](math.sin, math.exp, math.tanh)
            start = perf_counter()
            gradient(f)(*POINT)
            best = min(best, perf_counter() - start)
    return best


def run():
    values = chain(math.sin, math.exp, math.tanh)
    ours = gradient(values)
    with_numpy = gradient(chain(np.sin, np.exp, np.tanh))
    with_cards = gradient(chain(elementary.sin, elementary.exp, elementary.tanh))
    best = race(
        {
            "dfdx, math.sin": lambda: ours(*POINT),
            "dfdx, np.sin": lambda: with_numpy(*POINT),
            "dfdx, its own sin": lambda: with_cards(*POINT),
            "autograd": with_autograd,
            "PyTorch, eager": with_torch,
            "JAX, eager": with_jax,
            "mygrad": with_mygrad,
            "CasADi SX, built and evaluated": with_casadi,
        }
    )
    base = best["dfdx, math.sin"]
    plain = race({"value": lambda: values(*POINT)}, turns=50)["value"]
    program = casadi_program()
    again = race({"again": lambda: np.array(program(POINT)).ravel()}, turns=50)["again"]
    return Section(
        "One gradient of a function of plain numbers",
        f"{OPERATIONS} operations, 5 variables, one call: nothing is compiled, no graph is kept. "
        "Time per operation, for value and gradient together.",
        ratios(best, OPERATIONS, "µs", "dfdx, math.sin"),
        f"autograd takes {number(best['autograd'] / base)} times as long as dfdx; dfdx takes "
        f"{number(base / plain)} times as long as Python needs for the value alone. The very first "
        f"gradient of a function takes {number(first_time() / base)} times as long as a later one: "
        "its source is read, and the trace is verified.\n\n"
        "Where one function is called thousands of times, a program that is built once serves "
        f"better: CasADi's, once built, takes {number(again / OPERATIONS * 1e6)} µs per operation "
        "(`jax.jit` is no help here: it compiles such an unrolled function for minutes).",
    )
