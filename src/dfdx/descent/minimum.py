"""What a search for a minimum brings home: the point, how it was found, and the way there."""

import numpy as np

_WATCHED = 3  # variables up to which the points themselves are kept
_NARROW = 100  # characters of a structure that are shown


class History:
    """The way down, a row for each step: `value`, `slope` (|∇f|), `length` (of the step), `rate`.

    Columns are NumPy arrays; `points` holds the parameters as vectors where they are few, or where
    they were asked for, else it is None. `validation` has a row (step, value) for each time it was asked.
    """

    def __init__(self, few):
        self._rows, self._points = [], [] if few else None
        self.validation = []

    @classmethod
    def of(cls, count, keep=None):
        """An empty history for so many parameters; `keep` says whether points are kept."""
        return cls(count <= _WATCHED if keep is None else keep)

    def add(self, point, value, slope, length=0.0, rate=np.nan):
        """One more row."""
        self._rows.append((value, slope, length, rate))
        if self._points is not None:
            self._points.append(np.array(point, dtype=float))

    def validated(self, step, value):
        """What the validation said after so many steps."""
        self.validation.append((step, value))

    def __len__(self):
        return len(self._rows)

    def _column(self, k):
        return np.array([row[k] for row in self._rows])

    value = property(lambda self: self._column(0), doc="f at the start and after each step")
    slope = property(lambda self: self._column(1), doc="the length of the gradient there")
    length = property(lambda self: self._column(2), doc="how far the step went")
    rate = property(lambda self: self._column(3), doc="the learning rate of the step")

    @property
    def points(self):
        return None if self._points is None else np.array(self._points)

    def __repr__(self):
        if not self._rows:
            return "<History: empty>"
        first, last = self._rows[0][0], self._rows[-1][0]
        return f"<History of {len(self)} rows: {first:.6g} to {last:.6g}>"


class Minimum:
    """Where a function is least, as far as it was found; made by `minimize`, `descend` and `train`.

    x            the point, in the structure of what was passed
    value        f there
    gradient     ∇f there, in the same structure
    converged    True where the search ended because a minimum was reached; of training, where it came
                 to the end that was planned and nothing is wrong with it
    reason       why it ended, in a sentence
    steps        how many steps it took
    evaluations  how often f was called; a gradient with its value counts once
    gradients    how often derivatives were taken
    method       which search it was
    notes        what the user should know, as sentences: a diagnosis where it did not go well
    history      the way there
    """

    __slots__ = (
        "_f", "converged", "evaluations", "gradient", "gradients", "history", "method", "notes", "reason",
        "steps", "trained", "value", "x",
    )  # fmt: skip

    def __init__(self, x, value, gradient, *, reason, method, converged, history, **facts):
        self.x, self.value, self.gradient = x, value, gradient
        self.reason, self.method, self.converged, self.history = reason, method, converged, history
        self.steps = facts.get("steps", max(len(history) - 1, 0))
        self.evaluations = facts.get("evaluations", 0)
        self.gradients = facts.get("gradients", 0)
        self.notes = tuple(facts.get("notes", ()))
        self.trained = facts.get("trained", False)
        self._f = facts.get("f")

    def plot(self, ax=None):
        """Draw the way down with matplotlib: over contours for two variables, else f by step.

        Raises ImportError where matplotlib is not installed: pip install 'dfdx[plot]'.
        """
        from .plot import descent_plot

        return descent_plot(self, ax)

    def __str__(self):
        good, bad = ("trained", "not trained") if self.trained else ("minimum", "not yet a minimum")
        state = good if self.converged else bad
        lines = [f"{state}: f = {self.value:.10g} at {_shown(self.x)}"]
        counts = f"{self.steps} steps, {self.evaluations} evaluations"
        lines.append(f"  {self.method}: {counts}; {self.reason}")
        lines += [f"  note: {note}" for note in self.notes]
        return "\n".join(lines)

    def __repr__(self):
        return f"<Minimum {self.value:.6g} by {self.method}: {self.reason}>"


def _shown(x):
    text = np.array2string(x, threshold=6) if isinstance(x, np.ndarray) else repr(x)
    text = " ".join(text.split())
    return text if len(text) <= _NARROW else text[: _NARROW - 1] + "…"
