"""Taylor coefficients of exp(sin x) / (1 + x²) at 0.5, to order 20 and 64."""

from functools import partial
from math import factorial

import jax.numpy as jnp
import mpmath
import numpy as np
from jax.experimental.jet import jet

from dfdx import taylor

from .race import race
from .report import Section, ratios

CENTER = 0.5


def function(sin, exp, x):
    return exp(sin(x)) / (1.0 + x * x)


def with_dfdx(order):
    return taylor(partial(function, np.sin, np.exp), CENTER, order=order).coefficients


def with_jet(order):
    """JAX's jet: derivatives, so coefficients times factorials."""
    f = partial(function, jnp.sin, jnp.exp)
    value, derivatives = jet(f, (CENTER,), ([1.0] + [0.0] * (order - 1),))
    return [float(value), *(float(d) / factorial(k) for k, d in enumerate(derivatives, 1))]


def with_mpmath(order):
    """mpmath: differences in as many digits as they need."""
    return [
        float(c) for c in mpmath.taylor(partial(function, mpmath.sin, mpmath.exp), CENTER, order)
    ]


def run():
    rows = []
    for order in (20, 64):
        contestants = {
            f"dfdx, order {order}": partial(with_dfdx, order),
            f"mpmath.taylor, order {order}": partial(with_mpmath, order),
        }
        if order == 20:  # jet sums over the partitions of the order: 627 for 20, 1.7 million for 64
            contestants[f"jax.experimental.jet, order {order}"] = partial(with_jet, order)
        best = race(contestants, turns=7)
        rows += ratios(best, 1, "ms", f"dfdx, order {order}")
    return Section(
        "Taylor series",
        "All coefficients of exp(sin x) / (1 + x²) at 0.5, from scratch.",
        rows,
    )
