"""The noise league: signals in noise, every contestant without knowledge of the truth but the last."""

import warnings

import numpy as np

from dfdx import derivative, sampled

from ..report import Section, number
from .signals import NOISY, correlated, relative

_SIZES, _LEVELS, _SEEDS = (100, 400), (0.01, 0.05, 0.2), range(3)
_TUNED = "pynumdiff savgoldiff, optimised (n = 100, one seed)"
_FASTEST = 6.0  # cycles in a record: what pynumdiff is told


def league(seed=0):
    """The table of relative errors of f′, geometric means over signals, sizes, levels and seeds."""
    found, held, worst = {}, [], {}
    for name, (f, slope) in NOISY.items():
        for n in _SIZES:
            for level in _LEVELS:
                for k in _SEEDS:
                    rng = np.random.default_rng([seed, k, n, int(1000 * level)])
                    t = np.linspace(0, 1, n)
                    y = f(t) + level * np.std(f(t)) * rng.standard_normal(n)
                    truth = slope(t)
                    row = {c: relative(answer(t, y), truth) for c, answer in CONTESTANTS.items()}
                    slow = k == 0 and n == min(_SIZES)  # its optimiser takes seconds
                    row[_TUNED] = relative(_pynumdiff(t, y), truth) if slow else np.nan
                    estimate = derivative(sampled(y, t, noise="auto")).estimate(t)
                    row["dfdx"] = relative(estimate.value, truth)
                    row["cubic spline tuned by the truth"] = _oracle(t, y, truth)
                    held.append(
                        (name, n, np.mean(np.abs(estimate.value - truth) <= estimate.error))
                    )
                    ratio = row["dfdx"] / row["cubic spline tuned by the truth"]
                    worst[name] = max(worst.get(name, 0.0), ratio)
                    for c, e in row.items():
                        found.setdefault(c, []).append(e)
    rows = [("f′ from noisy samples", "relative error (geometric mean)", "dfdx = 1", "worst case")]
    mean = {c: float(np.exp(np.nanmean(np.log(e)))) for c, e in found.items()}
    for c in sorted(mean, key=mean.get):
        ratio = number(mean[c] / mean["dfdx"])
        rows.append((c, f"{mean[c]:.4f}", ratio, number(float(np.nanmax(found[c])))))
    cover = np.array([h for *_, h in held])
    low = min(np.mean([h for a, _, h in held if a == name]) for name in NOISY)
    far = sorted(worst.items(), key=lambda p: -p[1])[:4]
    ratios = ", ".join(f"{name} {number(r)}" for name, r in far)
    remarks = (
        f"The 95 % band holds {100 * cover.mean():.1f} % of all places; of the signal it serves worst, "
        f"{100 * low:.1f} %; the worst single record, {100 * cover.min():.0f} %. "
        f"Largest error in units of the cubic spline that was tuned by the truth: {ratios}."
    )
    text = (
        f"{len(NOISY)} signals × {len(_SIZES)} sizes × {len(_LEVELS)} noise levels × {len(_SEEDS)} seeds; "
        "nobody is told the truth but the spline tuned by it. pynumdiff: optimised, told that 6 cycles are "
        "the fastest."
    )
    return Section("Noise", text, rows, remarks)


def hard(seed=0):
    """Bands on hard data: the share of places they hold, or the warning given."""
    rows = [("data", "band holds", "worst record", "relative error")]
    rng = np.random.default_rng(seed)
    for what, make in HARD.items():
        held, wrong = [], []
        for _name, (f, slope) in NOISY.items():
            t, y, options = make(f, rng)
            answer = derivative(sampled(y, t, noise="auto", **options)).estimate(t)
            held.append(np.mean(np.abs(answer.value - slope(t)) <= answer.error))
            wrong.append(relative(answer.value, slope(t)))
        rows.append(
            (
                what,
                f"{np.mean(held):.3f}",
                f"{min(held):.2f}",
                f"{np.exp(np.mean(np.log(wrong))):.3f}",
            )
        )
    return Section(
        "Hard data", "Each over the signals of the league, 400 samples, noise 5 %.", rows
    )


def _noisy(f, t, rng, rho=0.0):
    return f(t) + 0.05 * np.std(f(t)) * correlated(rng, len(t), rho)


def _uneven(f, rng):
    t = np.sort(rng.uniform(0, 1, 400))
    return t, _noisy(f, t, rng), {}


def _gaps(f, rng):
    t = np.linspace(0, 1, 400)
    y = _noisy(f, t, rng)
    y[rng.random(400) < 0.3] = np.nan
    return t, y, {}


def _outliers(f, rng):
    t = np.linspace(0, 1, 400)
    y = _noisy(f, t, rng)
    bad = rng.random(400) < 0.08
    return t, y + bad * 3 * np.std(f(t)) * rng.standard_normal(400), {"robust": True}


def _quantised(f, rng):
    t = np.linspace(0, 1, 400)
    unit = 0.1 * np.std(f(t))
    return t, np.round(_noisy(f, t, rng) / unit) * unit, {}


def _alike(f, rng):
    t = np.linspace(0, 1, 400)
    return t, _noisy(f, t, rng, 0.7), {}


HARD = {
    "uneven places": _uneven,
    "30 % missing": _gaps,
    "8 % outliers, robust=True": _outliers,
    "rounded to twice the noise": _quantised,
    "noise correlated by 0.7": _alike,
}


def _gcv(t, y):
    from scipy.interpolate import make_smoothing_spline

    return make_smoothing_spline(t, y).derivative()(t)


def _savgol(t, y):
    from scipy.signal import savgol_filter

    size = max(7, len(t) // 20 * 2 + 1)
    return savgol_filter(y, size, 3, deriv=1, delta=t[1] - t[0])


def _csaps(t, y):
    from csaps import CubicSmoothingSpline

    return CubicSmoothingSpline(t, y)(t, nu=1)


def _pynumdiff(t, y):
    """pynumdiff with its optimiser, which needs no truth but the highest frequency expected."""
    import contextlib
    import io

    with contextlib.redirect_stdout(io.StringIO()), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from pynumdiff import savgoldiff
        from pynumdiff.optimize import optimize

        step = t[1] - t[0]
        try:
            params, _ = optimize(savgoldiff, y, step, bandlimit=_FASTEST, parallel=False)
            return savgoldiff(y, step, **params)[1]
        except (ValueError, ArithmeticError, np.linalg.LinAlgError):
            return np.full(len(t), np.nan)


def _oracle(t, y, truth):
    from scipy.interpolate import make_smoothing_spline

    return min(
        relative(make_smoothing_spline(t, y, lam=lam).derivative()(t), truth)
        for lam in 10.0 ** np.arange(-11, 1.5, 0.5)
    )


CONTESTANTS = {
    "np.gradient": lambda t, y: np.gradient(y, t),
    "SciPy smoothing spline, GCV": _gcv,
    "SciPy Savitzky-Golay, window n/10": _savgol,
    "csaps, automatic": _csaps,
}
