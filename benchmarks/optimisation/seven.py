"""Seven problems through SciPy's BFGS and L-BFGS-B: with exact gradients, and with jac=None."""

from time import perf_counter

import numpy as np
from scipy import optimize

from dfdx import gradient, minimize

from ..report import Section, number
from .problems import problems

SIZES = (12, 100, 400)
METHODS = ("L-BFGS-B", "BFGS")
_OPTIONS = {
    "L-BFGS-B": {"gtol": 1e-8, "ftol": 0.0, "maxiter": 20_000, "maxfun": 10**7},
    "BFGS": {"gtol": 1e-8, "maxiter": 20_000},
}
_PATIENCE = 100_000  # calls of f that SciPy's differences get
_SMALL = 1e-8
_DENSE = 100  # beyond, SciPy's BFGS is busy with its own matrix


class _Enough(Exception):
    pass


def _counted(f):
    calls = [0]

    def g(x):
        calls[0] += 1
        if calls[0] > _PATIENCE:
            raise _Enough
        return f(x)

    return g, calls


def _timed(run, turns):
    best, answer = np.inf, None
    for _ in range(turns):
        start = perf_counter()
        answer = run()
        best = min(best, perf_counter() - start)
    return best, answer


def _by_differences(f, x0, method):
    g, calls = _counted(f)
    last = [x0]

    def note(x):
        last[0] = x.copy()

    start = perf_counter()
    try:
        x = optimize.minimize(g, x0, method=method, options=_OPTIONS[method], callback=note).x
    except _Enough:
        x = last[0]
    return perf_counter() - start, calls[0], x


def race(name, f, x0, method):
    """One row: calls and seconds of both, and how small the gradient became."""
    slope = gradient(f)
    seconds, calls, x = _by_differences(f, x0, method)
    exact, end = _timed(
        lambda: optimize.minimize(f, x0, method=method, jac=slope, options=_OPTIONS[method]), 2
    )
    ours, found = _timed(lambda: minimize(f, method=method, gtol=_SMALL, steps=20_000)(x0), 2)
    short = [np.abs(slope(p)).max() for p in (x, end.x, found.x)]
    row = (
        f"{name}, {method}", str(calls), str(end.nfev), number(calls / end.nfev), f"{short[0]:.0e}",
        f"{short[1]:.0e}", f"{short[2]:.0e}", number(seconds / exact), number(seconds / ours),
    )  # fmt: skip
    return row, calls / end.nfev, seconds / ours, short, found.converged


def section(n):
    head = (
        "", "calls, None", "calls, exact", "ratio", "∇f, None", "∇f, jac=gradient", "∇f, minimize",
        "time, jac=gradient", "time, minimize",
    )  # fmt: skip
    rows, all_calls, all_times, good, told = [head], [], [], np.zeros(3, dtype=int), 0
    for name, f, x0 in problems(n):
        for method in METHODS if n <= _DENSE else METHODS[:1]:
            row, calls, times, short, converged = race(name, f, x0, method)
            rows.append(row)
            all_calls.append(calls)
            all_times.append(times)
            good += np.array(short) <= _SMALL
            told += converged
            print(row, flush=True)
    cases = len(rows) - 1
    calls, times = (float(np.exp(np.mean(np.log(v)))) for v in (all_calls, all_times))
    remarks = (
        f"No part of the gradient above 1e-8: jac=None {good[0]} of {cases}, jac=gradient(f) {good[1]}, "
        f"minimize {good[2]} (told as converged, some at the rounding of f: {told}). Fewer calls: "
        f"{number(min(all_calls))} times at least, {number(calls)} in the mean. Less time for minimize: "
        f"{number(min(all_times))} times at least, {number(times)} in the mean."
    )
    return Section(
        f"Seven problems, {n} variables",
        "SciPy's methods at gtol=1e-8. Calls of f until they end; the last columns say how many times longer "
        f"jac=None took, tracing included. jac=None is stopped after {_PATIENCE} calls.",
        rows,
        remarks,
    )
