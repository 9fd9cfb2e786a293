"""A body whose acceleration wanders, followed forwards by Kalman's filter and looked back on by the smoother.

Position, velocity and acceleration are the state; between samples, however far apart, the acceleration is a
Wiener process of strength q. The filter gives the likelihood of q (the noise is profiled out where it is not
known), the smoother the state at every sample, and at other times, which are samples without a value.

Sources: Bar-Shalom, Li and Kirubarajan, "Estimation with Applications to Tracking and Navigation" (2001),
chapter 6; Durbin and Koopman, "Time Series Analysis by State Space Methods" (2012), chapter 4 (the smoother).
"""

from math import exp, log, sqrt

import numpy as np

_LEAST = 6
_BROAD = (1e4, 1e8)  # the variance of the first state, in units of the noise and the step: bounds
_DATA = 1e2  # and that in units of the data, between these
_LOGS = (-45.0, 25.0)  # log q per step, in units of the noise
_LOOKED_AT, _STRETCHES = 8_000, 4  # samples of a long record that q is taken from


class Kalman:
    """Values and derivatives to order 2 with bands; `noise` is "auto" or a standard deviation."""

    method = "Kalman smoother with a wandering acceleration"
    notes = ("the band is that of the process found, as if that were known",)

    def __init__(self, t, y, w, noise):
        if len(t) < _LEAST:
            raise ValueError(
                f"{len(t)} samples are too few to tell curve from noise; {_LEAST} are needed"
            )
        if t[0] == t[-1]:
            raise ValueError("all samples stand at one coordinate; there is no slope to find")
        self.start, self.step = float(t[0]), float(t[-1] - t[0]) / (len(t) - 1)
        self.line = np.polyfit((t - self.start) / self.step, y, 1)
        rest = y - np.polyval(self.line, (t - self.start) / self.step)
        self.size = float(rest.std()) or 1.0
        self.t, self.y = (t - self.start) / self.step, rest / self.size
        self.share = 1.0 / (np.ones(len(t)) if w is None else np.asarray(w, dtype=float))
        given = not isinstance(
            noise, (str, float, int)
        )  # the weights hold the variances themselves
        self.known = (
            None if isinstance(noise, str) else (1.0 if given else float(noise)) / self.size
        )
        self.broad = _BROAD[1]
        self.log_q, self.deviation = self._likeliest()
        self.broad = min(max(_DATA / self.deviation**2, _BROAD[0]), _BROAD[1])
        self.noise = float("nan") if given else self.size * self.deviation
        self.samples = self._smoothed(self.t, self.y, self.share)

    def without_season(self):
        return self

    def amplified(self):
        return 0.0

    def at(self, t, order):
        """`(values, half-widths of the 95 % band)`."""
        if order > 2:
            raise ValueError(f'method="kalman" gives derivatives of order 1 and 2, not {order}')
        s = (t - self.start) / self.step
        where = np.minimum(np.searchsorted(self.t, s), len(self.t) - 1)
        states, spreads = self.samples
        if not (self.t[where] == s).all():
            others, back = np.unique(s, return_inverse=True)
            times = np.concatenate([self.t, others])
            sort = np.argsort(times, kind="stable")
            empty = np.full(len(others), np.nan)
            states, spreads = self._smoothed(
                times[sort],
                np.concatenate([self.y, empty])[sort],
                np.concatenate([self.share, np.ones(len(others))])[sort],
            )
            place = np.empty(len(sort), dtype=np.intp)
            place[sort] = np.arange(len(sort))
            where = place[len(self.t) + back]
        unit = self.size / self.step**order
        line = np.polyval(np.polyder(self.line, order), s) / self.step**order
        return line + unit * states[where, order], 1.96 * unit * spreads[where, order]

    def _likeliest(self):
        """`(log q, standard deviation of the noise)` of highest likelihood."""
        from scipy.optimize import minimize_scalar

        count = len(self.t)
        parts = [slice(0, count)]
        if count > _LOOKED_AT:
            length = _LOOKED_AT // _STRETCHES
            starts = np.linspace(0, count - length, _STRETCHES).astype(int)
            parts = [slice(k, k + length) for k in starts]
        pieces = [[a[p].tolist() for a in (self.t, self.y, self.share)] for p in parts]

        def unlikely(log_q):
            squares = logs = number = 0.0
            for piece in pieces:
                found = _filtered(*piece, exp(log_q), self.broad, None)
                squares, logs, number = squares + found[0], logs + found[1], number + found[2]
            variance = squares / max(number - 3, 1) if self.known is None else self.known**2
            variance = max(variance, 1e-300)
            self._variance = variance
            return 0.5 * (number * log(variance) + squares / variance + logs)

        grid = np.linspace(*_LOGS, 15)
        best = grid[np.argmin([unlikely(g) for g in grid])]
        width = grid[1] - grid[0]
        found = minimize_scalar(
            unlikely, bounds=(best - width, best + width), method="bounded", options={"xatol": 0.05}
        )
        unlikely(found.x)
        return float(found.x), sqrt(self._variance)

    def _smoothed(self, t, y, share):
        """The states and their standard deviations at all those times, a row each."""
        kept = []
        _filtered(t.tolist(), y.tolist(), share.tolist(), exp(self.log_q), self.broad, kept)
        states, spreads = np.empty((len(t), 3)), np.empty((len(t), 3))
        r, n = np.zeros(3), np.zeros((3, 3))
        steps = np.append(np.diff(t), 0.0)
        for i in range(len(t) - 1, -1, -1):
            x, p, gain, left, spread = kept[i]
            h = steps[i]
            move = np.array([[1.0, h, 0.5 * h * h], [0.0, 1.0, h], [0.0, 0.0, 1.0]])
            r, n = move.T @ r, move.T @ n @ move
            if (
                spread
            ):  # there was a value: the state after it depends on the one before by 1 − gain
                k = np.array(gain)
                r[0] += left / spread - k @ r
                beside = n @ k
                corner = beside @ k
                n[0, :] -= beside
                n[:, 0] -= beside
                n[0, 0] += corner + 1.0 / spread
            a, b, c, d, e, f = p
            p = np.array([[a, b, c], [b, d, e], [c, e, f]])
            states[i] = np.array(x) + p @ r
            spreads[i] = np.diag(p - p @ n @ p)
        return states, self.deviation * np.sqrt(np.maximum(spreads, 0.0))


