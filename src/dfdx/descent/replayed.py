"""Gradients of a loss on one batch after the other: traced at first, then by a plan that was confirmed.

A trace costs more than the arithmetic of a small network. After two steps on batches of the same shapes the
loss is traced once more with the batch varying (`batch_plan`), and what comes of it is compared with the
traced gradients of two batches. From then on it is used, as far as it is confirmed: at every step
the loss is called plainly and its value must be the plan's; at the steps `_CHECKED` the gradient is traced
too. A plan that was wrong once is given up for good. Where an element stands on a break, that step is traced.

What is done at a step follows from the states of the plans before it, which checkpoints hold: the two ways
may differ in the last bit, and a run that is taken up has the same bits.
"""

from contextlib import nullcontext
from math import isfinite

import numpy as np

from ..calculus.batch_plan import batch_plan
from ..calculus.plan import agrees
from ..methods.gradients import gradient_at
from ..trees import alone, flatten

_TRIED = (2, 3, 10, 100)  # a plan is made after so many steps on these shapes
_CHECKED = (20, 100, 1000, 10000, 100000)
_ENOUGH = 2  # batches on which a plan must agree with a trace before it is used
_SLACK = 20  # so many more steps may stand on a break than not
_SHAPES = 64  # sets of shapes that are remembered
_NUMBERS = (float, np.float64, int)
_SAME = (bool, int, str, bytes, type(None))
_NEW = (0, 0, 0, 0, False)  # seen, agreed, mark of the plan, steps on breaks, given up


class Replayed:
    """Loss and gradient on a batch; `flat` is the loss as a function of a vector."""

    def __init__(self, flat, params, loss):
        self.flat, self.params, self.loss = flat, params, loss
        self.shapes = list(zip(flat.ends[:-1], flat.ends[1:], flat.shapes, strict=True))
        self.active = flat.alone is nullcontext
        self.states, self.plans, self.stored = {}, {}, {}
        self.undo = None  # the last key and its state before

    def __call__(self, batch, x):
        self.undo = None
        cut = _cut(batch) if self.active else None
        if cut is None or cut.ambiguous:
            return self._traced(batch, x)[:2]
        before = self.states.get(cut.key) or self.stored.pop(repr(cut.key), None)
        if before is None and len(self.states) + len(self.stored) >= _SHAPES:
            return self._traced(batch, x)[:2]
        self.undo, state = (cut.key, before), before or _NEW
        seen, agreed, mark, broken, off = state
        seen += 1
        self.states[cut.key] = seen, agreed, mark, broken, off
        if off:
            return self._traced(batch, x)[:2]
        if agreed >= _ENOUGH:
            return self._replayed(batch, x, cut)
        trying = agreed or seen in _TRIED
        if trying:
            cut = cut.copied()  # the loss may change its batch in place
        value, g, usual = self._traced(batch, x)
        if trying and usual:
            self.states[cut.key] = self._tried(value, g, x, cut)
        return value, g

    def _tried(self, value, g, x, cut):
        """The state after a plan was compared with what was traced; it is made anew if there is none."""
        seen, agreed, mark, broken, _ = self.states[cut.key]
        found = self._by_plan(x, cut)
        plan = self.plans.get(cut.key)
        other = agreed > 0 and (plan is None or plan.mark != mark)
        if found is None and not other:  # an element is on a break, or there can be no plan
            if not agreed:
                self.plans.pop(cut.key, None)
            return self.states[cut.key]
        if not other and agrees(found[0], value) and self._is_near(found[1], g):
            return seen, agreed + 1, plan.mark, broken, False
        self.plans.pop(cut.key, None)
        return seen, 0, 0, broken, agreed > 0

    # one way

    def _traced(self, batch, x):
        """Value, gradient, and whether both came from a trace that had nothing to say."""
        args, named = batch
        call = self.flat.call
        call.args, call.named = (self.params, *args), named
        leaves = self._leaves(x)
        answer = gradient_at(call.moved(leaves))
        if answer.notes:
            self.flat.notes.update(dict.fromkeys(answer.notes))
        usual = answer.trace is not None and not answer.notes
        known = answer.trace.values if answer.trace is not None else answer.values
        value = float(known[0]) if known else float(call(*leaves))
        return value, self._joined(answer.released()), usual

    # the other

    def _replayed(self, batch, x, cut):
        """By the plan, confirmed by a plain call of the loss; else traced."""
        seen, agreed, mark, broken, _ = self.states[cut.key]
        found = self._by_plan(x, cut)
        plan = self.plans.get(cut.key)
        if found is None and plan is not None and plan.mark == mark:  # on a break
            broken += 1
            self.states[cut.key] = seen, agreed, mark, broken, 2 * broken > seen + _SLACK
            return self._traced(batch, x)[:2]
        if found is None or not self._is_confirmed(found, x, cut):
            return self._given_up(batch, x, cut)
        value, g = found
        if seen in _CHECKED:
            traced = self._traced(batch, x)
            if not (agrees(value, traced[0]) and self._is_near(g, traced[1])):
                self.states[cut.key] = seen, 0, 0, broken, True
                return traced[:2]
        return value, g

    def _given_up(self, batch, x, cut):
        seen, _, _, broken, _ = self.states[cut.key]
        self.states[cut.key] = seen, 0, 0, broken, True
        self.plans.pop(cut.key, None)
        return self._traced(batch, x)[:2]

    def _by_plan(self, x, cut):
        """(value, gradient) by the plan, made where there is none; None where it does not say."""
        plan = self.plans.get(cut.key)
        mark = self.states[cut.key][2]
        if plan is None:
            plan = batch_plan(
                self.loss, self._leaves(x.copy()), cut.floats, cut.others, self._builder(cut)
            )
            if plan is None:
                return None
            self.plans[cut.key] = plan
        if mark and plan.mark != mark:
            return None
        try:
            with np.errstate(all="ignore"):
                found = plan.run(self._leaves(x), cut.floats, cut.others)
            if found is None:
                return None
            value, slopes = found
            return float(value), self._joined(slopes)
        except Exception:  # whatever it is, the trace will do
            return np.nan, np.full(len(x), np.nan)

    def _is_confirmed(self, found, x, cut):
        """True where the loss, called plainly on copies of all, has the value of the plan."""
        build = self._builder(cut)
        params, args, named = build([*self._leaves(x.copy()), *map(_copied, cut.given)])
        with np.errstate(all="ignore"):
            value = self.loss(params, *args, **named)
        return (
            type(value) in _NUMBERS
            and agrees(found[0], float(value))
            and isfinite(np.add.reduce(found[1]))
        )

    def _builder(self, cut):
        """What makes (params, args, named) of the leaves of the parameters and the floats of the batch."""
        count, pack = len(self.shapes), self.flat.form.pack

        def build(leaves):
            return pack(leaves[:count]), *cut.rebuilt(leaves[count:])

        return build

    def _leaves(self, x):
        return [x[a:b].reshape(shape) if shape else float(x[a]) for a, b, shape in self.shapes]

    def _joined(self, parts):
        g = np.empty(len(self.flat))
        for (a, b, shape), part in zip(self.shapes, parts, strict=True):
            g[a:b] = part.reshape(-1) if shape else part
        return g

    def _is_near(self, g, traced):
        """True where two gradients differ by rounding only, each leaf by its own size."""
        if not np.isfinite(traced).all():
            return False
        whole = np.abs(traced).max()
        return all(
            np.abs(g[a:b] - traced[a:b]).max(initial=0.0)
            <= 1e-9 * np.abs(traced[a:b]).max(initial=0.0) + 1e-13 * whole
            for a, b, _ in self.shapes
        )

    # in checkpoints

    def facts(self):
        """The states before the last step, for a file."""
        states = {repr(key): list(state) for key, state in self.states.items()}
        if self.undo is not None:
            key, state = self.undo
            states[repr(key)] = state and list(state)
        states = {key: state for key, state in states.items() if state}
        return {**{key: list(state) for key, state in self.stored.items()}, **states}

    def take_up(self, facts):
        """The states that a file holds."""
        self.states, self.plans = {}, {}
        self.stored = {key: tuple(state) for key, state in facts.items()}


