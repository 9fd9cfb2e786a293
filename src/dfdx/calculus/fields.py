"""Derivatives of fields: laplacian, divergence, curl.

Source: any text on vector calculus, e.g. Marsden & Tromba, ch. 4.4, 8.
"""

from ..contraction import contraction
from ..estimate import Estimate
from ..methods.accuracy import trace_notes
from ..methods.verify import verify
from ..primitive import shape_of
from .form import called
from .form import rows as stacked
from .jacobian import Hessian
from .linear import matrix, matrix_and_errors
from .operator import Derived, need_point, operator


class _Field(Derived):
    """A field on points given as one array of n numbers or as n numbers."""

    options = ()

    def _trace(self, point, fixed):
        need_point(self, point)
        call, _ = called(self, None, point, fixed)
        t = call.trace()
        verify(t)
        return t

    def _of(self, rows, t):
        """The answer from the square matrix of partial derivatives, a list of rows."""
        raise NotImplementedError

    def _bound(self, rows, errors, t):
        """How far that may be off, from how far the partial derivatives may be."""
        raise NotImplementedError

    def __call__(self, *point, **fixed):
        t = self._trace(point, fixed)
        return self._of(_square(matrix(t), t, self.__name__), t)

    def estimate(self, *point, **fixed):
        """The value as an Estimate; `error` has its form."""
        t = self._trace(point, fixed)
        *tables, notes = matrix_and_errors(t)
        rows, errors = (_square(table, t, self.__name__) for table in tables)
        notes = (*t.tape.notes, *notes, *trace_notes(t))
        return Estimate(self._of(rows, t), self._bound(rows, errors, t), "exact", notes=notes)


def _square(table, t, name):
    """The blocks as one square matrix [row][column] of numbers."""
    leaves = t.call.leaves
    values, points = _count(t.values), _count(leaves)
    if values != points:
        raise ValueError(
            f"{name}: the field has {values} components at a point of {points} coordinates"
        )
    matrix = []
    for row, y in zip(table, t.values, strict=True):
        for i in _indices(shape_of(y)):
            matrix.append(
                [
                    b[i + j] if shape_of(b) else b
                    for b, x in zip(row, leaves, strict=True)
                    for j in _indices(shape_of(x))
                ]
            )
    return matrix


def _count(leaves):
    return sum(1 for x in leaves for _ in _indices(shape_of(x)))


def _indices(shape):
    if not shape:
        return [()]
    if len(shape) > 1:
        raise ValueError(f"a point or a field is a vector; this one has shape {shape}")
    return [(k,) for k in range(shape[0])]


class Divergence(_Field):
    operator = "divergence"
    guide = """The divergence of a vector field: the sum of ∂Fᵢ/∂xᵢ.

    >>> divergence(lambda x, y: (x * y, y**2), 3, 5)
    15.0
    """

    def _of(self, rows, t):
        total = rows[0][0]
        for k in range(1, len(rows)):
            total = total + rows[k][k]
        return total

    def _bound(self, rows, errors, t):
        n = len(rows)
        return _added([rows[k][k] for k in range(n)], [errors[k][k] for k in range(n)])


def _added(terms, errors):
    """A bound for the error of a sum: those of its terms, and the rounding of each addition."""
    size = sum(map(abs, terms)) + sum(errors)
    return float(sum(errors) + max(0, len(terms) - 1) * 2.0**-52 * size)


class Curl(_Field):
    operator = "curl"
    guide = """The curl of a vector field: in space a vector, in the plane ∂F₂/∂x − ∂F₁/∂y.

    >>> curl(lambda x, y: (-y, x), 1, 2)
    2.0
    >>> curl(lambda x, y, z: (-y, x, z), 1, 2, 3)
    (0.0, 0.0, 2.0)
    """

    def _of(self, rows, t):
        pairs = self._pairs(rows)
        return self._packed([rows[i][j] - rows[j][i] for i, j in pairs], t)

    def _bound(self, rows, errors, t):
        pairs = self._pairs(rows)
        bars = [_added([rows[i][j], rows[j][i]], [errors[i][j], errors[j][i]]) for i, j in pairs]
        return self._packed(bars, t)

    @staticmethod
    def _pairs(rows):
        """The places (i, j) of the components ∂Fᵢ/∂xⱼ − ∂Fⱼ/∂xᵢ."""
        if len(rows) not in (2, 3):
            raise ValueError(
                f"curl is defined in the plane and in space, not in {len(rows)} dimensions"
            )
        return [(1, 0)] if len(rows) == 2 else [(2, 1), (0, 2), (1, 0)]

    @staticmethod
    def _packed(parts, t):
        if len(parts) == 1:
            return parts[0]
        return t.rebuild_out([stacked(parts)] if len(t.outputs) == 1 else parts)


class Laplacian(Derived):
    operator = "laplacian"
    guide = """The laplacian of a scalar field: the sum of its second partial derivatives.

    >>> laplacian(lambda x, y: x**2 * y + y**3, 1, 2)
    16.0
    """

    def __call__(self, *point, **fixed):
        need_point(self, point)
        return _trace_of(Hessian(self.f)(*point, **fixed))

    def estimate(self, *point, **fixed):
        """The laplacian as an Estimate."""
        need_point(self, point)
        h = Hessian(self.f).estimate(*point, **fixed)
        error = _trace_of(h.error)
        n = _diagonal_length(h.value)
        if n > 1:  # the rounding of the sum
            error = error + (n - 1) * 2.0**-52 * (_trace_of(abs(h.value)) + error)
        return Estimate(_trace_of(h.value), float(error), h.method, notes=h.notes)


def _trace_of(h):
    """The sum of the diagonal of a Hessian."""
    if isinstance(h, float) or not shape_of(h):
        if not isinstance(h, (list, tuple, dict)):
            return h
        raise TypeError("laplacian takes a point as one array or as several numbers")
    letters = "abcdefgh"[: len(shape_of(h)) // 2]
    return contraction(f"{letters}{letters}->")(h)


def _diagonal_length(h):
    n = 1
    for size in shape_of(h)[: len(shape_of(h)) // 2]:
        n *= size
    return n


laplacian = operator(Laplacian)
divergence = operator(Divergence)
curl = operator(Curl)
