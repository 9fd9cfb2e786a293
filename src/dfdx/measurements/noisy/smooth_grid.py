"""The engine for noisy measurements on a grid: one smoothing of all axes together.

The curve is a sum of products of modes, one of each axis (`modes`), and in these the posterior of a rough
field is a division (`waves`). The answer is a mixture over the order of the field and over the smoothing
lengths around the best, each weighted by its evidence, so the band holds also what the choice of the
smoothing costs.

Source: Hoeting et al., "Bayesian model averaging: a tutorial", Statist. Sci. 14 (1999).
"""

from math import exp, pi, prod, sqrt

import numpy as np

from .gaps import DRAWS, Completed
from .modes import modes_of
from .waves import Waves, along

_ORDERS = (3, 4, 5)
_MIDDLE = 4  # the order by which gaps are filled
_LEAST = 4  # samples along an axis
_SMALL = 0.01  # shares of the mixture that are left out
_FAR = -600.0  # nats: below, exp would vanish
_BLOCK = 1 << 21  # numbers at once
_LATTICE = 4  # places of a lattice for each place that is asked for: more are not worth it


class SmoothGrid:
    """Values and partials with bands of samples y[i, j, …]; `noise` is "auto" or a standard deviation."""

    def __init__(self, axes, y, noise):
        _check(axes, y, noise)
        self.dimensions = len(axes)
        self.center = float(np.nanmean(y))
        self.size = float(np.nanstd(y)) or 1.0
        known = None if isinstance(noise, str) else (noise / self.size) ** 2
        scaled = (y - self.center) / self.size
        missing = np.isnan(scaled)
        whole = Completed(_modes(axes, _MIDDLE), scaled, _MIDDLE, known) if missing.any() else None
        found, self.draws = [], {}
        for m in _ORDERS:
            modes = _modes(axes, m)
            waves = expected = Waves(modes, scaled if whole is None else whole.drawn, m)
            if whole is not None:
                expected = Waves(modes, whole.mean, m)
                self.draws[m] = along(whole.draws, [one.values.T for one in modes])
            found += [
                (waves.posterior(logs, known, expected), weight)
                for logs, weight in waves.around(known)
            ]
        top = max(weight for _, weight in found)
        self.fits = [(fit, exp(max(weight - top, _FAR))) for fit, weight in found]
        self.degrees = DRAWS if missing.any() else y.size - 2**self.dimensions
        self.notes = _notes(found[0][0], axes, whole is None or whole.converged)
        self.noise = self.size * sqrt(sum(s * fit.variance for fit, s in self.likely()))
        self.notes = (f"noise of standard deviation {self.noise:.3g}", *self.notes)

    def likely(self, rough=0.0):
        """The posteriors that count, with their shares: of fields that have derivatives of that order."""
        used = [(fit, s) for fit, s in self.fits if fit.m > rough]
        most = max(fit.m for fit, _ in self.fits)
        return _shared(used or [(fit, s) for fit, s in self.fits if fit.m == most])

    @property
    def method(self):
        orders = sorted({fit.m for fit, _ in self.likely()})
        return f"smoothing of all axes by a rough field of order {' or '.join(map(str, orders))}"

    def amplified(self):
        """Nothing is amplified: the band says what the noise does."""
        return 0.0

    def at(self, points, orders):
        """`(values, half-widths of the 95 % band)` of the partial of those orders at points."""
        from scipy.special import stdtrit

        used = self.likely(sum(orders) + self.dimensions / 2)
        if max(orders) >= used[0][0].m:
            raise ValueError(
                f"noisy measurements have no derivative of order {max(orders)} that is known"
            )
        means, within, shares = [], 0.0, []
        for m in sorted({fit.m for fit, _ in used}):
            fits = [(fit, s) for fit, s in used if fit.m == m]
            mean, variance = _read(fits, points, orders, self.draws.get(m))
            means.append(mean)
            within = within + variance
            shares += [s for _, s in fits]
        means = np.concatenate(means, axis=1)
        mean = means @ shares
        variance = within + (means - mean[:, None]) ** 2 @ shares
        value = self.size * mean + (0.0 if any(orders) else self.center)
        return value, self.size * np.sqrt(variance) * float(stdtrit(max(self.degrees, 1), 0.975))


