"""Derivatives of functions of several numbers from samples: Jacobian and slope along a direction.

Every sample gives all values of the function, so a Jacobian costs what a gradient costs. The
ladder, for each function: complex steps, one evaluation per coordinate, believed only when the
function's real samples along random directions confirm them; else windows of real samples along the
coordinates, which share the width that fits the function (`settle`); and where a window stays
unclear, that coordinate alone by `scalar.sampled`, which knows kinks, jumps, edges of domains and
noise, and names what it finds.

Complex step: Squire & Trapp, "Using complex variables to estimate derivatives of real functions",
SIAM Review 40 (1998).
"""

from math import inf

from ..errors import NotConverged, NotDifferentiable
from .samples import Spent, pool, quiet
from .scalar import sampled
from .settle import settle
from .table import Line, Table, axes

TINY = 2.0**-120  # a complex step: its square is nothing beside 1
_DIRECTIONS = 2
_TWICE = 8  # coordinates evaluated again beside the point, for the rounding of their derivatives
_SURE = 1e3
_DIGITS = 1e-2
_ROUNDING = 2.0**-46  # times a value: less is its rounding, more is noise
_WITNESSES = 3
_COARSE = 1e-7  # for such a relative error smaller windows serve


class Sampled:
    """Derivatives from samples: tables with a row per value of the function.

    value, error   the derivatives and bounds on their errors, (values, coordinates)
    method         how they were found, in words
    evaluations    how often the function was called
    notes          what the user should know, as sentences
    """

    __slots__ = ("error", "evaluations", "method", "notes", "value")

    def __init__(self, value, error, method, evaluations, notes=()):
        self.value, self.error, self.method = value, error, method
        self.evaluations, self.notes = evaluations, tuple(notes)


def jacobian(
    f, x, *, bounds=None, rtol=None, budget=None, noise=None, step=None, workers=None,
    complex_step=True, name=None,
):  # fmt: skip
    """All partial derivatives of a `Flat` function at a flat array, as `Sampled`.

    `bounds` are two arrays (or numbers) between which the function is called; `name(i)` is what
    messages call coordinate i. Raises NotDifferentiable or NotConverged, naming the coordinate.

    >>> import numpy as np
    >>> from dfdx.differences.table import Flat
    >>> found = jacobian(Flat.of(lambda x: [x[0] * x[1], x[0] + x[1]]), np.array([2.0, 3.0]))
    >>> found.value.round(12)
    array([[3., 2.],
           [1., 1.]])
    """
    import numpy as np

    with pool(workers) as submit, quiet():
        table = table_of(f, x, budget, bounds, submit, noise)
        lines = axes(table, name)
        if not (lines and table.here.size):
            empty = np.zeros((table.here.size, len(lines)))
            return Sampled(empty, empty.copy(), "differences", table.count)
        if step is not None:
            value, error = fixed_step(table, lines, step)
            return Sampled(value.T, error.T, _STEPS.format(step), table.count)
        try:
            if complex_step and bounds is None:
                found = _by_complex_steps(table, lines)
                if found is not None:
                    return found
            value, error, notes = along_lines(table, lines, rtol=rtol or 0.0)
        except Spent:
            raise over_budget(table) from None
        return Sampled(value.T, error.T, "differences", table.count, notes)


_STEPS = "central differences with the step {:g}"


def slope(
    f, x, v, order=1, *, side=None, bounds=None, rtol=None, budget=None, noise=None, step=None,
    workers=None, name="the direction",
):  # fmt: skip
    """The derivative of all values along v, of f(x + t v) at t = 0, as `Sampled` with one column.

    With `side` from the points behind ("left") or ahead ("right") alone.
    """
    import numpy as np

    with pool(workers) as submit, quiet():
        table = table_of(f, x, budget, bounds, submit, noise)
        lines = [direction(table, v, name)]
        if step is not None:
            value, error = fixed_step(table, lines, step)
            return Sampled(value.T, error.T, _STEPS.format(step), table.count)
        try:
            if side is None:
                value, error, notes = along_lines(table, lines, order, rtol=rtol or 0.0)
            else:
                notes, m = [], table.here.size
                value, error = np.empty((1, m)), np.empty((1, m))
                _one_by_one(table, lines[0], order, range(m), value[0], error[0], rtol, notes, side)
        except Spent:
            raise over_budget(table) from None
        return Sampled(value.T, error.T, "differences", table.count, notes)


