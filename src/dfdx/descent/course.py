"""One training run: batch by batch, with validation, history, checkpoints, and an end that is explained."""

import os
import signal
import sys
import threading
from contextlib import contextmanager
from math import inf, isfinite
from time import monotonic

import numpy as np

from ..calculus.flat import Flat
from . import checkpoint
from .failing import told
from .march import ByRate, State, march
from .minimum import History, Minimum
from .rates import rate_by_step
from .replayed import Replayed

_SECONDS = 3.0  # at least between two checkpoints of their own accord
_SHARE = 50  # and so many times as long as one takes


class Exhausted(Exception):
    """The data came to its end."""


class Feed:
    """The loss on one batch after the other, as the loop looks at it; `place` is (epoch, batches taken)."""

    def __init__(self, loss, params, batches, place):
        self.batches, self.loss, self.params = batches, loss, params
        self.number, self.taken = place
        self.ended = False
        self.rows = batches.epoch(self.number, self.taken)
        self.batch = self._next()
        args, named = self.batch
        self.flat = Flat(loss, (params, *args), named, wrt=0, name="train")
        self.gradient = Replayed(self.flat, params, loss)
        self.fresh = True

    def _next(self):
        batch = next(self.rows, None)
        if batch is None:
            self.number, self.taken = self.number + 1, 0
            self.rows = self.batches.epoch(self.number)
            batch = next(self.rows, None)
            if batch is None:
                raise Exhausted
        self.taken += 1
        return batch

    def __call__(self, x):
        """Loss and gradient on the next batch."""
        if not self.fresh:
            try:
                self.batch = self._next()
            except Exhausted:  # the last step is made, and looked at where there was data last
                self.ended = True
        self.fresh = False
        return self.on(self.batch, x)

    def on(self, batch, x):
        self.flat.evaluations += 1
        self.flat.gradients += 1
        return self.gradient(batch, x)

    def value(self, x):
        """The loss on the current batch, called plainly."""
        args, named = self.batch
        with np.errstate(all="ignore"):
            return float(self.loss(self.flat.pack(x), *args, **named))

    plainly = value


