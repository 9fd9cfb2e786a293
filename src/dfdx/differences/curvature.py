"""Second derivatives of a function of several numbers from samples: Hessian and its diagonal.

Where the function takes complex numbers, ∂f/∂xᵢ at x + t eⱼ is one complex step, and its odd part
at two distances t, or three, gives ∂²f/∂xᵢ∂xⱼ: four to six evaluations for each pair. The
distances are chosen where truncation and rounding meet, from windows on a few pairs, and the
matrix is confirmed by real samples along random directions.

Otherwise by polarisation: with D the second derivative of f(x + t v) at t = 0,
2 a b ∂²f/∂xᵢ∂xⱼ = D(a eᵢ + b eⱼ) − a² D(eᵢ) − b² D(eⱼ), each D from a window of real samples, and
a, b the lengths on which f changes along the two coordinates.
"""

from .chebyshev import nodes, polynomials, short
from .samples import Spent, pool, quiet
from .settle import settle
from .table import Line, axes
from .vector import (
    TINY,
    Sampled,
    alike,
    along_lines,
    direction,
    over_budget,
    stepped,
    table_of,
)

_WINDOW = 14
_REFINED = 0.9  # of many pairs, those in most need of it, get a third distance
_FEW = 200
_LOOKS = 4  # coordinates along which the scale is measured
_ALL = 8  # so many are all looked at
_DIRECTIONS = 2


def hessian(
    f, x, *, bounds=None, rtol=None, budget=None, noise=None, step=None, workers=None,
    complex_step=True, name=None,
):  # fmt: skip
    """All second partial derivatives of a `Flat` function with one value, as `Sampled`, exactly symmetric.

    >>> import numpy as np
    >>> from dfdx.differences.table import Flat
    >>> found = hessian(Flat.of(lambda x: x[0] ** 2 * x[1]), np.array([3.0, 5.0]))
    >>> found.value.round(9)
    array([[10.,  6.],
           [ 6.,  0.]])
    """
    with pool(workers) as submit, quiet():
        table = _number(f, x, budget, bounds, submit, noise)
        lines = axes(table, name)
        try:
            if step is not None:
                return _fixed_step(table, lines, step)
            if complex_step and bounds is None:
                found = _by_complex_steps(table)
                if found is not None:
                    return found
            return _by_polarisation(table, lines, rtol or 0.0)
        except Spent:
            raise over_budget(table) from None


def diagonal(
    f, x, *, bounds=None, rtol=None, budget=None, noise=None, step=None, workers=None, name=None
):
    """The sum of the second derivatives along the coordinates (the laplacian), as a 1 × 1 `Sampled`."""
    with pool(workers) as submit, quiet():
        table = _number(f, x, budget, bounds, submit, noise)
        lines = axes(table, name)
        try:
            if step is not None:
                found = _fixed_step(table, lines, step)
                value, error = found.value.diagonal(), found.error.diagonal()
                notes = found.notes
            else:
                value, error, notes = along_lines(table, lines, 2, rtol=rtol or 0.0, n=_WINDOW)
        except Spent:
            raise over_budget(table) from None
        total = value.sum().reshape(1, 1)
        bar = error.sum().reshape(1, 1) + 2.0**-52 * abs(value).sum()
        return Sampled(total, bar, "differences", table.count, notes)


def _number(f, x, budget, bounds, submit, noise):
    table = table_of(f, x, budget, bounds, submit, noise)
    if table.here.size != 1:
        raise TypeError(
            f"second derivatives need a function whose value is one number, not {table.here.size}"
        )
    return table


