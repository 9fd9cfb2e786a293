"""What a function does ever nearer to a point: samples at x ± h, x ± h/32, x ± h/1024, …

A smooth function comes straight: from step to step its bend falls by 1024. A kink's falls by 32;
a jump stays as high as it is; |x|^a falls by 32^a; noise stays what it is. So nine samples on a
side say which it is, and what the one-sided derivative will be.
"""

from itertools import pairwise
from math import inf, isfinite, log, nan, ulp

FACTOR = 32.0
STEPS = 9


class Ladder:
    """The rises f(x ± h_k) − f(x) on both sides, from large steps to small ones."""

    __slots__ = ("floor", "here", "left", "right", "steps", "x")

    def __init__(self, samples, x, here, h, noise=0.0):
        steps = [h / FACTOR**k for k in range(STEPS) if h / FACTOR**k > 2 * ulp(x)]
        ahead = [x + s for s in steps]
        behind = [x - s for s in steps]
        values = samples.at(ahead + behind)
        size = max((abs(v) for v in values if v == v), default=0.0)
        self.x, self.here = x, here
        self.floor = max(4 * 2.0**-53 * max(size, abs(here)), noise)
        self.right = [(p - x, y - here) for p, y in zip(ahead, values[: len(steps)], strict=True)]
        self.left = [(p - x, y - here) for p, y in zip(behind, values[len(steps) :], strict=True)]
        self.steps = steps
        steep = sorted(abs(d / h) for h, d in self.right + self.left if d == d and h)
        if steep:
            self.floor += ulp(x) * steep[len(steep) // 2]

    def roughness(self):
        """For every step how far the function is from straight between it and the next one."""
        rough = []
        for k in range(len(self.steps) - 1):
            (_, a), (_, b) = self.right[k], self.left[k]
            (_, c), (_, d) = self.right[k + 1], self.left[k + 1]
            rough.append(max(abs(a + b), abs((a - b) - FACTOR * (c - d))) / 2)
        return rough

    def smooth_from(self, noise):
        """The steps from which on the function is smooth, the two largest of them; () for none.

        `noise` is how rough it is in the window around. Where it gets less rough by steps, as a kink at x
        does, it is not smooth.
        """
        rough = self.roughness()
        if len(rough) < 4 or any(v != v for v in rough):
            return ()
        low = 2 * FACTOR * self.floor
        for k in range(len(rough) - 2):
            if max(rough[k + 1 :]) > 0.1 * noise:
                continue
            here, near, nearer = rough[k : k + 3]
            if not k and here <= 0.1 * noise < inf:
                return tuple(self.steps[:2])
            falls = here >= 200 * max(near, low)
            stays = nearer <= max(near / 200, low) or here >= 1e4 * nearer
            drops = k and rough[k - 1] >= 100 * here and nearer > near / 8 and here > near / 8
            if (falls and stays) or drops:
                return tuple(self.steps[k : k + 2])
        return ()

    def bends_beside(self, r):
        """True where a kink beside x makes the function rough down to r: less so at every step."""
        rough = [v for v, h in zip(self.roughness(), self.steps, strict=False) if h > 2 * r]
        return len(rough) > 1 and all(8 * b < a < 128 * b for a, b in pairwise(rough))

    def is_noise(self, noise, below=inf):
        """True where it stays as rough as that while the steps shrink.

        A kink would be a thousand times less rough after two steps. `below` is the window that
        the noise was seen in.
        """
        inner = [v for v, h in zip(self.roughness(), self.steps, strict=False) if h < 1e-3 * below][
            -7:
        ]
        if not inner:  # there are no floats so close
            return True
        few = sum(v >= 0.1 * noise for v in inner) < min(3, len(inner))
        return not few and max(inner[-4:]) <= 40 * FACTOR * noise

    def side(self, sign):
        """The Limit on one side: +1 for the right."""
        rows = self.right if sign > 0 else self.left
        return _limit(rows, self.floor)


class Limit:
    """What a side does: kind, the limit of f(p) − f(x), and the slope with a bound on its error.

    For noise the rise is the part that it is of the whole change. kind is "slope", "jump", "vertical",
    "oscillation", "noise", "unsettled" or "undefined".
    """

    __slots__ = ("error", "kind", "rise", "slope")

    def __init__(self, kind, slope=nan, error=inf, rise=0.0):
        self.kind, self.slope, self.error, self.rise = kind, slope, error, rise


def _limit(rows, floor):
    if not rows or rows[-1][1] != rows[-1][1] or sum(d != d for _, d in rows) > 2:
        return Limit("undefined")
    rows = [(h, d) for h, d in rows if d == d]
    if len(rows) < 4:
        return Limit("unsettled")
    rises = [d for _, d in rows]
    seen = [(h, d) for h, d in rows if abs(d) > 64 * floor]
    quotients = [d / h for h, d in seen]
    steps = [b - a for a, b in pairwise(quotients)]
    powers = [
        log(abs(a / b)) / log(FACTOR) if a * b > 0 else nan for (_, a), (_, b) in pairwise(seen)
    ]
    tail = powers[-4:]
    alike = len(tail) == 4 and max(tail) - min(tail) <= 0.06
    if alike and all(0.02 < p < 0.97 for p in tail) and _steady(steps[-3:]):
        return Limit("vertical", inf if quotients[-1] > 0 else -inf, 0.0)
    last = rises[-3:]
    high = max(map(abs, last))
    spread = max(last) - min(last)
    if high > 4 * floor:
        first, second = _straight(rows[-3:])
        if abs(first - second) <= 0.02 * abs(second) + 2 * floor and abs(second) > 4 * floor:
            return Limit("jump", rise=second)
        before = max(map(abs, rises[-4:-2]))
        if max(map(abs, rises[-2:])) > before / 8 and spread > 0.3 * high:
            return Limit("noise", rise=high / max(map(abs, rises)))
    if len(seen) < 3:  # flat as far as can be seen
        h = abs(rows[min(len(seen), len(rows) - 1)][0])
        q = quotients[-1] if len(seen) == 1 else 0.0
        return Limit("slope", q, 128 * floor / h + abs(q))
    noise = 2 * floor / abs(seen[-1][0])
    size = max(map(abs, quotients))
    if abs(steps[-1]) <= 1e-7 * size + noise:
        return Limit("slope", quotients[-1], abs(steps[-1]) + noise)
    spreads = [max(quotients[k:]) - min(quotients[k:]) for k in range(len(quotients) - 1)]
    ratio = [b / a if a else 0.0 for a, b in pairwise(steps)][-2:]
    if all(0 <= v < 0.9 for v in ratio):
        rest = steps[-1] * ratio[-1] / (1 - ratio[-1])
        error = 2 * abs(rest) + noise
        if max(ratio) - min(ratio) > 0.5 * max(ratio):  # they fall, but by no rule
            error += abs(steps[-1])
        return Limit("slope", quotients[-1] + rest, error)
    if len(spreads) > 3 and spreads[-1] <= spreads[0] / 100 and spreads[-1] <= spreads[-3] / 10:
        return Limit("slope", quotients[-1], 2 * spreads[-2] + noise)
    if max(map(abs, rises[-2:])) > max(map(abs, rises[-4:-2])) / 64:  # it does not even come nearer
        return Limit("noise", rise=high / max(map(abs, rises)))
    return Limit("oscillation")


def _straight(rows):
    """Where the rises go for h = 0, on the line through the first two of three, by the last two of them."""
    (h, a), (k, b), (m, c) = rows
    slope = (a - b) / (h - k)
    return b - slope * k, c - slope * m


def _steady(steps):
    """True where steps go one way and do not fade: a power below 1, or its logarithm."""
    same = all(s > 0 for s in steps) or all(s < 0 for s in steps)
    return same and all(isfinite(b) and abs(b) > 0.7 * abs(a) for a, b in pairwise(steps))
