"""One search for a minimum: SciPy's method, what it sees, and where it led.

Where the method was left to us, a search that stopped short goes on: with Newton's steps where values are
exhausted, from beside a saddle, with a second method where the first gave up.
"""

import warnings
from contextlib import contextmanager
from functools import partial

import numpy as np
from scipy import optimize

from ..calculus.watched import moving_minimum, watched
from .minimum import History, Minimum
from .newton import polished, projected
from .scipy_methods import MANY, NAMES, TAKES, options_for
from .verdict import CHECKED, Verdict, judged, notes_on, under_constraints
from .watch import Ended, Watch

_TOLERANCE = 1e-8
_BY_VALUES = 1e-6  # SLSQP ends by its values, which are flat to half of their digits
_WITHOUT_SLOPES = 1e-4  # what a search that sees values alone can be asked for
_AGAIN = 3  # saddles that are left, methods that are tried


class Search:
    """From the start down to a Minimum; `how` holds the options of `minimize`, `key` names the method."""

    def __init__(self, how, flat, key, limits, rules):
        self.how, self.flat, self.key, self.limits, self.rules = how, flat, key, limits, rules
        self.history = History.of(len(flat), how.keep)
        self.watch = Watch(flat, self.history, how.callback, "g" in TAKES[key])
        self.ours = how.method is None and not rules  # to be gone on with
        self.used = []

    def run(self):
        watch, flat = self.watch, self.flat
        with np.errstate(all="ignore"):  # what is no number is told in words
            value, slope = watch.start(flat.start)
        self.history.add(flat.start, value, np.linalg.norm(slope) if watch.slopes else np.nan)
        level = float(np.abs(slope).max()) if watch.slopes else 1.0
        if self.how.gtol is not None:
            self.tolerance = self.how.gtol
        elif self.key == "slsqp":
            self.tolerance = _BY_VALUES * min(1.0, level or 1.0)
        elif watch.slopes:  # of a function with small values the gradient is small everywhere
            self.tolerance = _TOLERANCE * min(1.0, level or 1.0)
        else:
            self.tolerance = _WITHOUT_SLOPES * max(1.0, abs(value))
        try:
            found, verdict = self._searched(flat.start)
        except Ended as end:
            found = watch.last if end.by_user else watch.best
            verdict = Verdict(False, end.reason, np.nan)
        return self._told(found, verdict)

    def _searched(self, start):
        """Where it leads and the Verdict; beside a saddle, and where a method gave up, again."""
        found, ended, curved = self._by(self.key, start)
        verdict = self._judged(found, ended, curved)
        for _ in range(_AGAIN if self.ours else 0):
            if verdict.converged or self._left() <= 0:
                break
            key, begin = self.key, verdict.saddle
            if begin is None:
                if (
                    verdict.notes or verdict.final
                ):  # a kink, or no minimum: no method would do better
                    break
                key, begin = self._second(), found[0]
            new, ended, curved = self._by(key, begin)
            told = self._judged(new, ended, curved)
            if new[1] > found[1] or (new[1] == found[1] and not told.converged):
                break
            found, verdict = new, told
        return found, verdict

    def _second(self):
        if self.limits is not None:
            return "l-bfgs-b"
        return "trust-exact" if len(self.flat) <= MANY else "trust-ncg"

    def _left(self):
        """How many steps are left, None where nobody counts."""
        return np.inf if self.how.steps is None else self.how.steps - len(self.history) + 1

    def _by(self, key, start):
        """One run of a method: `(x, f, ∇f)`, its own words at the end, the Curvature if it is known."""
        flat, watch, left = self.flat, self.watch, self._left()
        options = options_for(key, self.tolerance, None if left == np.inf else left, len(flat))
        if key == "trust-constr" and (self.limits is not None or self.rules):
            options["gtol"] = 0.0  # its test does not see that the barrier still keeps x away
        given = self._given(key)
        given["options"] = {**options, **self.how.extra}
        self.used.append(given["method"])
        watch.last = watch.recent.get(start.tobytes(), watch.last)
        with _quiet(), np.errstate(all="ignore"):
            end = optimize.minimize(watch.value, start, callback=watch.step, **given)
        x = np.asarray(end.x, dtype=float)
        if self.limits is not None:
            x = np.clip(x, *self.limits)
        found, curved = (x, *watch.both(x)), None
        if not watch.slopes:
            found = (x, *flat.value_and_gradient(x))
        elif not self.rules and watch.best[1] < found[1]:
            found = watch.best
        if self.ours:
            inner, _ = projected(found[0], found[2], self.limits)
            wanted = len(x) <= CHECKED or np.abs(inner).max() > self.tolerance
            if wanted and self._left() > 0:
                found, curved = polished(watch, found, self.limits, self.tolerance)
        return found, self._words(end), curved

    def _given(self, key):
        """What `scipy.optimize.minimize` is given beside the function and the start."""
        flat, takes = self.flat, TAKES[key]
        given = {"method": NAMES.get(key, key)}
        if "g" in takes:
            given["jac"] = self.watch.slope
        if "h" in takes and ("p" not in takes or len(flat) <= MANY):
            given["hess"] = flat.hessian
        elif "p" in takes:
            given["hessp"] = flat.hessian_product
        if self.limits is not None:
            given["bounds"] = optimize.Bounds(*self.limits)
        if self.rules:
            given["constraints"] = [c.for_scipy(key == "trust-constr") for c in self.rules]
        return given

    def _words(self, end):
        if self._left() <= 0:
            return f"stopped after {self.how.steps} steps"
        said = str(end.message).strip().rstrip(".")
        return f"{self.used[-1]} stopped: {said[:1].lower()}{said[1:]}"

    def _judged(self, found, ended, curved):
        if self.rules:
            return under_constraints(
                self.watch, found, self.limits, self.rules, self.tolerance, ended
            )
        return judged(self.watch, found, self.limits, self.tolerance, ended, curved)

    def _told(self, found, verdict):
        flat, watch = self.flat, self.watch
        x, value, slope = found
        sampled = ""
        if "differences" in flat.method:
            sampled = f"the gradient is from {flat.method}, not exact"
        notes = [*verdict.notes, *notes_on(watch, flat.unused(), sampled)]
        shown = flat.pack(x)
        if watched() and np.isfinite(value):
            held = [(c.flat, c.low, c.high) for c in self.rules if c.flat is not None]
            moving = moving_minimum(flat, x, box=self.limits, constraints=held)
            if moving is not None:
                shown, value = flat.pack_moving(moving[0]), moving[1]
        return Minimum(
            shown,
            value,
            flat.pack(slope),
            reason=verdict.reason,
            method=", then ".join(dict.fromkeys(self.used)),
            converged=verdict.converged,
            history=self.history,
            evaluations=flat.evaluations,
            gradients=flat.gradients,
            notes=notes,
            f=partial(_height, flat.call),
        )


def _height(call, vector):
    """f of a vector, for pictures."""
    leaves, at = [], 0
    for leaf in call.leaves:
        size = int(np.size(leaf))
        part = np.array(vector[at : at + size], dtype=float)
        leaves.append(part.reshape(np.shape(leaf)) if np.ndim(leaf) else float(part[0]))
        at += size
    return float(call(*leaves))


@contextmanager
def _quiet():
    """SciPy's remarks on its own numbers are left out: what matters of them is checked here."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", optimize.OptimizeWarning)
        warnings.filterwarnings("ignore", message="delta_grad == 0.0")
        warnings.filterwarnings("ignore", message="Singular Jacobian matrix")
        yield