def _by_polarisation(table, lines, rtol):
    import numpy as np

    n = len(lines)
    along = settle(table, lines, 2, n=_WINDOW, rtol=rtol)
    own, bars, notes = along_lines(table, lines, 2, rtol=rtol, n=_WINDOW, found=along)
    value, error = np.diag(own[:, 0]), np.diag(bars[:, 0])
    lengths = along.r
    pairs, across = [], []
    for i in range(n):
        for j in range(i):
            v = np.zeros(n)
            v[i], v[j] = lengths[i], lengths[j]
            pairs.append((i, j))
            across.append(Line(table, v, 1.0, f"{lines[i].name} with {lines[j].name}"))
    if pairs:
        mixed, mixed_bars, more = along_lines(table, across, 2, rtol=rtol, n=_WINDOW, pace=1.0)
        notes += [note for note in more if note not in notes]
        for (i, j), d, e in zip(pairs, mixed[:, 0], mixed_bars[:, 0], strict=True):
            a, b = lengths[i], lengths[j]
            rest = a * a * own[i, 0] + b * b * own[j, 0]
            value[i, j] = value[j, i] = (d - rest) / (2 * a * b)
            bar = e + a * a * bars[i, 0] + b * b * bars[j, 0] + 2.0**-51 * (abs(d) + abs(rest))
            error[i, j] = error[j, i] = bar / (2 * a * b)
    return Sampled(value, error, "differences", table.count, notes)


def _fixed_step(table, lines, step):
    """The second differences with a step, and with one twice as long for the error."""
    import numpy as np

    n, here = len(lines), float(table.here[0])
    tables = []
    for h in (step, 2 * step):

        def at(*moves):
            p = table.x.copy()
            for i, t in moves:
                p[i] += t
            return float(table.at([p])[0, 0])

        found = np.empty((n, n))
        for i in range(n):
            found[i, i] = (at((i, h)) - 2 * here + at((i, -h))) / h**2
            for j in range(i):
                corners = at((i, h), (j, h)) - at((i, h), (j, -h))
                corners -= at((i, -h), (j, h)) - at((i, -h), (j, -h))
                found[i, j] = found[j, i] = corners / (4 * h**2)
        tables.append(found)
    near, far = tables
    error = np.abs(near - far) + 2.0**-50 * abs(here) / step**2
    return Sampled(near, error, f"central differences with the step {step:g}", table.count)


def _by_complex_steps(table):
    """The Hessian by complex steps along one coordinate, real ones along the other; None without."""
    import numpy as np

    x, n = table.x, table.x.size
    first = table.complex_at([stepped(x, 0)]) if n else None
    if first is None or not alike(first[0].real, table.here):
        return None
    slopes = table.complex_at([stepped(x, i) for i in range(n)])
    if slopes is None:
        return None
    slopes = slopes.imag[:, 0] / TINY
    reach = np.array([line.reach for line in axes(table)])
    looked = _looked(table, reach)
    if looked is None:
        return None
    lengths, noise = looked
    part = (30 * noise) ** (1 / 7)  # of the length: there truncation and noise meet
    least = 1e-3 * float(np.abs(slopes).max())
    pairs = [(i, j) for j in range(n) for i in range(j + 1)]
    steps = np.array([short(part * lengths[j] * reach[j]) for _, j in pairs])
    outer, middle, inner = nodes(6)
    odd, sizes = _odd(table, pairs, steps, (outer, inner))
    if odd is None:
        return None
    value, bars = _read(odd, sizes, (outer, inner), part, noise, least)
    worst = np.argsort(-bars)[: int(_REFINED * len(pairs)) if len(pairs) > _FEW else None]
    worst = worst[bars[worst] > 30 * noise * np.maximum(sizes[worst], least)]
    more, grown = _odd(table, [pairs[k] for k in worst], steps[worst], (middle,))
    if more is None:
        return None
    three = np.concatenate([odd[worst, :1], more, odd[worst, 1:]], axis=1)
    better = _read(three, np.maximum(sizes[worst], grown), nodes(6), part, noise, least)
    value[worst], bars[worst] = better
    at = np.array(pairs).T
    tables = np.zeros((2, n, n))
    tables[:, at[0], at[1]] = tables[:, at[1], at[0]] = value / steps, bars / steps
    value, error = tables
    if not _confirmed(table, value, error, reach):
        return None
    method = "differences by complex steps, confirmed by real samples"
    return Sampled(value, error, method, table.count)


