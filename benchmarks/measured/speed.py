"""Time: grids against np.gradient and a plain copy, the smoother, scattered points."""

from time import perf_counter

import numpy as np

from dfdx import derivative, partial, sampled
from dfdx.compat import curl, divergence, gradient, laplacian, slope
from dfdx.compiled import jit

from ..report import Section, number


def _best(run, turns=5):
    best = np.inf
    for _ in range(turns):
        start = perf_counter()
        run()
        best = min(best, perf_counter() - start)
    return best


def _sides(*runs, turns=5):
    """The best of each, taken by turns."""
    best = [np.inf] * len(runs)
    for _ in range(turns):
        for k, run in enumerate(runs):
            best[k] = min(best[k], _best(run, 1))
    return best


_ABOUT = (
    "{how} NumPy: np.gradient, and sums of its arrays. Copy: np.copyto of one such array. By turns, the "
    "best of five."
)


def grids():
    """Second-order differences on arrays."""
    rows = [("", "dfdx, out=", "fresh", "NumPy", "NumPy / out=", "NumPy / fresh", "out= / copy")]

    def row(what, mine, fresh, theirs, copy):
        mine()
        a, b, c, d = _sides(mine, fresh, theirs, copy)
        times = (f"{number(1e3 * v)} ms" for v in (a, b, c))
        rows.append((what, *times, *(number(v) for v in (c / a, c / b, a / d))))

    _lines(row)
    _cubes(row)
    how = (
        "Compiled by llvmlite."
        if jit.possible()
        else "No compiler: NumPy in blocks that fit the cache."
    )
    return Section("Grids", _ABOUT.format(how=how), rows)


def _lines(row):
    rng, n = np.random.default_rng(0), 10**7
    f, out = rng.standard_normal(n), np.ones(n)
    even, uneven = np.linspace(0, 1, n), np.cumsum(rng.uniform(0.5, 1.5, n))
    for name, steps in (("a step", 0.1), ("linspace", even), ("uneven", uneven)):
        row(
            f"10⁷ numbers, {name}",
            lambda s=steps: gradient(f, s, out=out),
            lambda s=steps: gradient(f, s),
            lambda s=steps: np.gradient(f, s),
            lambda: np.copyto(out, f),
        )


def _cubes(row):
    """Partials and fields of a cube; the step is no power of two."""
    rng, h = np.random.default_rng(0), 0.1
    cube = rng.standard_normal((256, 256, 256))
    outs = tuple(np.ones_like(cube) for _ in range(3))
    x = np.cumsum(rng.uniform(0.5, 1.5, 256))
    v = np.stack([cube, cube, cube])

    def partial(k, axis):
        return np.gradient(v[k], h, axis=axis)

    def length():
        a, b, c = np.gradient(cube, h)
        return np.sqrt(a * a + b * b + c * c)

    def bend():
        return sum(np.gradient(np.gradient(cube, h, axis=k), h, axis=k) for k in range(3))

    def turns():
        pairs = ((1, 2), (2, 0), (0, 1))
        return [partial(j, i) - partial(i, j) for i, j in pairs]

    cases = {
        "three partials": (gradient, cube, outs, (h,), lambda: np.gradient(cube, h)),
        "three partials, uneven": (
            gradient,
            cube,
            outs,
            (x,) * 3,
            lambda: np.gradient(cube, x, x, x),
        ),
        "|∇f|": (slope, cube, outs[0], (h,), length),
        "∇²f": (laplacian, cube, outs[0], (h,), bend),
        "∇·v": (divergence, v, outs[0], (h,), lambda: sum(partial(k, k) for k in range(3))),
        "∇×v": (curl, v, outs, (h,), turns),
    }
    for name, (run, f, out, steps, theirs) in cases.items():
        row(
            f"256³, {name}",
            lambda run=run, f=f, out=out, steps=steps: run(f, *steps, out=out),
            lambda run=run, f=f, steps=steps: run(f, *steps),
            theirs,
            lambda: np.copyto(outs[0], cube),
        )


def short_arrays():
    """np.gradient's time over dfdx's where the time is that of the calls."""
    rng = np.random.default_rng(0)
    rows = [("", "a step", "edge_order=2", "linspace", "float32")]
    for shape in (
        (2,),
        (3,),
        (10,),
        (100,),
        (1000,),
        (10**4,),
        (10**5,),
        (10**6,),
        (10, 10),
        (300, 300),
    ):
        f = rng.standard_normal(shape)
        x = tuple(np.linspace(0, 1, n) for n in shape)
        cases = [(f, (0.1,), 1), (f, (0.1,), 2), (f, x, 1), (f.astype(np.float32), (0.1,), 1)]
        times = []
        for values, steps, edge_order in cases:
            if min(shape) <= edge_order:
                times.append("")
                continue
            many = range(max(1, 10**5 // (100 + f.size)))
            mine, theirs = _sides(
                *(
                    lambda g=g, v=values, s=steps, e=edge_order, many=many: [
                        g(v, *s, edge_order=e) for _ in many
                    ]
                    for g in (gradient, np.gradient)
                ),
                turns=7,
            )
            times.append(number(theirs / mine))
        rows.append((" × ".join(map(str, shape)), *times))
    return Section("Short arrays", "np.gradient's time over dfdx's, fresh output.", rows)


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
