"""Derivatives of fields: laplacian, divergence, curl.

Source: any text on vector calculus, e.g. Marsden & Tromba, ch. 4.4, 8.
"""

from ..contraction import contraction
from ..methods.verify import verify
from ..primitive import shape_of
from .breaks import matrix
from .form import called, rows
from .jacobian import Hessian
from .operator import Derived, need_point, operator


class _Field(Derived):
    """A field on points given as one array of n numbers or as n numbers."""

    options = ()

    def _jacobian(self, point, fixed):
        """The n × n matrix of the field as a list of rows, and how to give back a vector."""
        need_point(self, point)
        call, form = called(self, None, point, fixed)
        t = call.trace()
        verify(t)
        square = _square(matrix(t), t, call, self.__name__)
        return square, t, form


def _square(table, t, call, name):
    """The blocks as one square matrix [row][column] of numbers."""
    values, points = _count(t.values), _count(call.leaves)
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
                    for b, x in zip(row, call.leaves, strict=True)
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

    def __call__(self, *point, **fixed):
        matrix, _, _ = self._jacobian(point, fixed)
        total = matrix[0][0]
        for k in range(1, len(matrix)):
            total = total + matrix[k][k]
        return total


class Curl(_Field):
    operator = "curl"
    guide = """The curl of a vector field: in space a vector, in the plane ∂F₂/∂x − ∂F₁/∂y.

    >>> curl(lambda x, y: (-y, x), 1, 2)
    2.0
    >>> curl(lambda x, y, z: (-y, x, z), 1, 2, 3)
    (0.0, 0.0, 2.0)
    """

    def __call__(self, *point, **fixed):
        m, t, _ = self._jacobian(point, fixed)
        if len(m) == 2:
            return m[1][0] - m[0][1]
        if len(m) != 3:
            raise ValueError(
                f"curl is defined in the plane and in space, not in {len(m)} dimensions"
            )
        parts = [m[2][1] - m[1][2], m[0][2] - m[2][0], m[1][0] - m[0][1]]
        return t.rebuild_out([rows(parts)] if len(t.outputs) == 1 else parts)


class Laplacian(Derived):
    operator = "laplacian"
    guide = """The laplacian of a scalar field: the sum of its second partial derivatives.

    >>> laplacian(lambda x, y: x**2 * y + y**3, 1, 2)
    16.0
    """

    def __call__(self, *point, **fixed):
        need_point(self, point)
        h = Hessian(self.f)(*point, **fixed)
        if isinstance(h, float) or not shape_of(h):
            if not isinstance(h, (list, tuple, dict)):
                return h
            raise TypeError("laplacian takes a point as one array or as several numbers")
        shape = shape_of(h)
        letters = "abcdefgh"[: len(shape) // 2]
        return contraction(f"{letters}{letters}->")(h)


laplacian = operator(Laplacian)
divergence = operator(Divergence)
curl = operator(Curl)