def _odd(table, pairs, steps, t):
    """`(odd, sizes)`: half of g(+t h) − g(−t h) for the slopes g = ∂f/∂xᵢ along eⱼ, and how large g is."""
    import numpy as np

    points = []
    for (i, j), h in zip(pairs, steps.tolist(), strict=True):
        for u in t:
            for s in (u * h, -u * h):
                z = stepped(table.x, i)
                z[j] += s
                points.append(z)
    found = table.complex_at(points)
    if found is None:
        return None, None
    g = found.imag.reshape(len(pairs), len(t), 2) / TINY
    return 0.5 * (g[:, :, 0] - g[:, :, 1]), np.abs(g).max(axis=(1, 2), initial=0.0)


def _read(odd, sizes, t, part, noise, least):
    """The slopes at 0 of the odd parts, in units of the step, and how far they may be off."""
    import numpy as np

    k = len(t)
    rows = np.linalg.inv(np.array([polynomials(2 * k, u)[1::2] for u in t]))
    c = odd @ rows.T
    at = np.array([(-1.0) ** m * (2 * m + 1) for m in range(k)])
    last, before = np.abs(c[:, -1]), np.abs(c[:, -2])
    least_fall = part**2
    last = np.maximum(last, least_fall * before)
    falls = np.clip(last / np.maximum(before, 1e-300), least_fall, 1.0)
    grown = np.sqrt(((at @ rows) ** 2).sum())
    bars = 10 * grown * noise * np.maximum(sizes, least) + 20 * (2 * k + 1) * last * falls
    return c @ at, bars + 2.0**-52 * np.abs(c[:, 0])


class _Slopes:
    """The slope of f along w, by complex steps, as a table with one value, for `settle`."""

    bounded = False

    def __init__(self, table, w):
        self.table, self.w = table, w
        self.x, self._submit, self.noise = table.x, None, None
        self.here = self.at([table.x])[0]

    def at(self, points):
        import numpy as np

        found = self.table.complex_at([p + 1j * TINY * self.w for p in points])
        return np.full((len(points), 1), np.nan) if found is None else found.imag / TINY


def _looked(table, reach):
    """`(lengths, noise)` of the slope along a random direction, by windows along a few coordinates.

    The lengths are in units of reach, one per coordinate; the noise is a part of the slope.
    """
    import numpy as np

    n = table.x.size
    rng = np.random.default_rng(n)
    slopes = _Slopes(table, reach * rng.uniform(0.5, 1.0, n))
    if not np.isfinite(slopes.here).all():
        return None
    looked = range(n) if n <= _ALL else rng.permutation(n)[:_LOOKS].tolist()
    lengths, noises = np.full(n, np.nan), [2.0**-52]
    for j in looked:
        v = np.zeros(n)
        v[j] = 1.0
        slopes.noise = None
        found = settle(slopes, [Line(slopes, v, reach[j], "")], enough=1e-10)
        if found.sure.all() and found.value.any():
            lengths[j] = min(found.r[0] / reach[j] * 12, 4.0)
            noises.append(float(found.noise[0, 0]) / max(abs(float(slopes.here[0])), 1e-300))
    least = np.nanmin(lengths) if np.isfinite(lengths).any() else 1.0
    return np.where(np.isfinite(lengths), lengths, least), min(max(noises), 1e-6)


def _confirmed(table, value, error, reach):
    """True where real samples along random directions find the second derivative that the matrix says."""
    import numpy as np

    n = len(reach)
    rng = np.random.default_rng(n + 2)
    pace = 0.125
    for _ in range(_DIRECTIONS):
        v = reach * rng.uniform(0.5, 1.0, n) * rng.choice((-1.0, 1.0), n) / np.sqrt(n)
        line = direction(table, v, "a random direction")
        line.reach = 1.0
        found = settle(table, [line], 2, n=16, pace=pace, enough=1e-8, rtol=1e-8)
        pace = found.pace
        expected = float(v @ value @ v)
        bar = float(found.error[0, 0]) + float(np.abs(v) @ error @ np.abs(v))
        size = float(np.abs(v) @ np.abs(value) @ np.abs(v))
        if not abs(float(found.value[0, 0]) - expected) <= 10 * bar + 1e-13 * size:
            return False
        if not bar <= 1e-2 * size + 1e-300:
            return False
    return True
