"""Training: descent where each step sees another part of the data.

The loop is that of descent; only what is looked at changes from step to step. A step's state is a
vector, the memory of
the method and the number of the step; which rows come next follows from the seed and that number. So
a run can be stored between any two steps, and goes on with the same bits.
"""

from math import nan

import numpy as np

from ..calculus.operator import Derived, need_known
from ..trees import describe
from .batches import batches_of
from .course import Course
from .descend import need_count
from .family import method_of
from .rates import rate_by_step

_OPTIONS = (
    "batch", "epochs", "steps", "method", "rate", "schedule", "seed", "shuffle", "short", "validation",
    "patience", "checkpoint", "resume", "every", "callback", "progress",
)  # fmt: skip
_RATES = {"adam": 1e-3, "adamw": 1e-3, "rmsprop": 1e-3, "adagrad": 1e-2}
_EPOCHS = 10


class Train(Derived):
    """Training of a loss."""

    operator = "train"
    options = _OPTIONS

    def __init__(
        self, loss, *, batch=None, epochs=None, steps=None, method="adam", rate=None, schedule=None, seed=0,
        shuffle=True, short=True, validation=None, patience=None, checkpoint=None, resume=True, every=None,
        callback=None, progress=None,
    ):  # fmt: skip
        super().__init__(loss)
        self.method = method_of(method)
        name = type(self.method).__name__
        if not hasattr(self.method, "change"):
            raise ValueError(
                f"{name} needs the whole function at every step; training sees a batch at a time: use "
                "adam, momentum, … here, or descend for all data at once"
            )
        if epochs is not None and steps is not None:
            raise ValueError("give epochs or steps, not both")
        self.epochs = (
            None
            if steps is not None
            else need_count(_EPOCHS if epochs is None else epochs, "epochs")
        )
        self.steps = None if steps is None else need_count(steps, "steps")
        self.rate = _RATES.get(name.lower(), 1e-2) if rate is None else rate
        rate_by_step(self.rate, schedule, 1)  # raises now, not later
        self.schedule, self.batch, self.seed = schedule, batch, need_count(seed, "seed")
        self.shuffle, self.short = shuffle, short
        self.validation = validation
        self.patience = None if patience is None else need_count(patience, "patience")
        if patience is not None and validation is None:
            raise ValueError(
                "patience counts epochs in which the validation got no better: give validation too"
            )
        self.checkpoint, self.resume = checkpoint, resume
        self.every = None if every is None else need_count(every, "every")
        self.callback, self.progress = callback, progress

    def __call__(self, params, data):
        need_floats(params)
        batches = batches_of(data, self.f, self.batch, self.seed, self.shuffle, self.short)
        return Course(self, params, batches, self._validating()).run()

    def _validating(self):
        """The validation as a function of parameters, or None."""
        if self.validation is None or callable(self.validation):
            return self.validation
        size = self.batch if self.batch is None else max(self.batch, 1024)
        cut = batches_of(self.validation, self.f, None, 0, False, what="validation")
        if cut.rows is not None:
            cut = batches_of(
                self.validation, self.f, min(size or 1024, cut.rows), 0, False, what="validation"
            )

        def mean(params):
            total = rows = 0.0
            for args, named in cut.epoch(0):
                weight = len((*args, *named.values())[0]) if cut.rows is not None else 1
                total += weight * float(self.f(params, *args, **named))
                rows += weight
            return total / rows if rows else nan

        return mean


def need_floats(params, where="params"):
    """TypeError, by name, for parameters that are not real numbers with a fraction, or hold none."""
    count = _looked_at(params, where)
    if not count:
        raise ValueError(f"{where} holds no numbers: there is nothing to train")


def _looked_at(x, where):
    if isinstance(x, dict):
        return sum(_looked_at(v, f"{where}[{k!r}]") for k, v in x.items())
    if isinstance(x, (list, tuple)):
        names = getattr(type(x), "_fields", None)
        return sum(
            _looked_at(v, f"{where}.{names[k]}" if names else f"{where}[{k}]")
            for k, v in enumerate(x)
        )
    if hasattr(type(x), "__dataclass_fields__"):
        return sum(_looked_at(getattr(x, k), f"{where}.{k}") for k in type(x).__dataclass_fields__)
    kind = getattr(getattr(x, "dtype", None), "kind", None)
    if isinstance(x, bool) or kind == "b":
        raise TypeError(f"{where} is a truth value; parameters are real numbers")
    if kind in ("i", "u") or isinstance(x, int):
        what = "an array of integers" if getattr(x, "shape", ()) else f"the integer {x!r}"
        raise TypeError(
            f"{where} is {what}: parameters move by small steps. If it is trained, make it a float; if "
            "not (a size, a count), keep it out of the parameters"
        )
    if kind == "f" or isinstance(x, float):
        if not np.isfinite(x).all():
            raise ValueError(
                f"{where} is not finite at the start: {x if np.ndim(x) == 0 else 'nan or inf in it'}"
            )
        return int(np.size(x))
    raise TypeError(f"{where} is {describe(x)}; parameters are real numbers and arrays of them")


def train(loss, params=None, data=None, **options):
    """Train parameters on data, a batch at a time: a `Minimum` whose `x` are the trained ones.

    loss        loss(params, *batch) is one number, usually a mean over the batch
    params      numbers and arrays in dicts, lists, tuples, dataclasses; floats
    data        an array, a tuple, list or dict of arrays with the same first axis (a dict is passed by
                name, if
                the loss has such parameters), or an iterable of batches, or a function that makes one. Files
                mapped into memory are read batch by batch.
    batch       rows in a batch (32); the last one of an epoch may be shorter, `short=False` leaves it out
    epochs      passes over the data (10), or `steps`: that many batches
    method      "adam", "adamw", "momentum", "nesterov", "gradient", "rmsprop", "adagrad"
    rate        0.001 for Adam, 0.01 for gradient descent; `schedule` multiplies it: a function of the
                step's number, or
                "cosine", "one-cycle", "warm-up", "step", "exponential", "1/t" over the length of the run
    seed        the same seed gives the same bits; `shuffle=False` keeps the order
    validation  data, or a function of the parameters whose value is small where they are good; asked
                after every epoch. The best parameters by it are returned; `patience=5` stops after 5 epochs
                without a better one.
    checkpoint  a file in which the run is stored now and then, and from which it goes on (`resume=True`) with
                the same bits; `every` so many steps, else about every few seconds
    callback    called with each state (`step`, `point`, `value`); may raise StopIteration
    progress    a bar (with tqdm); None shows it in terminals

    Ctrl-C ends the run after the current step; what was reached is returned.

    >>> x = np.linspace(-1, 1, 200)
    >>> y = 3 * x + 2
    >>> def loss(p, x, y):
    ...     return np.mean((p["slope"] * x + p["height"] - y) ** 2)
    >>> found = train(loss, {"slope": 0.0, "height": 0.0}, (x, y), rate=0.1, epochs=40)
    >>> {name: round(value, 3) for name, value in found.x.items()}
    {'slope': 3.0, 'height': 2.0}
    """
    need_known(Train, options)
    trained = Train(loss, **options)
    if params is None and data is None:
        return trained
    if data is None:
        raise TypeError("train needs data: train(loss, params, data), or train(loss)(params, data)")
    return trained(params, data)


train.kind = Train  # type: ignore[attr-defined]
