"""dfdx as a contestant: with real samples, with complex steps, and as it comes."""

from inspect import signature

from dfdx import NotDifferentiable, derivative
from dfdx.calculus.derivative import Derivative
from dfdx.errors import NotConverged

from .outcome import Outcome

OPTIONS = (*Derivative.options, *signature(Derivative.__init__).parameters)


def _asked(box, x, make):
    try:
        e = make().estimate(x)
    except NotDifferentiable as error:
        sides = {"left": error.left, "right": error.right}
        return Outcome(None, None, box.calls, str(error), **sides, method="denied")
    except NotConverged as error:
        return Outcome(None, None, box.calls, str(error), method="refused")
    error = None if e.error is None or e.error != e.error else float(e.error)
    calls = box.calls or e.evaluations
    steps = [note for note in e.notes if "gives a step" in note]  # rounding, told with its slope 0
    return Outcome(
        float(e.value),
        error,
        calls,
        "".join(steps),
        method=e.method,
        stated_calls=e.evaluations,
        left=e.left,
        right=e.right,
    )


class Real:
    """The box with complex numbers refused."""

    def __init__(self, box):
        self.box = box

    def __call__(self, x):
        if isinstance(x, complex):
            self.box.calls += 1
            raise TypeError("real numbers only")
        return self.box(x)


def real_samples(f, box, x, order):
    return _asked(box, x, lambda: derivative(Real(box), order=order, method="differences"))


def samples(f, box, x, order):
    return _asked(box, x, lambda: derivative(box, order=order, method="differences"))


def as_it_comes(f, box, x, order):
    return _asked(box, x, lambda: derivative(f, order=order))


CONTESTANTS = {
    "dfdx, real samples": real_samples,
    "dfdx, complex allowed": samples,
    "dfdx, as it comes": as_it_comes,
}
