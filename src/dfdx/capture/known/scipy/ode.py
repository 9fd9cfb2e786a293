"""Stand-ins for solve_ivp and odeint.

The explicit methods are followed step by step; what the other methods return is
differentiated by the sensitivity equations.
"""

from functools import cache

import numpy as np
from scipy import integrate, optimize

from ....errors import NotTraceable
from ....primitive import shape_of
from ....rules.arrays import operand
from ....rules.arrays_joins import concatenate, stack
from ....rules.arrays_moves import transpose
from ...calls import call
from ...numpy_protocol.plain import seen_through, traced_in
from ...traced import plain
from .callbacks import Callback
from .sensitivity import sensitive
from .steps import Steps
from .tools import by_name, logged, tapes_of, unwrapped

_EXPLICIT = {"RK23": integrate.RK23, "RK45": integrate.RK45, "DOP853": integrate.DOP853}
_PLAIN = ("rtol", "atol", "max_step", "first_step")


def solve_ivp(*args, **kwargs):
    """scipy.integrate.solve_ivp."""
    given = by_name(integrate.solve_ivp, args, kwargs)
    given.update(given.pop("options", {}))
    fun, extra = given.pop("fun"), given.pop("args", None) or ()
    callback = Callback(fun, tuple(extra), keep=True)
    events = _listed(given.pop("events", None))
    seen = traced_in(given)
    made = {"events": [_PlainEvent(e, extra) for e in events]} if events else {}
    if callable(given.get("jac")):
        made["jac"] = Callback(given["jac"], extra)
    found = integrate.solve_ivp(callback, **seen_through(given), **made)
    if not (seen or callback.reached or any(e.reached for e in made.get("events", ()))):
        return found
    callback.tapes |= tapes_of(seen)
    with logged(callback.tapes):
        for name in _PLAIN:
            if traced_in([given.get(name)]):
                raise NotTraceable(f"scipy.integrate.solve_ivp: {name} cannot vary")
        if not found.success:
            raise NotTraceable(f"scipy.integrate.solve_ivp failed: {found.message}")
        method = given.get("method", "RK45")
        kind = _EXPLICIT.get(method, method)
        if kind in _EXPLICIT.values():
            return _followed(callback, kind, given, events, found)
        return _by_sensitivity(callback, given, events, found)


def _listed(events):
    return [] if events is None else [events] if callable(events) else list(events)


class _PlainEvent(Callback):
    """An event function for SciPy, with the attributes that SciPy looks for."""

    def __init__(self, event, extra):
        super().__init__(event, tuple(extra))
        self.terminal = getattr(event, "terminal", None)
        self.direction = getattr(event, "direction", 0)


def _followed(callback, kind, given, events, found):
    """SciPy's result with everything in it traced, from the same steps on traced numbers."""
    t0, t_bound = given["t_span"]
    vectorized = given.get("vectorized", False)

    def fun(t, y):
        if not vectorized:
            return operand(callback.at(t, y))
        n = shape_of(y)[0]
        return operand(callback.at(t, y[:, None])).reshape((n,))

    options = {key: given[key] for key in _PLAIN if given.get(key) is not None}
    y0 = operand(given["y0"])
    if not shape_of(y0):
        raise NotTraceable("scipy.integrate.solve_ivp: y0 must be a vector")
    y0 = y0 if traced_in([y0]) else np.asarray(y0, dtype=float)

    def followed(course=None):
        steps = Steps(kind, fun, _float(t0), y0, _float(t_bound), course=course, **options)
        run = _Run(steps, events, callback.extra)
        run.integrate(given.get("t_eval"), given.get("dense_output", False))
        return run

    run = followed()
    if not run.agrees(found) and not events:
        run = followed(_course(callback, given))
    return run.result(found)


def _course(callback, given):
    """The times of SciPy's steps, after the start."""
    given = {key: value for key, value in given.items() if key != "t_eval"}
    return integrate.solve_ivp(callback, **seen_through(given)).t[1:].tolist()


def _float(t):
    return t if traced_in([t]) else float(t)


