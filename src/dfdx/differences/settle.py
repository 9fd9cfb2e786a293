"""Windows that are moved to the right width, on many lines, for all values at once.

A first line finds how wide a window may be, in units of the size of its coordinate; the others
begin there, and most need no second window. Where the coefficients fall too slowly the window
shrinks by what their rate says; where they are all noise a much smaller window tells noise (it
stays) from a kink (it shrinks too); where few stand above the noise the window grows. Of all
windows the best is kept, for every value its own.
"""

from math import inf

from .chebyshev import short
from .windows import Windows, offsets

_FIRST = 0.125  # of the size of the coordinate
_TRIES = 7
_NUMBERS = 2_000_000  # samples times values that are held at once
_ENOUGH = 3e-13
_EARLY = 7  # lines that may look for the best width, for those after them
_LATEST = 40
_AWAY = 40.0


class Settled:
    """What was found: tables with a row per line and a column per value.

    value, error   the derivatives and bounds on their errors
    sure           true where the coefficients fell to rounding, to known noise, or within rtol
    noise, size    of a sample, as the best window has them
    r              (per line) the width that served best
    """

    __slots__ = ("error", "noise", "pace", "r", "scale", "size", "sure", "value", "widest")

    def __init__(self, lines, values, pace):
        import numpy as np

        self.value = np.full((lines, values), np.nan)
        self.error = np.full((lines, values), inf)
        self.sure = np.zeros((lines, values), dtype=bool)
        self.noise = np.zeros((lines, values))
        self.size = np.zeros((lines, values))
        self.r = np.ones(lines)
        self.scale = np.zeros(values)  # the largest change of a value over the reach of a line
        self.pace = pace  # how wide the next window should be, in units of its line's reach
        self.widest = 0.0


def settle(table, lines, order=1, *, n=12, rtol=0.0, pace=_FIRST, enough=_ENOUGH):
    """The derivatives along the lines, as `Settled`; Spent where the budget ends."""
    import numpy as np

    out = Settled(len(lines), table.here.size, pace)
    if table.noise is None:
        table.noise = np.zeros(table.here.size)
    most = max(1, _NUMBERS // (n * max(table.here.size, 1)))
    at, count, learned = 0, 1, []
    while at < len(lines):
        chunk = list(range(at, min(at + count, len(lines))))
        _Chunk(table, lines, chunk, out, order, n, rtol, enough, at < _EARLY).run()
        learned += [out.r[k] / lines[k].reach for k in chunk if out.sure[k].any()]
        if learned:
            out.pace = min(
                learned[-_LATEST:]
            )  # a window too wide costs another one, too narrow a digit
        at, count = at + count, min(2 * count if table._submit is None else len(lines), most)
    return out


class _Chunk:
    """Lines whose windows are taken together."""

    def __init__(self, table, lines, which, out, order, n, rtol, enough, early):
        self.table, self.lines, self.out, self.order = table, lines, out, order
        self.n, self.rtol, self.enough, self.early = n, rtol, enough, early
        self.target = 10 ** (16 / (n - 1))
        self.r = {k: lines[k].reach * out.pace for k in which}
        self.flat = {}  # line -> (radius, noise, which values) of a window that was all noise
        self.grown = dict.fromkeys(which, 0)
        self.holes = dict.fromkeys(which, 0)

    def run(self):
        pending = list(self.r)
        for _ in range(_TRIES):
            if not pending:
                return
            w = self._windows(pending)
            pending = [k for row, k in enumerate(pending) if self._next(w, row, k)]

    def _windows(self, pending):
        import numpy as np

        for k in pending:
            r = min(self.r[k], self.lines[k].room)
            self.r[k] = short(r)
        u = offsets(self.n)
        r = np.array([self.r[k] for k in pending])
        points, off = [], np.empty((self.n, len(pending)))
        for j, t in enumerate(u.tolist()):
            for i, k in enumerate(pending):
                step = t * self.r[k]
                points.append(self.lines[k].at(step))
                off[j, i] = self.lines[k].moved(step) - step
        table = self.table
        values = table.at(points).reshape(self.n, len(pending), table.here.size)
        return Windows(values, table.here, r, self.order, table.noise, off)

    def _next(self, w, row, k):
        """Take over what is better than before; True where another window is wanted, at self.r."""
        import numpy as np

        out, r = self.out, self.r[k]
        if w.hole[row]:
            self.holes[k] += 1
            self.r[k] = r / 6
            return self.holes[k] < 5
        value, error, clean = w.value[row], w.error[row], w.clean[row]
        reach = self.lines[k].reach ** self.order
        if clean.any():
            out.scale = np.maximum(out.scale, np.where(clean, np.abs(value) * reach, 0.0))
        least = np.maximum(self.enough * out.scale / reach, self.rtol * np.abs(value))
        good = clean | (error <= least)
        bad = ~good
        falling = bad & (w.falls[row] > 3)
        flat = bad & ~falling
        if flat.any() and k in self.flat:
            before, noise, which = self.flat[k]
            stays = flat & which & (w.noise[row] > 0.1 * noise) & (w.noise[row] < 10 * noise)
            if stays.any():
                level = np.maximum(w.noise[row], noise)
                self.table.noise = np.where(
                    stays, np.maximum(self.table.noise, level), self.table.noise
                )
                out.sure[k] |= stays & np.isfinite(out.error[k])
                good = good | stays
                bad, flat = bad & ~stays, flat & ~stays
            if before > r and flat.any() and (flat & which).any():
                flat = flat & ~which  # it shrinks with the window: a kink, for others to look at
                bad = falling | flat
        better = error < out.error[k]
        out.value[k] = np.where(better, value, out.value[k])
        out.error[k] = np.where(better, error, out.error[k])
        out.noise[k] = np.where(better, w.noise[row], out.noise[k])
        out.size[k] = np.where(better, w.size[row], out.size[k])
        out.sure[k] |= good & (better | out.sure[k])
        bad &= ~out.sure[k]
        if bad.any():
            if self.grown[k]:
                return False
            if (flat & bad).any():
                self.flat[k] = (r, w.noise[row], flat)
            shrunk = [r / _AWAY] if (flat & bad).any() else []
            rates = w.falls[row][falling & bad] ** (4 / self.n) / self.target
            shrunk += (r * np.minimum(0.5, rates)).tolist()
            self.r[k] = max(shrunk)
            return True
        if self.grown[k] and not better.any():
            return False  # wider was not better
        rate = float(np.min(w.rate[row][clean], initial=inf))
        line = self.lines[k].reach
        if self.early:
            out.widest = max(out.widest, r / line)
            most = 1.0 if self.grown[k] else 4.0
        else:
            most = min(4.0, max(1.0, out.widest * line / r))
        out.r[k] = r * min(most, max(0.25, rate / self.target)) if rate < inf else r
        poor = 3 * least if self.early else 1e3 * least
        wide = w.narrow[row] & (out.error[k] > poor)
        if wide.any() and self.grown[k] < 2:
            factor = min(16.0, float(np.min(w.rate[row][wide])) / self.target)
            if factor > 2:
                self.grown[k] += 1
                self.r[k] = r * factor
                return True
        return False