def table_of(f, x, budget, bounds, submit, noise):
    import numpy as np

    table = Table(f, x, budget, bounds, submit)
    if noise is not None:
        table.noise = np.full(table.here.size, float(noise))
    return table


def direction(table, v, name):
    """The line along v, with a reach that no coordinate makes longer than its own size."""
    import numpy as np

    size = np.abs(table.x)
    typical = float(np.median(size[size > 0])) if (size > 0).any() else 1.0
    moving = np.abs(v) > 0
    reach = float(np.min(np.maximum(size, typical)[moving] / np.abs(v)[moving], initial=inf))
    return Line(table, np.asarray(v, dtype=float), reach if reach < inf else 1.0, name)


def along_lines(table, lines, order=1, *, found=None, **how):
    """`(value, error, notes)`, a row per line: by windows, and line by line where these stay unclear.

    `found` is what `settle` gave already; `how` are its options.
    """
    import numpy as np

    rtol = how.get("rtol", 0.0)
    if found is None:
        n = 16 if order > 1 else 8 if rtol >= _COARSE else 12
        found = settle(table, lines, order, **{"n": n, **how})
    value, error = found.value, found.error
    size, notes = np.abs(table.here), []
    rough = (found.noise > _ROUNDING * found.size) & (table.noise > 0)
    denied = _denied_noise(table, lines, order, found, rtol)
    if rough[:, ~denied].any():
        notes.append(f"the values are noisy, by about {float(found.noise[:, ~denied].max()):.1g}")
    for k, line in enumerate(lines):
        least = np.maximum(_DIGITS * np.abs(value[k]), 1e-3 * size / found.r[k] ** order)
        unclear = ~found.sure[k] | ~(error[k] <= np.maximum(least, 1e-300))
        unclear |= denied & rough[k]
        if unclear.any():
            _one_by_one(
                table, line, order, np.flatnonzero(unclear), value[k], error[k], rtol, notes
            )
    return value, error, notes