class _Run:
    """The loop of solve_ivp around the steps."""

    def __init__(self, steps, events, extra):
        self.steps = steps
        self.events = [_Event(e, extra) for e in events]
        self.interpolants = []
        self.ends = [steps.t]
        self.ts, self.ys = [], []
        self.t_eval = None

    def integrate(self, t_eval, dense):
        steps = self.steps
        self.t_eval = t_eval
        if t_eval is None:
            self.ts.append(steps.t)
            self.ys.append(steps.y)
        waiting = [] if t_eval is None else list(range(len(plain(t_eval))))
        for e in self.events:
            e.value = e(steps.t, steps.y)
        stopped = False
        while not stopped and not steps.finished:
            steps.advance()
            between = steps.between() if dense else None
            t, y = steps.t, steps.y
            active = [e for e in self.events if e.crosses(t, y)]
            if active:
                between = between or steps.between()
                t, y, stopped = self._happen(active, between, t, y)
            if dense:
                self.interpolants.append(between)
            if t_eval is None:
                self.ts.append(t)
                self.ys.append(y)
            else:
                due = [k for k in waiting if steps.direction * (plain(t_eval)[k] - plain(t)) <= 0]
                waiting = waiting[len(due) :]
                if due:
                    between = between or steps.between()
                    part = operand(t_eval)[due[0] : due[-1] + 1]
                    self.ts.append(part)
                    self.ys.append(between(part))
            self.ends.append(t)

    def _happen(self, active, between, t, y):
        """The events of this step, in their order; the last terminal one ends the integration."""
        steps = self.steps
        times = {e: e.time(between, steps.t_old, t) for e in active}
        for e in active:
            e.count += 1
        ordered = sorted(active, key=lambda e: steps.direction * plain(times[e]))
        over = any(e.count >= e.most for e in active)
        for e in ordered if over else active:
            moment = times[e]
            state = between(moment)
            e.times.append(moment)
            e.states.append(state)
            if over and e.count >= e.most:
                return moment, state, True
        return t, y, False

    def _solution(self, found):
        """The times and the states."""
        if self.t_eval is None:
            return stack(self.ts), transpose(stack(self.ys))
        if self.ts:
            return concatenate(self.ts), concatenate(self.ys, 1)
        return found.t, found.y

    def agrees(self, found):
        """True where SciPy took the same steps to the same states."""
        _, y = self._solution(found)
        return shape_of(y) == found.y.shape and np.allclose(
            plain(y), found.y, rtol=1e-7, atol=1e-10
        )

    def result(self, found):
        """SciPy's result object with traced contents; NotTraceable where the numbers differ."""
        t, y = self._solution(found)
        if not self.agrees(found):
            raise NotTraceable("scipy.integrate.solve_ivp takes other steps than were followed")
        found.t, found.y = t, y
        if self.events:
            found.t_events = [stack(e.times) if e.times else np.asarray([]) for e in self.events]
            found.y_events = [stack(e.states) if e.states else np.asarray([]) for e in self.events]
        if self.interpolants:
            found.sol = _Solution(self.ends, self.interpolants)
        return found


class _Event:
    """An event function with what has happened."""

    def __init__(self, event, extra):
        self.event = event
        self.extra = extra
        terminal = getattr(event, "terminal", None)
        self.most = np.inf if not terminal else int(terminal)
        self.direction = getattr(event, "direction", 0)
        self.count = 0
        self.times, self.states = [], []
        self.value = None

    def __call__(self, t, y):
        return unwrapped(call(self.event, t, y, *self.extra))

    def crosses(self, t, y):
        """True where the function changed its sign, in the direction that counts, since the last call."""
        before, self.value = plain(self.value), self(t, y)
        after = plain(self.value)
        up, down = before <= 0 <= after, before >= 0 >= after
        return (up and self.direction >= 0) or (down and self.direction <= 0)

    def time(self, between, t_old, t):
        """When it happened, found as SciPy finds it."""
        eps = 4 * np.finfo(float).eps
        return call(optimize.brentq, lambda s: self(s, between(s)), t_old, t, xtol=eps, rtol=eps)


class _Solution:
    """The continuous solution: `sol(t)` for a number or a vector."""

    def __init__(self, ends, interpolants):
        self.ends = ends
        self.interpolants = interpolants
        places = [float(plain(t)) for t in ends]
        self.ascending = places[-1] >= places[0]
        self.places = np.asarray(places if self.ascending else places[::-1])
        self.t_min, self.t_max = self.places[0], self.places[-1]

    def _segment(self, t):
        side = "left" if self.ascending else "right"
        n = len(self.interpolants)
        k = min(max(int(np.searchsorted(self.places, t, side=side)) - 1, 0), n - 1)
        return k if self.ascending else n - 1 - k

    def __call__(self, t):
        t = operand(t)
        numbers = plain(t)
        if not shape_of(t):
            return self.interpolants[self._segment(numbers)](t)
        return transpose(
            stack([self.interpolants[self._segment(p)](t[k]) for k, p in enumerate(numbers)])
        )


def _by_sensitivity(callback, given, events, found):
    if events or given.get("dense_output") or given.get("vectorized"):
        raise NotTraceable(
            f"scipy.integrate.solve_ivp: events, dense_output and vectorized are not followed with "
            f"method={given['method']!r}; use RK45 or DOP853"
        )
    if traced_in(given["t_span"]) and given.get("t_eval") is None:
        raise NotTraceable(
            "scipy.integrate.solve_ivp: with a moving t_span give t_eval, or use RK45"
        )
    t = given.get("t_eval")
    t = found.t if t is None else operand(t)
    y = sensitive(callback, given["t_span"][0], given["y0"], t, found.y.T)
    found.t, found.y = t, transpose(y)
    return found


def odeint(*args, **kwargs):
    """scipy.integrate.odeint."""
    given = by_name(integrate.odeint, args, kwargs)
    func, extra = given.pop("func"), given.pop("args", ())
    first = given.get("tfirst", False)
    callback = Callback(func, extra, keep=True)
    seen = traced_in((given["y0"], given["t"]))
    if callable(given.get("Dfun")):
        given["Dfun"] = Callback(given["Dfun"], extra)
    found = integrate.odeint(callback, **seen_through(given))
    if not (seen or callback.reached):
        return found
    callback.tapes |= tapes_of(seen)
    with logged(callback.tapes):
        y = found[0] if isinstance(found, tuple) else found
        t = operand(given["t"])
        y = sensitive(callback, t[0], given["y0"], t, y, first)
    return (y, *found[1:]) if isinstance(found, tuple) else y


@cache
def stand_ins():
    """From the function of scipy.integrate to its stand-in."""
    return {integrate.solve_ivp: solve_ivp, integrate.odeint: odeint}
