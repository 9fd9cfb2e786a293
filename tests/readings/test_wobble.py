"""Rounding errors by trial: as large as the real ones, and not much larger."""

import mpmath
import numpy as np

import dfdx


def test_the_bar_holds_the_true_error():
    rng = np.random.default_rng(5)
    held, widths = [], []
    for _ in range(60):
        v = rng.normal(size=6)

        def f(v):
            return np.log(np.exp(v).sum()) * np.sin(v).prod() + (v**2 @ np.cos(v)) / 3

        def exact(*v):
            v = [mpmath.mpf(x) for x in v]
            total = mpmath.log(sum(mpmath.exp(x) for x in v))
            squares = sum(x**2 * mpmath.cos(x) for x in v) / 3
            return total * mpmath.fprod(mpmath.sin(x) for x in v) + squares

        found = dfdx.gradient(f).estimate(v)
        with mpmath.workdps(40):
            for k in range(6):
                order = tuple(int(j == k) for j in range(6))
                want = mpmath.diff(exact, tuple(map(mpmath.mpf, v)), order)
                error = float(abs(mpmath.mpf(found.value[k]) - want))
                held.append(error <= found.error[k])
                widths.append(found.error[k] / abs(float(want)))
    assert np.mean(held) >= 0.99
    assert np.median(widths) < 1e-14


def test_cancellation_is_seen():
    f = lambda v: (v[0] + 1e8) - 1e8 * v[1]
    g = lambda v: ((1 + v[0] * 1e-9) - 1) * 1e9 * v[0]
    assert dfdx.gradient(f).estimate(np.array([1.0, 1.0])).error.max() < 1e-6
    assert dfdx.gradient(g).estimate(np.array([1.0, 1.0])).error[0] > 1e-8
