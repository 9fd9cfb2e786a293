"""Exact samples: 5 functions × 4 sizes × 4 spacings, against the best of five others in every case."""

import numpy as np

from dfdx import derivative, sampled

from ..report import Section, number
from .signals import CLEAN, places, relative

_SIZES = (17, 65, 257, 1025)
_SPACINGS = ("even", "jittered", "crowded ends", "random")


def suite(seed=0):
    """How far dfdx is from the best of the others, and how often its bar holds."""
    rng = np.random.default_rng(seed)
    ratios, cover, errors = {}, [], {}
    for name, (f, slope) in CLEAN.items():
        for n in _SIZES:
            for spacing in _SPACINGS:
                t = places(spacing, n, rng)
                y, truth = f(t), slope(t)
                answer = derivative(sampled(y, t, noise=0)).estimate(t)
                mine = relative(answer.value, truth)
                theirs = {
                    c: relative(g(t, y), truth)
                    for c, g in PEERS.items()
                    if "findiff" not in c or spacing == "even"
                }
                ratios[name, n, spacing] = mine / max(min(theirs.values()), 1e-14)
                errors.setdefault("dfdx", []).append(mine)
                for c, e in theirs.items():
                    errors.setdefault(c, []).append(e)
                if n >= 65:
                    cover.append(np.mean(np.abs(answer.value - truth) <= answer.error))
    over = {case: r for case, r in ratios.items() if r > 2}
    rows = [("f′ from exact samples", "relative error (geometric mean)")]
    mean = {c: float(np.exp(np.mean(np.log(np.maximum(e, 1e-17))))) for c, e in errors.items()}
    rows += [(c, f"{mean[c]:.1e}") for c in sorted(mean, key=mean.get)]
    worst = ", ".join(
        f"{' '.join(map(str, c))} {number(r)}"
        for c, r in sorted(over.items(), key=lambda p: -p[1])[:6]
    )
    remarks = (
        f"In {len(ratios) - len(over)} of {len(ratios)} cases not worse than twice the best of the others "
        f"(the others: {worst or 'none'}). The bar holds {100 * np.mean(cover):.1f} % of the places "
        "for n ≥ 65."
    )
    text = (
        "np.gradient, findiff of orders 4, 6, 8 (even steps only), interpolating splines of degree 3 and 7; "
        "the truth is known in closed form."
    )
    return Section("Exact samples", text, rows, remarks)


def _spline(degree):
    def answer(t, y):
        from scipy.interpolate import make_interp_spline

        return make_interp_spline(t, y, k=degree)(t, 1)

    return answer


def _findiff(accuracy):
    def answer(t, y):
        from findiff import Diff

        d = Diff(0, t[1] - t[0])
        d.set_accuracy(accuracy)
        return d(y)

    return answer


PEERS = {
    "np.gradient": lambda t, y: np.gradient(y, t, edge_order=2),
    "findiff, order 4": _findiff(4),
    "findiff, order 6": _findiff(6),
    "findiff, order 8": _findiff(8),
    "cubic spline": _spline(3),
    "spline of degree 7": _spline(7),
}
