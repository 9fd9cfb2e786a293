"""One gradient of a function made of operations on arrays of ten elements.

Small arrays show what a library adds to each operation; on large ones all spend
their time in the same loops.
"""

import autograd
import autograd.numpy as anp
import jax
import jax.numpy as jnp
import mygrad
import numpy as np
import torch

from dfdx import gradient

from .race import race
from .report import Section, ratios

ROUNDS = 60
OPERATIONS = 5 * ROUNDS + 1
POINT = np.linspace(0.1, 1.0, 10)


def chain(sin, total):
    """The function: 5 array operations a round, and one sum."""

    def f(x):
        y = x
        for _ in range(ROUNDS):
            y = sin(y * x) + 0.5 * y - x
        return total(y)

    return f


def with_torch():
    x = torch.tensor(POINT, requires_grad=True)
    chain(torch.sin, torch.sum)(x).backward()
    return x.grad.numpy()


def with_mygrad():
    x = mygrad.tensor(POINT)
    chain(mygrad.sin, mygrad.sum)(x).backward()
    return x.grad


def run():
    ours = gradient(chain(np.sin, np.sum))
    theirs = autograd.grad(chain(anp.sin, anp.sum))
    eager = jax.grad(chain(jnp.sin, jnp.sum))
    best = race(
        {
            "dfdx": lambda: ours(POINT),
            "autograd": lambda: theirs(POINT),
            "PyTorch, eager": with_torch,
            "JAX, eager": lambda: eager(POINT),
            "mygrad": with_mygrad,
        }
    )
    return Section(
        "One gradient of a function of arrays",
        f"{OPERATIONS} operations on arrays of 10 elements, one call from scratch. Time per operation.",
        ratios(best, OPERATIONS, "µs", "dfdx"),
    )