class Course:
    """A run of a `Train`, from its parameters or from a checkpoint to its end."""

    def __init__(self, plan, params, batches, validate):
        self.plan, self.params, self.batches, self.validate = plan, params, batches, validate
        self.history = History.of(0, False)
        self.best_value, self.best, self.since = inf, None, 0
        self.end = self.error = None
        self.interrupted = False
        self.saved, self.cost = monotonic(), 0.0

    def run(self):
        stored = self._stored()
        place = (stored[0]["epoch"], stored[0]["taken"]) if stored else (0, 0)
        try:
            self.feed = Feed(self.plan.f, self.params, self.batches, place)
        except Exhausted:
            if not stored:
                raise ValueError("data is empty: it gave no batch") from None
            self.feed = Feed(self.plan.f, self.params, self.batches, (0, 0))  # all was done before
            self.end = "epochs"
        flat = self.feed.flat
        method = self.plan.method
        self.limit = self._limit()
        x, step, memory = flat.start.copy(), 0, method.start(len(flat))
        if stored:
            x, step, memory = self._taken_up(*stored)
        rate = rate_by_step(self.plan.rate, self.plan.schedule, self.limit or 1000)
        with np.errstate(all="ignore"):
            value, g = self.feed(x)
        here = State(x, value, g, flat.pack, memory, step)
        self.first = self.before = self.last = here
        if stored:  # what the end is compared with is the beginning of all
            self.first = State(flat.start.copy(), value, g, flat.pack, memory)
        self.good = here if here.finite else None
        with self._ctrl_c(), self._bar(step) as bar:
            if self.end is None:
                self._walk(here, ByRate(method, rate), bar)
        return self._result()

    def _limit(self):
        """The number of steps, or None where only the data knows."""
        plan = self.plan
        if plan.steps is not None:
            return plan.steps
        return None if self.batches.count is None else plan.epochs * self.batches.count

    def _walk(self, here, pace, bar):
        rows, plan = march(self.feed, pace, here), self.plan
        epoch = self.feed.number
        while True:
            try:
                here = next(rows)
            except KeyboardInterrupt:  # in the midst of a step: the checkpoint before it stays
                self.end = "interrupted"
                return
            except (ArithmeticError, ValueError) as error:
                self.end, self.error = "error", error
                return
            if self.feed.number != epoch:
                epoch = self.feed.number
                self._after_epoch(here)
            self.before, self.last = self.last, here
            if not here.finite:
                self.end = "nan"
                return
            self.end = self.end or self._over(here)
            if self.end:
                self.good = here
                self._save(here)
                return
            self.history.add(None, here.value, here.slope, here.length, here.rate)
            self.good = here
            if bar is not None:
                bar.update(1)
            if plan.callback is not None:
                try:
                    plan.callback(here)
                except StopIteration:
                    self.end = "callback"
                except KeyboardInterrupt:
                    self.end = "interrupted"
                if self.end:
                    self._save(here)
                    return
            if plan.checkpoint is not None and self._is_due(here):
                self._save(here)

    def _over(self, here):
        plan = self.plan
        if self.interrupted:
            return "interrupted"
        if self.feed.ended:
            return "data"
        if self.limit is not None and here.step >= self.limit:
            return "steps" if plan.steps is not None else "epochs"
        if plan.epochs is not None and self.feed.number >= plan.epochs:
            return "epochs"
        return None

    def _after_epoch(self, here):
        """Ask the validation, keep the best, and count how long there was none."""
        if self.validate is None:
            return
        value = float(self.validate(here.point))
        self.history.validated(here.step, value)
        if value < self.best_value:
            self.best_value, self.best, self.since = value, (here.step, here.x), 0
            return
        self.since += 1
        if self.plan.patience is not None and self.since >= self.plan.patience:
            self.end = "patience"

    # on disk

    def _identity(self):
        plan, flat = self.plan, self.feed.flat if hasattr(self, "feed") else None
        facts = {
            "method": repr(plan.method),
            "seed": plan.seed,
            "batch": self.batches.batch,
            "rows": self.batches.rows,
            "shuffle": bool(plan.shuffle),
            "short": bool(plan.short),
        }
        flat = flat or Flat(_itself, (self.params,), {}, name="train")
        facts["shapes"] = [list(shape) for shape in flat.shapes]
        facts["parameters"] = [
            name.partition("[")[2] or name.partition(".")[2] for name in flat.names
        ]
        return facts

    def _is_due(self, here):
        if self.plan.every is not None:
            return self.plan.every and here.step % self.plan.every == 0
        return monotonic() - self.saved > max(_SECONDS, _SHARE * self.cost)

    def _save(self, here):
        """Store the run as it is before the step that leads on from `here`."""
        plan = self.plan
        if plan.checkpoint is None:
            return
        begun = monotonic()
        facts = {
            **self._identity(),
            "step": here.step,
            "epoch": self.feed.number,
            "taken": max(self.feed.taken - 1, 0),
            "best": self.best_value if isfinite(self.best_value) else None,
            "best_step": self.best[0] if self.best else None,
            "since": self.since,
            "evaluations": self.feed.flat.evaluations - 1,
            "plans": self.feed.gradient.facts(),
            "stopped": self.end if self.end == "patience" else None,
        }
        arrays = {"x": here.x, **{f"memory {name}": value for name, value in here.memory.items()}}
        arrays["history"] = np.array(self.history._rows[: here.step], dtype=float).reshape(-1, 4)
        arrays["validation"] = np.array(self.history.validation, dtype=float).reshape(-1, 2)
        if self.best:
            arrays["best"] = self.best[1]
        checkpoint.write(plan.checkpoint, facts, arrays)
        self.saved = monotonic()
        self.cost = self.saved - begun

    def _stored(self):
        plan = self.plan
        if plan.checkpoint is None or not plan.resume or not os.path.exists(plan.checkpoint):
            return None
        facts, arrays = checkpoint.read(plan.checkpoint)
        checkpoint.need_same(plan.checkpoint, facts, self._identity())
        return facts, arrays

    def _taken_up(self, facts, arrays):
        """What a checkpoint remembers, as the start of this run."""
        self.history._rows = [tuple(row) for row in arrays["history"].tolist()]
        for step, value in arrays["validation"].tolist():
            self.history.validated(int(step), value)
        self.since = facts["since"]
        if "best" in arrays:
            self.best_value, self.best = facts["best"], (facts["best_step"], arrays["best"])
        self.feed.gradient.take_up(facts.get("plans", {}))
        self.feed.flat.evaluations = self.feed.flat.gradients = facts["evaluations"]
        if facts["stopped"] and self.plan.patience is not None and self.since >= self.plan.patience:
            self.end = facts["stopped"]
        memory = {name[7:]: a for name, a in arrays.items() if name.startswith("memory ")}
        return arrays["x"], facts["step"], memory

    # around it

    @contextmanager
    def _ctrl_c(self):
        """Ctrl-C is heard between two steps, so nothing is half done; a second one breaks off at once."""
        own = threading.current_thread() is threading.main_thread()
        if not own or signal.getsignal(signal.SIGINT) is not signal.default_int_handler:
            yield
            return

        def heard(number, frame):
            if self.interrupted:
                raise KeyboardInterrupt
            self.interrupted = True

        signal.signal(signal.SIGINT, heard)
        try:
            yield
        finally:
            signal.signal(signal.SIGINT, signal.default_int_handler)

    @contextmanager
    def _bar(self, step):
        wanted = self.plan.progress
        if wanted is None:
            wanted = sys.stderr is not None and sys.stderr.isatty()
        if not wanted:
            yield None
            return
        try:
            from tqdm import tqdm
        except ImportError:
            yield None
            return
        with tqdm(total=self.limit, initial=step, unit="step") as bar:
            yield bar

    def _result(self):
        flat, plan = self.feed.flat, self.plan
        good = self.good or self.first
        x = good.x
        if self.best is not None:
            x = self.best[1]
        converged, reason, notes = told(self, x)
        value = self.best_value if self.best is not None else self._recent()
        return Minimum(
            flat.pack(x),
            value,
            flat.pack(good.g),
            reason=reason,
            method=type(plan.method).__name__,
            converged=converged,
            history=self.history,
            trained=True,
            steps=good.step,
            evaluations=flat.evaluations,
            gradients=flat.gradients,
            notes=notes,
        )

    def _recent(self):
        """The mean of the loss over the last epoch, as it went."""
        rows = self.history.value[-(self.batches.count or 100) :]
        return float(rows.mean()) if len(rows) else self.first.value


def _itself(params):
    return params
