"""Matrix equations of control theory: Sylvester, Stein (Lyapunov), Riccati.

Each is differentiated as an equation: the tangent solves a Sylvester or Stein equation again,
and so the rules close. Source: Kao & Hennequin 2020, Automatic differentiation of Sylvester,
Lyapunov and algebraic Riccati equations.
"""

import numpy as np

from ..implicit import implicit
from .linalg import solve
from .linalg_tools import mm, positive_definite, regular, square, transposed


def _by_scipy(name):
    def function(*xs):
        from scipy import linalg

        if xs[0].ndim > 2:  # a stack of equations
            return np.stack([function(*each) for each in zip(*xs, strict=True)])
        return getattr(linalg, name)(*xs)

    return function


def _wide(a, b, q):
    square(a), square(b)
    if q[-2:] != (a[-1], b[-1]):
        raise ValueError(f"A X + X B = Q with shapes {a}, {b} and {q}")
    return q


sylvester = implicit(  # A X + X B = Q
    "sylvester",
    _by_scipy("solve_sylvester"),
    _wide,
    lambda y, xs, dxs: -sylvester(xs[0], xs[1], mm(dxs[0], y) + mm(y, dxs[1])),
    arity=3,
    linear=(2, lambda g, xs: sylvester(transposed(xs[0]), transposed(xs[1]), g)),
    example=lambda rng: (
        positive_definite(rng),
        positive_definite(rng),
        rng.normal(size=(3, 3)),
    ),
)


def _stein_tangent(y, xs, dxs):
    a, da = xs[0], dxs[0]
    return stein(a, mm(mm(da, y), transposed(a)) + mm(mm(a, y), transposed(da)))


stein = implicit(  # X = A X Aᵀ + Q
    "stein",
    _by_scipy("solve_discrete_lyapunov"),
    lambda a, q: square(a),
    _stein_tangent,
    arity=2,
    linear=(1, lambda g, xs: stein(transposed(xs[0]), g)),
    example=lambda rng: (rng.normal(size=(3, 3)) / 5, rng.normal(size=(3, 3))),
)


def _symmetric(a):
    return (a + transposed(a)) / 2.0


def _with_symmetric_weights(name):
    solved = _by_scipy(name)
    return lambda a, b, q, r: solved(a, b, _symmetric(q), _symmetric(r))


def _care_tangent(y, xs, dxs):
    (a, b, _, r), (da, db, dq, dr) = xs, dxs
    r, dq, dr = _symmetric(r), _symmetric(dq), _symmetric(dr)
    k = solve(r, mm(transposed(b), y))
    closed = a - mm(b, k)
    half = mm(y, da - mm(db, k))
    right = dq + half + transposed(half) + mm(mm(transposed(k), dr), k)
    return -sylvester(transposed(closed), closed, right)


care = implicit(  # Aᵀ X + X A − X B R⁻¹ Bᵀ X + Q = 0, for the symmetric parts of Q and R
    "care",
    _with_symmetric_weights("solve_continuous_are"),
    lambda a, b, q, r: square(a),
    _care_tangent,
    arity=4,
    example=lambda rng: (
        regular(rng),
        rng.normal(size=(3, 3)) + 2 * np.eye(3),
        np.eye(3),
        np.eye(3),
    ),
)


def _dare_tangent(y, xs, dxs):
    (a, b, _, r), (da, db, dq, dr) = xs, dxs
    r, dq, dr = _symmetric(r), _symmetric(dq), _symmetric(dr)
    bx = mm(transposed(b), y)
    k = solve(r + mm(bx, b), mm(bx, a))
    closed = a - mm(b, k)
    half = mm(transposed(closed), mm(y, da - mm(db, k)))
    right = dq + half + transposed(half) + mm(mm(transposed(k), dr), k)
    return stein(transposed(closed), right)


dare = (
    implicit(  # X = Aᵀ X A − Aᵀ X B (R + Bᵀ X B)⁻¹ Bᵀ X A + Q, for the symmetric parts of Q and R
        "dare",
        _with_symmetric_weights("solve_discrete_are"),
        lambda a, b, q, r: square(a),
        _dare_tangent,
        arity=4,
        example=lambda rng: (
            regular(rng) / 4,
            rng.normal(size=(3, 3)) + 2 * np.eye(3),
            np.eye(3),
            np.eye(3),
        ),
    )
)
