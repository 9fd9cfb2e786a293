"""Time: grids against np.gradient and a plain copy, the smoother, scattered points."""

from time import perf_counter

import numpy as np

from dfdx import derivative, partial, sampled
from dfdx.compat import gradient, laplacian, slope

from ..report import Section, number


def _best(run, turns=5):
    best = np.inf
    for _ in range(turns):
        start = perf_counter()
        run()
        best = min(best, perf_counter() - start)
    return best


def grids():
    """Second-order differences on arrays."""
    rng = np.random.default_rng(0)
    n = 10**7
    f, out, x = rng.standard_normal(n), np.empty(n), np.linspace(0, 1, n)
    copy = _best(lambda: np.copyto(out, f))
    rows = [("", "dfdx, out=", "dfdx, fresh", "np.gradient", "np.gradient / out=", "out= / copy")]

    def row(what, mine, fresh, theirs, base):
        a, b, c = _best(mine), _best(fresh), _best(theirs, 3)
        shares = number(c / a), number(a / base) if base else ""
        rows.append((what, *(f"{number(1e3 * v)} ms" for v in (a, b, c)), *shares))

    row(
        "10⁷ numbers, a step",
        lambda: gradient(f, 0.1, out=out),
        lambda: gradient(f, 0.1),
        lambda: np.gradient(f, 0.1),
        copy,
    )
    row(
        "10⁷ numbers, linspace",
        lambda: gradient(f, x, out=out),
        lambda: gradient(f, x),
        lambda: np.gradient(f, x),
        copy,
    )
    cube = rng.standard_normal((256, 256, 256))
    outs, one = tuple(np.empty_like(cube) for _ in range(3)), np.empty_like(cube)
    row(
        "256³, three partials",
        lambda: gradient(cube, out=outs),
        lambda: gradient(cube),
        lambda: np.gradient(cube),
        None,
    )

    def length():
        a, b, c = np.gradient(cube)
        return np.sqrt(a * a + b * b + c * c)

    def bend():
        return sum(np.gradient(np.gradient(cube, axis=k), axis=k) for k in range(3))

    row("256³, |∇f|", lambda: slope(cube, out=one), lambda: slope(cube), length, None)
    row("256³, ∇²f", lambda: laplacian(cube, out=one), lambda: laplacian(cube), bend, None)
    small = []
    for n in (10, 1000, 10**5, 10**6):
        g = rng.standard_normal(n)
        turns = max(3, 10**6 // n)
        mine = _best(lambda g=g, turns=turns: [gradient(g) for _ in range(turns)], 3)
        theirs = _best(lambda g=g, turns=turns: [np.gradient(g) for _ in range(turns)], 3)
        small.append(f"n = {n}: {number(theirs / mine)}")
    remarks = (
        "np.gradient's time over dfdx's for short arrays, fresh output: " + ", ".join(small) + "."
    )
    return Section(
        "Grids", "No compiled kernel: NumPy in blocks that fit the cache.", rows, remarks
    )


def engines():
    """Seconds for the smoother and for scattered points."""
    rng = np.random.default_rng(1)
    rows = [("", "seconds")]
    for n in (20, 400, 10**4, 10**6):
        t = np.linspace(0, 1, n)
        y = np.sin(12 * t) + 0.1 * rng.standard_normal(n)
        seconds = _best(
            lambda t=t, y=y: derivative(sampled(y, t, noise="auto"))(t), 3 if n < 10**6 else 1
        )
        rows.append((f"smoothing {n} samples, derivative at each", number(seconds)))
    t = np.linspace(0, 1, 400)
    many = np.sin(np.outer(t, np.linspace(2, 20, 1000))) + 0.1 * rng.standard_normal((400, 1000))
    rows.append(
        (
            "smoothing 1000 series of 400",
            number(_best(lambda: sampled(many, t, noise="auto").derivative(), 1)),
        )
    )
    p = rng.uniform(-1, 1, (10**5, 2))
    truth = 3 * np.cos(3 * p[:, 0]) * np.exp(p[:, 1])
    for level in (0.0, 0.05):
        y = np.sin(3 * p[:, 0]) * np.exp(p[:, 1]) + level * rng.standard_normal(len(p))
        start = perf_counter()
        answer = partial(sampled(y, p), 0).estimate(p[:, 0], p[:, 1])
        seconds = perf_counter() - start
        held = np.mean(np.abs(answer.value - truth) <= answer.error)
        rows.append(
            (
                f"10⁵ scattered points in the plane, noise {level}: the bar holds {held:.3f}",
                number(seconds),
            )
        )
    return Section("Time of the engines", "", rows)