def _shared(fits):
    """The fits whose share is not small, with shares that make one whole."""
    total = sum(s for _, s in fits)
    kept = [(fit, s) for fit, s in fits if s > _SMALL * total]
    whole = sum(s for _, s in kept)
    return [(fit, s / whole) for fit, s in kept]


def _modes(axes, m):
    return [modes_of(t, min(m, len(t) - 1)) for t in axes]


def _read(fits, points, orders, draws):
    """The mean by each posterior (a column each), and their variances in their shares."""
    kept = np.max([fit.kept(orders) for fit, _ in fits], axis=0)
    part = tuple(slice(0, k) for k in kept)
    means = np.stack([fit.mean[part] for fit, _ in fits], axis=-1)
    if draws is not None:  # what the best of them makes of each draw of the missing samples
        best = max(fits, key=lambda fit: fit[1])[0]
        means = np.concatenate(
            [means, (best.spread / best.variance)[part][..., None] * draws[part]], axis=-1
        )
    spread = sum(s * fit.spread[part] for fit, s in fits)[..., None]
    modes = fits[0][0].modes
    places = [np.unique(t, return_inverse=True) for t in points.T]
    rows = [
        one.at(where, order, count)
        for one, (where, _), order, count in zip(modes, places, orders, kept, strict=True)
    ]
    numbers = [number for _, number in places]
    if np.prod([float(len(r)) for r in rows]) <= _LATTICE * len(points):
        found = [_on_lattice(rows, means)[tuple(numbers)]]
        found.append(_on_lattice([r * r for r in rows], spread)[tuple(numbers)])
    else:
        found = [_one_by_one(rows, numbers, means)]
        found.append(_one_by_one([r * r for r in rows], numbers, spread))
    count = len(fits)
    means, within = found[0][:, :count], found[1][:, 0]
    if draws is not None:
        within = within + sum(s for _, s in fits) * (found[0][:, count:] ** 2).mean(axis=1)
    return means, within


def _on_lattice(rows, coefficients):
    for k, row in enumerate(rows):
        coefficients = np.moveaxis(np.tensordot(row, coefficients, (1, k)), 0, k)
    return coefficients


def _one_by_one(rows, numbers, coefficients):
    found = np.empty((len(numbers[0]), coefficients.shape[-1]))
    flat = coefficients.reshape(coefficients.shape[0], -1)
    block = max(1, _BLOCK // flat.shape[1])
    for start in range(0, len(found), block):
        part = slice(start, start + block)
        left = rows[0][numbers[0][part]] @ flat
        left = left.reshape(len(left), *coefficients.shape[1:])
        for row, number in zip(rows[1:], numbers[1:], strict=True):
            left = np.einsum("na,na...->n...", row[number[part]], left)
        found[part] = left
    return found


def _notes(fit, axes, sure):
    """What the user should know besides the noise."""
    found = []
    for k, (t, log_r) in enumerate(zip(axes, fit.logs, strict=True)):
        if exp(-0.5 * log_r) > pi * len(t):
            found.append(f"along axis {k} the samples are too far apart to tell curve from noise")
    if not sure:
        found.append("the gaps are too wide to be filled with certainty")
    return tuple(found)


def _check(axes, y, noise):
    if isinstance(noise, str):
        if noise != "auto":
            raise ValueError(f'noise is "auto", 0, or a standard deviation, not {noise!r}')
    elif np.ndim(noise):
        raise TypeError(
            'on a grid noise is "auto" or one standard deviation; one for each sample is for one axis'
        )
    elif not 0 < noise < np.inf:
        raise ValueError(f"noise is a positive standard deviation, not {noise!r}")
    for k, t in enumerate(axes):
        if len(t) < _LEAST:
            raise ValueError(
                f"{len(t)} samples along axis {k} are too few to tell curve from noise; {_LEAST} are needed"
            )
    free = prod(min(max(_ORDERS), len(t) - 1) for t in axes) + _LEAST
    known = int(np.isfinite(y).sum())
    if known < free:
        raise ValueError(
            f"{known} of the samples are known; to tell curve from noise on this grid {free} are needed"
        )
