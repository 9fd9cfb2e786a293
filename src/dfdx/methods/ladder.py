"""The ladder, written once for all operators: exact, and where that cannot be, from samples.

`climb` is given both ways as functions. What it makes of their errors is the same everywhere: a
derivative that does not exist is told, a function that cannot be traced is sampled, and what
the plain function raises is raised.
"""

from ..capture.trace import refuse_opaque, take_opaque
from ..differences.options import given
from ..errors import NoRule, NotConverged, NotDifferentiable, NotTraceable
from .verify import Hidden, again

METHODS = (None, "exact", "differences")
SAMPLING = ("method", "bounds", "rtol", "budget", "noise", "step", "workers")


class Sampling:
    """Which method is wanted, and how samples are taken where they are.

    method    None (exact where that can be), "exact" (never samples) or "differences" (only samples)
    bounds    (low, high): the function is called only between them; numbers, or of the point's form
    rtol      the relative error that is good enough; fewer samples are then needed
    budget    at most so many calls of the function
    noise     the noise of its values, where it is known
    step      a fixed step for central differences, for those who want it
    workers   a number of threads, or an executor: all samples of a round are taken together
    """

    __slots__ = ("bounds", "budget", "method", "noise", "rtol", "step", "workers")

    def __init__(
        self, method=None, *, bounds=None, rtol=None, budget=None, noise=None, step=None, workers=None
    ):  # fmt: skip
        if method not in METHODS:
            raise ValueError(f'method is "exact", "differences" or None, not {method!r}')
        known = given(
            bounds=bounds, rtol=rtol, budget=budget, noise=noise, step=step, workers=workers
        )
        if known and method == "exact":
            raise ValueError(
                f'{next(iter(known))} says how samples are taken, and method="exact" takes none; leave '
                "one of them out"
            )
        self.method, self.bounds, self.rtol, self.budget = method, bounds, rtol, budget
        self.noise, self.step, self.workers = noise, step, workers

    def given(self, *without):
        """The options of sampling as keyword arguments, except those named."""
        names = (name for name in SAMPLING if name != "method" and name not in without)
        return {name: getattr(self, name) for name in names}


AS_IT_COMES = Sampling()


def climb(f, exactly, by_samples, plainly, method=None, nested=False):
    """The Answer of `exactly()`, or that of `by_samples()` where the function cannot be traced.

    In between, what the function f calls and cannot be looked into is one operation, and its
    partial derivatives alone are sampled. `by_samples(smooth)` is given a call of the function
    that leaves its rounding to digits out, where samples would see steps, else None.
    `plainly()` calls the plain function and is asked after an error that is not ours: what
    it raises is then the answer. Inside another derivative (`nested`) there are no samples:
    the outer derivative takes them.
    """
    if method == "differences" and not nested:
        return by_samples(None)
    smooth, whole = None, False
    try:
        return _told(again(exactly), method)
    except NotTraceable as error:
        if method == "exact" or nested:
            raise
        why = str(error)
        if type(error) is Hidden and error.call.smooth:
            smooth = error.call
    except (NotDifferentiable, NotConverged) as error:
        if method == "exact" or nested or not refuse_opaque(f):
            raise
        why, whole = str(error), True  # what one sampled operation says is not said of the whole
    except NoRule as error:
        if method == "exact" or nested or error.given:
            raise
        why, whole = str(error), True
    except Warning:
        raise
    except Exception as error:  # code that met a traced value where it expects a number
        if method == "exact" or nested:
            raise
        why = f"the trace met {type(error).__name__}: {error}"
    if smooth is None and not whole:
        plainly()
        answer = _in_part(f, exactly)
        if answer is not None:
            return answer
    answer = by_samples(smooth)
    first = why.strip().partition("\n")[0]
    answer.notes = (
        f"the derivative is from samples, the function could not be traced: {first}",
        *answer.notes,
    )
    return answer


def _in_part(f, exactly):
    """The Answer with samples of what f calls and cannot be looked into; None where that is not enough."""
    from ..differences.callee import opaque

    if not take_opaque(f, opaque):
        return None
    try:
        return _told(again(exactly), None)
    except Exception:  # samples of the whole function say what there is to say
        refuse_opaque(f)
        return None


def _told(answer, method):
    """The answer, which says what was sampled for it; NotTraceable where "exact" was demanded."""
    if answer.trace is None or not answer.trace.tape.sampled:
        return answer
    callees = {
        n.op.callee: None for n in answer.trace.tape.nodes if getattr(n.op, "sampled", False)
    }
    if not callees:
        return answer
    names = ", ".join(dict.fromkeys(c.name.replace("<lambda>", "a lambda") for c in callees))
    if method == "exact":
        raise NotTraceable(f"{names} cannot be looked into: its derivative is from samples")
    count = sum(c.count for c in callees)
    answer.method = f"differences of {names}, otherwise {answer.method}"
    note = (
        f"{names} cannot be looked into: its derivative is from {count} samples, the rest is exact"
    )
    answer.notes = (*answer.notes, note)
    answer.evaluations += count
    return answer