def _denied_noise(table, lines, order, found, rtol):
    """For each value: true where what was taken for noise is not, as some lines by themselves tell.

    A fast oscillation looks like noise to wide windows. What was found with noise is compared on
    a few lines with the samples of one number, which look at every scale.
    """
    import numpy as np

    denied = np.zeros(table.here.size, dtype=bool)
    noisy = found.sure & (found.noise > _ROUNDING * found.size) & (table.noise > 0)
    for j in np.flatnonzero(noisy.any(axis=0)).tolist():
        where = np.flatnonzero(noisy[:, j])
        for k in where[:: max(1, len(where) // _WITNESSES)].tolist():
            value, error = found.value[k].copy(), found.error[k].copy()
            try:
                _one_by_one(table, lines[k], order, [j], value, error, rtol, [])
            except (NotConverged, NotDifferentiable):
                continue
            if abs(value[j] - found.value[k, j]) > error[j] + found.error[k, j]:
                denied[j] = True
                break
    return denied


def _one_by_one(table, line, order, which, value, error, rtol, notes, side=None):
    """The values of one line that stay unclear, each by the samples of a function of one number."""
    known = {}

    def row(p):
        if p not in known:
            known[p] = table.at([line.at(p - start)])[0]
        return known[p]

    start = 0.0 if line.index is None else float(table.x[line.index])
    known[start] = table.here
    bounds = None if line.room == inf else (start + line.low, start + line.high)
    for j in which:

        def one(p, j=j):
            return float(row(p)[j])

        one.__name__ = table.f.title
        try:
            found = sampled(
                one, start, order, bounds=bounds, side=side, rtol=rtol or None, complex_step=False
            )
        except NotDifferentiable as broken:
            raise NotDifferentiable(
                f"along {line.name}: {first_line(broken)}", broken.left, broken.right
            ) from None
        except NotConverged as unclear:
            raise NotConverged(f"along {line.name}: {first_line(unclear)}") from None
        value[j], error[j] = found.value, found.error
        notes.extend(note for note in found.notes if note not in notes)


def first_line(error):
    """What an error says, without what it advises."""
    return str(error).partition("\n")[0]


def over_budget(table):
    return NotConverged(
        f"the budget of {table.budget} evaluations was spent before every coordinate had its derivative"
    )


def fixed_step(table, lines, step):
    """`(value, error)` by (f(x + h) − f(x − h)) / 2h; the error from the step twice as long."""
    import numpy as np

    value, error = [], []
    for line in lines:
        h = line.moved(step)
        bb, b, a, aa = table.at([line.at(t) for t in (-2 * h, -h, h, 2 * h)])
        near, far = (a - b) / (2 * h), (aa - bb) / (4 * h)
        rounding = 2.0**-52 * np.maximum(np.abs(a), np.abs(b)) / abs(h)
        value.append(near)
        error.append(np.abs(near - far) + rounding)
    return np.array(value), np.array(error)


def _by_complex_steps(table, lines):
    """The Jacobian by complex steps; None where complex numbers are not taken as real ones are."""
    import numpy as np

    x, n = table.x, table.x.size
    first = table.complex_at([stepped(x, 0)]) if n else None
    if first is None or not alike(first[0].real, table.here):
        return None
    rest = table.complex_at([stepped(x, i) for i in range(1, n)]) if n > 1 else first[:0]
    if rest is None:
        return None
    columns = np.concatenate([first, rest]).imag / TINY  # (coordinates, values)
    bars = _confirmed(table, lines, columns)
    if bars is None:
        return None
    rng = np.random.default_rng(n)
    some = rng.permutation(n)[:_TWICE]
    beside = x * (1 + 2.0**-52 * rng.choice((-2.0, 2.0), n))
    again = table.complex_at([stepped(beside, i) for i in some])
    if again is None:
        return None
    apart = np.abs(again.imag / TINY - columns[some])
    size = np.abs(columns).mean(axis=0)
    share = (apart / (np.abs(columns[some]) + size + 1e-300)).max(axis=0)
    rounding = 16 * np.maximum(share * (np.abs(columns) + size), 2.0**-52 * np.abs(columns))
    method = "differences by complex steps, confirmed by real samples"
    return Sampled(columns.T, np.maximum(bars, rounding).T, method, table.count)


def stepped(x, i):
    z = x.astype(complex)
    z[i] += 1j * TINY
    return z


def alike(a, b):
    import numpy as np

    return bool((np.abs(a - b) <= 1e-12 * np.maximum(np.abs(a), np.abs(b))).all())


def _confirmed(table, lines, columns):
    """What real samples along random directions leave open of every entry; None where they deny one.

    The directions make all coordinates count alike. What an entry weighs in the sum, compared
    with the error of the samples, is how sure they are of it.
    """
    import numpy as np

    n = len(lines)
    reach = np.array([line.reach for line in lines])
    weight = np.abs(columns).max(axis=1) * reach
    typical = float(np.median(weight[weight > 0])) if (weight > 0).any() else 1.0
    even = np.clip(typical / np.maximum(weight, 1e-300), 1 / 30, 3)
    rng = np.random.default_rng(n + 1)
    bars = np.full(columns.shape, inf)
    pace = 0.125
    for _ in range(_DIRECTIONS):
        v = reach * even * rng.uniform(0.5, 1.0, n) * rng.choice((-1.0, 1.0), n) / np.sqrt(n)
        line = direction(table, v, "a random direction")
        line.reach = 1.0
        found = settle(table, [line], pace=pace, enough=1e-9, rtol=1e-9)
        pace = found.pace
        slopes, error = found.value[0], found.error[0]
        expected = v @ columns
        error = error + n * 2.0**-52 * (np.abs(v) @ np.abs(columns))
        if not (np.abs(slopes - expected) <= 10 * error).all():
            return None
        if not (error <= 1e-3 * (np.abs(v) @ np.abs(columns)) + 1e-300).all():
            return None
        part = np.abs(v)[:, None] * np.abs(columns)
        known = part >= _SURE * error
        bars = np.minimum(bars, np.where(known, 0.0, error / np.abs(v)[:, None]))
    return bars
