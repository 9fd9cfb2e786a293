"""Jacobian and Hessian: all first derivatives of several values, all second ones of one."""

from string import ascii_letters

from ..capture.trace import Call, output_leaves
from ..contraction import contraction
from ..errors import NotDifferentiable, show_line
from ..estimate import Estimate
from ..graph import Operand
from ..methods.accuracy import trace_notes
from ..methods.answer import Answer
from ..methods.gradients import gradient_at
from ..methods.ladder import SAMPLING, Sampling, climb
from ..methods.partials import hessian_by_samples, jacobian_by_samples
from ..methods.verify import verified, verify
from ..primitive import shape_of
from .form import called
from .linear import matrix, matrix_and_errors
from .operator import Derived, operator

_LIKE = 1e-6


class Jacobian(Derived):
    operator = "jacobian"
    options: tuple[str, ...] = ("wrt", *SAMPLING)
    guide = """All partial derivatives of all values of a function.

    An array of shape `value.shape + argument.shape`; several numbers as arguments
    make the last axis. Structures (dict, list, …) give a structure of the value's form
    whose parts have the argument's form. At a kink the slope of least size between its
    sides, as `gradient` gives it; NotDifferentiable where a side has no slope. A function that
    cannot be traced is sampled (options as for `gradient`): one sample serves all values.

    >>> jacobian(lambda r, t: [r * t, r + t], 2, 3)
    [array([3., 2.]), array([1., 1.])]
    """

    def __init__(self, f, *, wrt=None, **sampling):
        super().__init__(f)
        self.wrt = wrt
        self.sampling = Sampling(**sampling)

    def __call__(self, *point, **fixed):
        call, form = called(self, self.wrt, point, fixed)
        a = partials_at(call, self.sampling, least=True)
        return a.rebuild([form.pack(row) for row in a.released()])

    def estimate(self, *point, **fixed):
        """The Jacobian as an Estimate; `error` has the form of the Jacobian."""
        call, form = called(self, self.wrt, point, fixed)
        a = partials_at(call, self.sampling, least=True, bars=True)
        value, error = (a.rebuild([form.pack(row) for row in t]) for t in (a.value, a.error))
        return Estimate(value, error, a.method, a.evaluations, notes=a.notes)


class Hessian(Derived):
    operator = "hessian"
    options: tuple[str, ...] = ("wrt", *SAMPLING)
    guide = """All second partial derivatives of a function whose value is one number.

    An array of shape `argument.shape + argument.shape`; for several numbers an n × n
    matrix; for structures a structure of structures. Exactly symmetric. Raises
    NotDifferentiable where a second derivative does not exist. A function that cannot be
    traced is sampled (options as for `gradient`).

    >>> hessian(lambda x, y: x**2 * y, 3, 5)
    array([[10.,  6.],
           [ 6.,  0.]])
    """

    def __init__(self, f, *, wrt=None, **sampling):
        super().__init__(f)
        self.wrt = wrt
        self.sampling = Sampling(**sampling)

    def __call__(self, *point, **fixed):
        call, form = called(self, self.wrt, point, fixed)
        a = second_partials_at(call, self.sampling)
        return form.pack([form.pack(row) for row in a.released()])

    def estimate(self, *point, **fixed):
        """The Hessian as an Estimate; `error` has the form of the Hessian."""
        call, form = called(self, self.wrt, point, fixed)
        a = second_partials_at(call, self.sampling, bars=True)
        value, error = (form.pack([form.pack(row) for row in t]) for t in (a.value, a.error))
        return Estimate(value, error, a.method, a.evaluations, notes=a.notes)


def partials_at(call, sampling, least=False, bars=False):
    """All partial derivatives of all values at the point, as an Answer; with `bars` their errors."""

    def exactly():
        t = call.trace()
        verify(t)
        return _exact(t, least, bars)

    return climb(
        call.f,
        exactly,
        lambda _: jacobian_by_samples(call, sampling),
        lambda: output_leaves(call.f, call(*call.leaves)),
        sampling.method,
        is_nested(call),
    )


def second_partials_at(call, sampling, bars=False):
    """All second partial derivatives of a number at the point, as an Answer."""
    return climb(
        call.f,
        lambda: exact_second_partials(call, bars),
        lambda _: hessian_by_samples(call, sampling),
        lambda: output_leaves(call.f, call(*call.leaves)),
        sampling.method,
        is_nested(call),
    )


def exact_second_partials(call, bars=False):
    """The same by the gradient's trace; NotTraceable where there is none."""
    found = _exact(_gradient(call), False, bars)
    _need_symmetric(found.value, found.trace)
    found.value = _symmetric(found.value)
    found.error = found.error and _symmetric(found.error)
    return found


def is_nested(call):
    """True when an outer derivative is watching."""
    return any(isinstance(x, Operand) for x in call.leaves)


def _exact(t, least, bars):
    form = {"values": t.values, "rebuild": t.rebuild_out}
    if not bars:
        return Answer(matrix(t, least), "exact", t, **form)
    table, errors, notes = matrix_and_errors(t, least)
    return Answer(table, "exact", t, (*t.tape.notes, *notes, *trace_notes(t)), error=errors, **form)


def _gradient(call):
    """The trace of the gradient."""
    places = range(len(call.leaves))
    verified(call)

    def partials(*leaves):
        return gradient_at(Call(call, leaves, {}, places)).released()

    partials.__name__ = f"gradient({call.__name__})"
    return Call(partials, call.leaves, {}, places).trace()


def _need_symmetric(table, t):
    """NotDifferentiable where mixed partials depend on their order, as they can on a break (Peano 1884)."""
    if t.nested or not t.tape.edges:
        return
    import numpy as np

    for i, row in enumerate(table):
        for j, block in enumerate(row):
            other = _turned(table[j][i], len(shape_of(table[j][j])) // 2)
            size = max(np.abs(block).max(initial=0.0), np.abs(other).max(initial=0.0))
            if np.abs(block - other).max(initial=0.0) > _LIKE * size:
                edge = t.tape.edges[0]
                raise NotDifferentiable(
                    f"{t.call.__name__} is not twice differentiable here: its mixed partial derivatives "
                    f"differ with their order, on a break of {edge.name}{show_line(edge.where)}"
                )


def _symmetric(table):
    """The blocks (i, j) averaged with the turned blocks (j, i): rounding leaves no trace of the order."""
    n = len(table)
    ranks = [len(shape_of(table[k][k])) // 2 for k in range(n)]
    return [
        [0.5 * (table[i][j] + _turned(table[j][i], ranks[j])) for j in range(n)] for i in range(n)
    ]


def _turned(block, rank):
    """A block with its first `rank` axes moved behind the others."""
    letters = ascii_letters[: len(shape_of(block))]
    return contraction(f"{letters}->{letters[rank:]}{letters[:rank]}")(block) if letters else block


jacobian = operator(Jacobian)
hessian = operator(Hessian)
