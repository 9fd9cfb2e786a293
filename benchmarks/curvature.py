"""The Hessian of Rosenbrock's function of five variables."""

import autograd
import casadi
import jax
import jax.numpy as jnp
import numdifftools
import numpy as np
import torch

from dfdx import hessian

from .race import race
from .report import Section, ratios

POINT = np.array([-1.2, 1.0, 0.5, 0.8, 1.3])


def rosenbrock(x):
    """The banana valley, element by element, as it is written in textbooks."""
    return sum(
        100.0 * (x[i + 1] - x[i] * x[i]) ** 2 + (1.0 - x[i]) ** 2 for i in range(len(POINT) - 1)
    )


def with_torch():
    return torch.autograd.functional.hessian(rosenbrock, torch.tensor(POINT)).numpy()


def with_casadi():
    xs = casadi.SX.sym("x", len(POINT))
    matrix, _ = casadi.hessian(rosenbrock(xs), xs)
    return np.array(casadi.Function("h", [xs], [matrix])(POINT))


def run():
    eager = jax.hessian(rosenbrock)
    best = race(
        {
            "dfdx": lambda: hessian(rosenbrock)(POINT),
            "autograd": lambda: autograd.hessian(rosenbrock)(POINT),
            "PyTorch, eager": with_torch,
            "JAX, eager": lambda: eager(jnp.asarray(POINT)),
            "CasADi SX, built and evaluated": with_casadi,
            "numdifftools (differences)": lambda: numdifftools.Hessian(rosenbrock)(POINT),
        },
        digits={"numdifftools (differences)": 6},
    )
    return Section(
        "A Hessian",
        "Rosenbrock's function of 5 variables, 5 × 5 second derivatives, from scratch.",
        ratios(best, 1, "ms", "dfdx"),
    )