class _Cut:
    """A batch taken apart: its floats, its arrays of something else, and what tells batches apart."""

    __slots__ = ("_kinds", "_leaves", "_rebuild", "_structure", "floats", "given", "key", "others")

    def __init__(self, leaves, rebuild, structure):
        self._leaves, self._rebuild, self._structure = leaves, rebuild, structure
        self.given, self.floats, self.others = [], [], []  # floats as they are, and doubles of them
        self._kinds, key = [], [structure]
        for x in leaves:
            kind = "same"
            if type(x) is np.ndarray and x.shape:
                if x.dtype.kind == "f" and x.dtype.itemsize <= 8:
                    kind = "float"
                elif x.dtype.kind in "iub":
                    kind = "other"
                else:
                    raise TypeError(x.dtype)
                key.append((x.dtype.char, x.shape))
            elif type(x) is float:
                kind = "float"
                key.append("float")
            elif type(x) in _SAME:
                key.append((type(x).__name__, x))
            else:
                raise TypeError(type(x))
            self._kinds.append(kind)
            if kind == "float":
                self.given.append(x)
                self.floats.append(x if type(x) is float else x.astype(float, copy=False))
            elif kind == "other":
                self.others.append(x)
        self.key = tuple(key)

    @property
    def ambiguous(self):
        """True where whole numbers of the batch could be taken for places that every batch has."""
        for k, x in enumerate(self.others):
            if x.dtype.kind != "b" and x.size:
                if not x.flat[0] and np.array_equal(x.ravel(), np.arange(x.size)):
                    return True
                if any(x.shape == y.shape and np.array_equal(x, y) for y in self.others[:k]):
                    return True
        return False

    def copied(self):
        """The same, in arrays of its own."""
        return _Cut([_copied(x) for x in self._leaves], self._rebuild, self._structure)

    def rebuilt(self, floats):
        """(args, named) with other floats, and copies of the other arrays."""
        floats = iter(floats)
        return self._rebuild(
            [
                next(floats) if kind == "float" else _copied(x)
                for kind, x in zip(self._kinds, self._leaves, strict=True)
            ]
        )


def _cut(batch):
    """The batch taken apart, None where there is something in it that a plan cannot know."""
    args, named = batch
    leaves = [*args, *named.values()]
    try:
        if all(type(x) is np.ndarray for x in leaves):  # nothing to take apart
            count, names = len(args), tuple(named)

            def rebuild(new):
                return new[:count], dict(zip(names, new[count:], strict=True))

            return _Cut(leaves, rebuild, names)
        leaves, rebuild = flatten((tuple(args), named), lambda x, where: alone(x))
        return _Cut(leaves, rebuild, repr(rebuild(list(range(len(leaves))))))
    except (TypeError, ValueError, AttributeError):
        return None


def _copied(x):
    return x.copy() if type(x) is np.ndarray else x
