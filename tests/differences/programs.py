"""Random programs of several numbers: the same code for samples and for the exact derivative."""

import numpy as np

_SMOOTH = [
    np.sin,
    np.cos,
    np.exp,
    np.tanh,
    np.arctan,
    lambda z: np.log(1.5 + z * z),
    lambda z: np.sqrt(1 + z * z),
    lambda z: 1 / (1 + z * z),
    lambda z: np.exp(-z * z),
]


def program(rng, n, m, length=10):
    """A function of n numbers (an array) with m values, of scales from 1e-6 to 1e6."""
    steps = []
    for k in range(length):
        chosen = (
            rng.integers(4),
            rng.integers(len(_SMOOTH)),
            rng.integers(n + k),
            rng.integers(n + k),
        )
        steps.append((*chosen, rng.uniform(0.3, 2.0)))
    scales = 10.0 ** rng.uniform(-6, 6, m)
    sums = [rng.integers(n + length // 2, n + length, 3) for _ in range(m)]

    def f(x):
        v = [x[i] for i in range(n)]
        for kind, u, a, b, c in steps:
            if kind == 0:
                v.append(_SMOOTH[u](c * v[a]))
            elif kind == 1:
                v.append(v[a] * v[b] * c)
            elif kind == 2:
                v.append(v[a] - c * v[b])
            else:
                v.append(_SMOOTH[u](v[a]) / (2 + np.cos(v[b])))
        return np.array(
            [s * sum(v[k] for k in places) for s, places in zip(scales, sums, strict=True)]
        )

    return f


def cases(count, first=0, most=6):
    """`(f, x, n, m)` for a number of seeds; those whose value is not finite, or huge, are left out."""
    for seed in range(first, first + count):
        rng = np.random.default_rng(seed)
        n, m = int(rng.integers(1, most)), int(rng.integers(1, 4))
        f = program(rng, n, m)
        x = rng.standard_normal(n) * 10.0 ** rng.uniform(-1, 0.5)
        with np.errstate(all="ignore"):
            y = f(x)
        if np.isfinite(y).all() and np.abs(y).max() < 1e100:
            yield f, x, n, m
