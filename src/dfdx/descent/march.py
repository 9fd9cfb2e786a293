"""The one loop behind descent and training: look, move, look again.

A `State` is where a search is. `march` yields the start and then one state after each step, for as
long as it is
asked; who asks decides when it ends. How a step is made is said by its pace: with a rate that is given
(`ByRate`), by a line search (`BySearch`), or by trial and damping (`Damped`).
"""

from math import isfinite, sqrt

import numpy as np

from .search import Line, armijo, wolfe

_BOLDER = 1.03
_PATIENCE = 30  # steps without a new lowest value after which a rate was too large
_RECENT = 10  # values that a step of Barzilai and Borwein may rise to
_ROUNDING = 1e-14


class State:
    """Where a search is after `step` steps: what `steps` yields and a callback is given.

    value     f there            slope   the length of its gradient
    point     the parameters, and `gradient`, in the structure of what was passed
    rate      the rate of the step that led here; `length`, how far it went
    x, g      point and gradient as vectors
    """

    __slots__ = ("g", "length", "memory", "pack", "rate", "slope", "step", "value", "x")

    def __init__(self, x, value, g, pack, memory, step=0, rate=np.nan, length=0.0):
        self.x, self.value, self.g, self.pack, self.memory = x, value, g, pack, memory
        self.step, self.rate, self.length = step, rate, length
        self.slope = sqrt(g @ g)

    @property
    def point(self):
        return self.pack(self.x)

    @property
    def gradient(self):
        return self.pack(self.g)

    @property
    def finite(self):
        return isfinite(self.value) and isfinite(self.slope)

    def moved(self, x, value, g, rate, length):
        """The next state."""
        return State(x, value, g, self.pack, self.memory, self.step + 1, rate, length)

    def __repr__(self):
        return f"<step {self.step}: f = {self.value:.6g}, |∇f| = {self.slope:.3g}>"


class Stuck(Exception):
    """No lower place was found along the way down; `floor`: because f has no more digits."""

    def __init__(self, floor, error=None):
        super().__init__("no lower place along the gradient")
        self.floor, self.error = floor, error


def march(look, pace, here):
    """`here`, and then the state after each step."""
    while True:
        yield here
        with np.errstate(all="ignore"):  # the search tells what is no number
            here = pace(look, here)


class ByRate:
    """Steps of a rule with a rate: a function of the number of the step."""

    def __init__(self, rule, rate):
        self.rule, self.rate = rule, rate

    def __call__(self, look, here):
        rate = self.rate(here.step)
        change = self.rule.change(here.x, here.g, here.step, here.memory, rate)
        x = here.x + change
        value, g = look(x)
        return here.moved(x, value, g, rate, sqrt(change @ change))


class Careful(ByRate):
    """Steps with a rate that nobody chose: a little larger after each new lowest value, and halved, from the
    best point on, where there was none for long (the bold driver: Vogl et al., Biol. Cybern. 59, 1988)."""

    def __init__(self, rule, rate, here):
        super().__init__(rule, lambda step: self.now)
        self.now, self.start, self.best, self.since = rate, here, here, 0
        self.begun = here.step

    def __call__(self, look, here):
        if here.value < self.best.value:
            self.best, self.since, self.now = here, 0, _BOLDER * self.now
        else:
            self.since += 1
        if not here.value <= self.start.value or self.since > _PATIENCE:
            self.now, self.since = self.now / 2, 0
            memory = self.rule.start(len(here.x))
            best, self.begun = self.best, here.step
            here = State(best.x, best.value, best.g, here.pack, memory, here.step)
        change = self.rule.change(here.x, here.g, here.step - self.begun, here.memory, self.now)
        x = here.x + change
        try:
            value, g = look(x)
        except (ArithmeticError, ValueError):
            value, g = np.inf, here.g
        return here.moved(x, value, g, self.now, sqrt(change @ change))


class BySearch:
    """Steps along a direction, as far as a line search finds good."""

    def __init__(self, method, search=None):
        self.method, self.search = method, search or method.search
        self.recent = []

    def __call__(self, look, here):
        method, memory = self.method, here.memory
        d = method.direction(here.x, here.g, memory, look)
        line = Line(look, here.x, here.value, here.g, d)
        fresh = not line.slope < 0 or not isfinite(line.slope)
        found = None if fresh else self._along(line, method.first(here.value, line.slope, memory))
        if found is None:  # forget what was learnt, and go straight down
            memory.clear()
            memory.update(method.start(len(here.x)))
            line = Line(look, here.x, here.value, here.g, -here.g)
            found = self._along(line, None)
        if found is None:
            raise Stuck(self._at_the_floor(here, line), line.error)
        moved = found.x - here.x
        method.learn(memory, moved, found.g - here.g, found.g, here.g)
        return here.moved(found.x, found.value, found.g, found.t, sqrt(moved @ moved))

    def _along(self, line, t):
        if t is None or not t > 0:  # as long as x, or one: shortened or prolonged by the search
            reach = max(1e-3 * sqrt(line.x @ line.x), 1e-3)
            t = reach / sqrt(line.d @ line.d)
            if self.search in ("falling", "armijo"):
                return wolfe(line, t)
        if self.search == "falling":
            self.recent = [*self.recent[1 - _RECENT :], line.value]
            return armijo(line, t, max(self.recent))
        if self.search == "armijo":
            return armijo(line, t)
        exact = self.search == "exact"
        return wolfe(line, t, rest=0.1 if exact else 0.9, exact=exact)

    @staticmethod
    def _at_the_floor(here, line):
        """True where all that could be gained, by the curvature around, is below the rounding of f."""
        reach = 1e-6 * max(sqrt(here.x @ here.x), 1e-6)
        near = line.at(reach / max(here.slope, 1e-300))
        turn = (near.slope - line.slope) / near.t if isfinite(near.slope) else 0.0
        gain = line.slope**2 / (2 * turn) if turn > 0 else -line.slope * near.t
        return gain <= _ROUNDING * max(abs(here.value), 1e-290)


class Damped:
    """Steps of Levenberg and Marquardt: tried, and taken where the sum of squares falls."""

    def __init__(self, method):
        self.method = method

    def __call__(self, look, here):
        r, jacobian = look.rows(here.x)
        for _ in range(60):
            d, promised = self.method.trial(r, jacobian, here.memory)
            x = here.x + d
            try:
                lower = 0.5 * float(np.square(look.residuals(x)).sum())
            except (ArithmeticError, ValueError):
                lower = np.inf
            fall = here.value - lower
            good = isfinite(fall) and fall > 0 and promised > 0
            self.method.judge(here.memory, fall / promised if good else 0.0)
            if good:
                value, g = look(x)
                return here.moved(x, value, g, 1.0, sqrt(d @ d))
            if promised <= 4e-16 * here.value or (x == here.x).all():
                raise Stuck(promised <= _ROUNDING * here.value)
        raise Stuck(False)
