"""The noise league: signals in noise, every contestant without knowledge of the truth but the last."""

import warnings

import numpy as np

from dfdx import derivative, sampled

from ..report import Section, number
from .signals import BENDS, NOISY, correlated, relative

_SIZES, _LEVELS, _SEEDS = (100, 400), (0.01, 0.05, 0.2), range(3)
_COVERED = (20, 50, 100, 400, 2000, 10**4, 10**5, 10**6)
_ORACLE, _GCV = "cubic spline tuned by the truth", "SciPy smoothing spline, GCV"
_TUNED = "pynumdiff savgoldiff, optimised (n = 100, one seed)"
_FASTEST = 6.0  # cycles in a record: what pynumdiff is told


def league(seed=0):
    """The table of relative errors of f′, geometric means over signals, sizes, levels and seeds."""
    found, cases = {}, {}
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
                    row[_ORACLE] = _oracle(t, y, truth)
                    held = float(np.mean(np.abs(estimate.value - truth) <= estimate.error))
                    both = row["dfdx"], row[_ORACLE]
                    cases.setdefault((name, n, level), []).append((*both, held))
                    for c, e in row.items():
                        found.setdefault(c, []).append(e)
    rows = [("f′ from noisy samples", "relative error (geometric mean)", "dfdx = 1", "worst case")]
    mean = {c: float(np.exp(np.nanmean(np.log(e)))) for c, e in found.items()}
    for c in sorted(mean, key=mean.get):
        ratio = number(mean[c] / mean["dfdx"])
        rows.append((c, f"{mean[c]:.4f}", ratio, number(float(np.nanmax(found[c])))))
    remarks = _against_the_tuned(cases) + (
        f" SciPy's GCV is {number(mean[_GCV] / mean['dfdx'])} times as far off as dfdx."
    )
    text = (
        f"{len(NOISY)} signals × {len(_SIZES)} sizes × {len(_LEVELS)} noise levels × {len(_SEEDS)} seeds; "
        "nobody is told the truth but the spline tuned by it. pynumdiff: optimised, told that 6 cycles are "
        "the fastest."
    )
    return Section("Noise", text, rows, remarks)


def _against_the_tuned(cases):
    """The band and the worst case and record against the spline that was tuned by the truth."""
    each = {case: np.array(records) for case, records in cases.items()}
    ratio = {case: r[:, 0].mean() / r[:, 1].mean() for case, r in each.items()}
    alone = {case: (r[:, 0] / r[:, 1]).max() for case, r in each.items()}
    held = {case: r[:, 2].mean() for case, r in each.items()}
    least = min(held, key=held.get)

    def ranked(values):
        top = sorted(values, key=values.get, reverse=True)[:4]
        return ", ".join(f"{a} n = {n} noise {v}: {number(values[a, n, v])}" for a, n, v in top)

    return (
        f"The 95 % band holds {100 * np.mean(list(held.values())):.1f} % of all places; of the case (signal, "
        f"size, noise) that it serves worst, {least[0]} n = {least[1]} noise {least[2]}, "
        f"{100 * held[least]:.0f} %; of the worst single record, "
        f"{100 * min(r[:, 2].min() for r in each.values()):.0f} %. Error in units of that of the "
        f"cubic spline tuned by the truth, worst cases: {ranked(ratio)}; worst single "
        f"records: {ranked(alone)}."
    )


def coverage(seed=1):
    """What the band holds from few to very many samples, for the derivatives of order 1 to 3."""
    rows = [("samples", "band of f′ holds", "worst case", "f″", "f‴")]
    everything = []
    for n in _COVERED:
        first, higher = [], {2: [], 3: []}
        for name, (f, slope) in NOISY.items():
            for level in _LEVELS if n <= 10**4 else (0.05,):
                held = []
                for k in range(3 if n <= 400 else 1):
                    rng = np.random.default_rng([seed, k, n, int(1000 * level)])
                    t = np.linspace(0, 1, n)
                    y = f(t) + level * np.std(f(t)) * rng.standard_normal(n)
                    at = t[:: max(n // 1000, 1)]
                    s = sampled(y, t, noise="auto")
                    held.append(_held(s, 1, at, slope(at)))
                    if name in BENDS:
                        for order, share in higher.items():
                            share.append(_held(s, order, at, BENDS[name](at, order)))
                first.append(np.mean(held))
        everything.append(np.mean(first))
        later = (f"{np.mean(higher[order]):.3f}" for order in (2, 3))
        rows.append((f"{n}", f"{np.mean(first):.3f}", f"{min(first):.2f}", *later))
    text = (
        f"Over the signals of the league (a case: one signal, one noise level, its seeds together); f″ "
        f"and f‴ of {', '.join(BENDS)}. With 20 samples some signals are faster than the samples can show."
    )
    remarks = f"On the mean over all sizes the band holds {100 * np.mean(everything):.1f} %."
    return Section("The band, from 20 samples to a million", text, rows, remarks)


def _held(s, order, at, truth):
    answer = derivative(s, order=order).estimate(at)
    return float(np.mean(np.abs(answer.value - truth) <= answer.error))


def hard(seed=0):
    """Bands on hard data: the share of places they hold, or the warning given."""
    rows = [("data", "band holds", "worst record", "relative error", "told")]
    rng = np.random.default_rng(seed)
    for what, make in HARD.items():
        held, wrong, told = [], [], 0
        for _name, (f, slope) in NOISY.items():
            t, y, options = make(f, rng)
            with warnings.catch_warnings(record=True) as said:
                warnings.simplefilter("always")
                answer = derivative(sampled(y, t, noise="auto", **options)).estimate(t)
            told += bool(said) or len(answer.notes) > 1
            held.append(np.mean(np.abs(answer.value - slope(t)) <= answer.error))
            wrong.append(relative(answer.value, slope(t)))
        rows.append(
            (
                what,
                f"{np.mean(held):.3f}",
                f"{min(held):.2f}",
                f"{np.exp(np.mean(np.log(wrong))):.3f}",
                f"{told} of {len(NOISY)}",
            )
        )
    return Section(
        "Hard data",
        "Each over the signals of the league, 400 samples, noise 5 %. Told: a warning or a note says so.",
        rows,
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


def _untold(f, rng):
    return *_outliers(f, rng)[:2], {}


def _growing(f, rng):
    t = np.linspace(0, 1, 400)
    return t, f(t) + 0.15 * t * np.std(f(t)) * rng.standard_normal(400), {}


def _quantised(f, rng):
    t = np.linspace(0, 1, 400)
    unit = 0.1 * np.std(f(t))
    return t, np.round(_noisy(f, t, rng) / unit) * unit, {}


def _coarse(f, rng):
    t = np.linspace(0, 1, 400)
    unit = 0.5 * np.std(f(t))
    return t, np.round(f(t) / unit) * unit, {}


def _alike(rho):
    def make(f, rng):
        t = np.linspace(0, 1, 400)
        return t, _noisy(f, t, rng, rho), {}

    return make


HARD = {
    "uneven places": _uneven,
    "30 % missing": _gaps,
    "8 % outliers, robust=True": _outliers,
    "8 % outliers, not told of": _untold,
    "noise that grows with t": _growing,
    "rounded to twice the noise": _quantised,
    "rounded to half the signal, no noise": _coarse,
    **{f"noise correlated by {rho}": _alike(rho) for rho in (0.3, 0.5, 0.7, 0.9)},
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
    _GCV: _gcv,
    "SciPy Savitzky-Golay, window n/10": _savgol,
    "csaps, automatic": _csaps,
}
