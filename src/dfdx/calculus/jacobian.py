"""Jacobian and Hessian: all first derivatives of several values, all second ones of one."""

from string import ascii_letters

from ..capture.trace import Call
from ..contraction import contraction
from ..errors import NotDifferentiable, show_line
from ..estimate import Estimate
from ..methods.accuracy import trace_notes
from ..methods.gradients import gradient_at
from ..methods.verify import verified, verify
from ..primitive import shape_of
from .form import called
from .linear import matrix, matrix_and_errors
from .operator import Derived, operator

_LIKE = 1e-6


class Jacobian(Derived):
    operator = "jacobian"
    options = ("wrt",)
    guide = """All partial derivatives of all values of a function.

    An array of shape `value.shape + argument.shape`; several numbers as arguments
    make the last axis. Structures (dict, list, …) give a structure of the value's form
    whose parts have the argument's form. At a kink the slope of least size between its
    sides, as `gradient` gives it; NotDifferentiable where a side has no slope.

    >>> jacobian(lambda r, t: [r * t, r + t], 2, 3)
    [array([3., 2.]), array([1., 1.])]
    """

    def __init__(self, f, *, wrt=None):
        super().__init__(f)
        self.wrt = wrt

    def __call__(self, *point, **fixed):
        call, form = called(self, self.wrt, point, fixed)
        t = call.trace()
        verify(t)
        table = matrix(t, least=True)
        t.tape.release()
        return t.rebuild_out([form.pack(row) for row in table])

    def estimate(self, *point, **fixed):
        """The Jacobian as an Estimate; `error` has the form of the Jacobian."""
        call, form = called(self, self.wrt, point, fixed)
        t = call.trace()
        verify(t)
        *tables, notes = matrix_and_errors(t, least=True)
        value, error = (t.rebuild_out([form.pack(row) for row in table]) for table in tables)
        return Estimate(value, error, "exact", notes=(*t.tape.notes, *notes, *trace_notes(t)))


class Hessian(Derived):
    operator = "hessian"
    options = ("wrt",)
    guide = """All second partial derivatives of a function whose value is one number.

    An array of shape `argument.shape + argument.shape`; for several numbers an n × n
    matrix; for structures a structure of structures. Exactly symmetric. Raises
    NotDifferentiable where a second derivative does not exist.

    >>> hessian(lambda x, y: x**2 * y, 3, 5)
    array([[10.,  6.],
           [ 6.,  0.]])
    """

    def __init__(self, f, *, wrt=None):
        super().__init__(f)
        self.wrt = wrt

    def __call__(self, *point, **fixed):
        t, form = self._gradient(point, fixed)
        table = matrix(t)
        _need_symmetric(table, t)
        table = _symmetric(table)
        t.tape.release()
        return form.pack([form.pack(row) for row in table])

    def estimate(self, *point, **fixed):
        """The Hessian as an Estimate; `error` has the form of the Hessian."""
        t, form = self._gradient(point, fixed)
        *tables, notes = matrix_and_errors(t)
        _need_symmetric(tables[0], t)
        tables = map(_symmetric, tables)
        value, error = (form.pack([form.pack(row) for row in table]) for table in tables)
        return Estimate(value, error, "exact", notes=(*t.tape.notes, *notes, *trace_notes(t)))

    def _gradient(self, point, fixed):
        """The trace of the gradient, and the form of what varies."""
        call, form = called(self, self.wrt, point, fixed)
        places = range(len(call.leaves))
        verified(call)

        def partials(*leaves):
            return gradient_at(Call(call, leaves, {}, places)).released()

        partials.__name__ = f"gradient({call.__name__})"
        return Call(partials, call.leaves, {}, places).trace(), form


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
