"""Integrals of samples, and of vectors of functions, exactly and twice."""

import numpy as np
import pytest
from scipy import integrate
from trials import right

Y = np.array([0.5, 1.2, 0.7, 2.1, 1.4, 0.2, 0.9])
T = np.array([0.0, 0.3, 0.5, 1.1, 1.4, 1.9, 2.4])
M = np.outer(Y, [1.0, 0.4, -0.3]) + np.arange(21).reshape(7, 3) / 9

TRIALS = {
    "simpson": (lambda y, t: integrate.simpson(y, x=t), Y, T),
    "simpson, even": (lambda y, t: integrate.simpson(y, x=t), Y[:6], T[:6]),
    "simpson, dx": (lambda y, h: integrate.simpson(y, dx=h), Y, 0.3),
    "simpson, even, dx": (lambda y: integrate.simpson(y, dx=0.3), Y[:4]),
    "simpson, two": (lambda y, t: integrate.simpson(y, x=t), Y[:2], T[:2]),
    "simpson, axis": (lambda y, t: integrate.simpson(y, x=t, axis=0), M, T),
    "simpson, rows": (lambda y: integrate.simpson(y, dx=0.2), M),
    "trapezoid": (lambda y, t: integrate.trapezoid(y, t), Y, T),
    "trapezoid, axis": (lambda y, h: integrate.trapezoid(y, dx=h, axis=0), M, 0.2),
    "cumulative_trapezoid": (lambda y, t: integrate.cumulative_trapezoid(y, t), Y, T),
    "cumulative_trapezoid, initial": (
        lambda y: integrate.cumulative_trapezoid(y, dx=0.1, axis=0, initial=0),
        M,
    ),
    "cumulative_simpson": (lambda y, t: integrate.cumulative_simpson(y, x=t), Y, T),
    "cumulative_simpson, dx": (lambda y: integrate.cumulative_simpson(y, dx=0.1), Y),
    "romb": (lambda y, h: integrate.romb(y, dx=h), Y[:5], 0.2),
    "newton_cotes": (lambda y: integrate.newton_cotes(6)[0] @ y, Y),
    "fixed_quad": (
        lambda a, b, p: integrate.fixed_quad(lambda t: np.sin(p * t) + t, a, b, n=4)[0],
        0.2,
        1.3,
        2.2,
    ),
    "fixed_quad, args": (
        lambda p: integrate.fixed_quad(lambda t, q: np.exp(-q * t), 0, 1, args=(p,))[0],
        1.3,
    ),
    "quad_vec": (
        lambda p, q: integrate.quad_vec(lambda t: np.array([np.sin(p * t), np.exp(-q * t)]), 0, 1)[0],
        1.3,
        0.6,
    ),
    "quad_vec, bounds": (
        lambda a, b: integrate.quad_vec(lambda t: np.cos(np.array([t, 2 * t])), a, b)[0],
        0.2,
        1.4,
    ),
    "quad_vec, number": (lambda p: integrate.quad_vec(lambda t: np.exp(-p * t * t), 0, np.inf)[0], 1.3),
    "quad_vec, vector": (lambda p: integrate.quad_vec(lambda t: np.exp(-p * t), 0, 2)[0], Y[:3]),
}  # fmt: skip


@pytest.mark.parametrize("name", TRIALS)
def test_right(name):
    f, *point = TRIALS[name]
    right(f, *point)