def _filtered(t, y, share, q, broad, kept):
    """`(Σ v²/s, Σ log s, count)` of the innovations v; `kept` gets what the smoother needs, or is None."""
    x0 = x1 = x2 = 0.0
    p00 = p11 = p22 = broad
    p01 = p02 = p12 = 0.0
    squares = logs = 0.0
    number, before = 0, t[0]
    for now, value, relative in zip(t, y, share, strict=True):
        h = now - before
        before = now
        if h:
            half = 0.5 * h * h
            x0, x1 = x0 + h * x1 + half * x2, x1 + h * x2
            a01, a02 = p01 + h * p11 + half * p12, p02 + h * p12 + half * p22
            a00 = p00 + h * p01 + half * p02
            b11, b12 = p11 + h * p12, p12 + h * p22
            noise = q * h
            p00 = a00 + h * a01 + half * a02 + noise * h**4 / 20
            p01 = a01 + h * a02 + noise * h**3 / 8
            p02 = a02 + noise * h * h / 6
            p11 = b11 + h * b12 + noise * h * h / 3
            p12 = b12 + noise * h / 2
            p22 += noise
        if value != value:
            if kept is not None:
                kept.append(((x0, x1, x2), (p00, p01, p02, p11, p12, p22), None, 0.0, 0.0))
            continue
        spread = p00 + relative
        left = value - x0
        k0, k1, k2 = p00 / spread, p01 / spread, p02 / spread
        if kept is not None:
            kept.append(((x0, x1, x2), (p00, p01, p02, p11, p12, p22), (k0, k1, k2), left, spread))
        squares += left * left / spread
        logs += log(spread)
        number += 1
        x0, x1, x2 = x0 + k0 * left, x1 + k1 * left, x2 + k2 * left
        p11, p12, p22 = p11 - k1 * p01, p12 - k1 * p02, p22 - k2 * p02
        p00, p01, p02 = p00 * relative / spread, p01 * relative / spread, p02 * relative / spread
    return squares, logs, number
