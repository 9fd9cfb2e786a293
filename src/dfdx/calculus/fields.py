"""Derivatives of fields: laplacian, divergence, curl.

Source: any text on vector calculus, e.g. Marsden & Tromba, ch. 4.4, 8.
"""

from ..contraction import contraction
from ..estimate import Estimate
from ..methods.ladder import SAMPLING, Sampling, climb
from ..methods.partials import hessian_by_samples
from ..primitive import shape_of
from .form import called
from .form import rows as stacked
from .jacobian import exact_second_partials, is_nested, partials_at
from .operator import Derived, need_point, operator


class _Field(Derived):
    """A field on points given as one array of n numbers or as n numbers."""

    options = SAMPLING

    def __init__(self, f, **sampling):
        super().__init__(f)
        self.sampling = Sampling(**sampling)

    def _partials(self, point, fixed, bars=False):
        need_point(self, point)
        call, _ = called(self, None, point, fixed)
        return partials_at(call, self.sampling, bars=bars), call.leaves

    def _of(self, rows, a):
        """The answer from the square matrix of partial derivatives, a list of rows."""
        raise NotImplementedError

    def _bound(self, rows, errors, a):
        """How far that may be off, from how far the partial derivatives may be."""
        raise NotImplementedError

    def __call__(self, *point, **fixed):
        a, leaves = self._partials(point, fixed)
        return self._of(_square(a.value, a.values, leaves, self.__name__), a)

    def estimate(self, *point, **fixed):
        """The value as an Estimate; `error` has its form."""
        a, leaves = self._partials(point, fixed, bars=True)
        rows, errors = (_square(t, a.values, leaves, self.__name__) for t in (a.value, a.error))
        value, error = self._of(rows, a), self._bound(rows, errors, a)
        return Estimate(value, error, a.method, a.evaluations, notes=a.notes)


def _square(table, values, leaves, name):
    """The blocks as one square matrix [row][column] of numbers."""
    components, points = _count(values), _count(leaves)
    if components != points:
        raise ValueError(
            f"{name}: the field has {components} components at a point of {points} coordinates"
        )
    matrix = []
    for row, y in zip(table, values, strict=True):
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

    def _of(self, rows, a):
        total = rows[0][0]
        for k in range(1, len(rows)):
            total = total + rows[k][k]
        return total

    def _bound(self, rows, errors, a):
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

    def _of(self, rows, a):
        pairs = self._pairs(rows)
        return self._packed([rows[i][j] - rows[j][i] for i, j in pairs], a)

    def _bound(self, rows, errors, a):
        pairs = self._pairs(rows)
        bars = [_added([rows[i][j], rows[j][i]], [errors[i][j], errors[j][i]]) for i, j in pairs]
        return self._packed(bars, a)

    @staticmethod
    def _pairs(rows):
        """The places (i, j) of the components ∂Fᵢ/∂xⱼ − ∂Fⱼ/∂xᵢ."""
        if len(rows) not in (2, 3):
            raise ValueError(
                f"curl is defined in the plane and in space, not in {len(rows)} dimensions"
            )
        return [(1, 0)] if len(rows) == 2 else [(2, 1), (0, 2), (1, 0)]

    @staticmethod
    def _packed(parts, a):
        if len(parts) == 1:
            return parts[0]
        return a.rebuild([stacked(parts)] if len(a.values) == 1 else parts)


class Laplacian(Derived):
    operator = "laplacian"
    guide = """The laplacian of a scalar field: the sum of its second partial derivatives.

    >>> laplacian(lambda x, y: x**2 * y + y**3, 1, 2)
    16.0
    """

    options = SAMPLING

    def __init__(self, f, **sampling):
        super().__init__(f)
        self.sampling = Sampling(**sampling)

    def __call__(self, *point, **fixed):
        return self._answer(point, fixed, bars=False).value

    def estimate(self, *point, **fixed):
        """The laplacian as an Estimate."""
        a = self._answer(point, fixed, bars=True)
        return Estimate(a.value, a.error, a.method, a.evaluations, notes=a.notes)

    def _answer(self, point, fixed, bars):
        need_point(self, point)
        call, form = called(self, None, point, fixed)
        return climb(
            call.f,
            lambda: _exact_laplacian(call, form, bars),
            lambda _: _summed(hessian_by_samples(call, self.sampling, along_axes=True)),
            lambda: call(*call.leaves),
            self.sampling.method,
            is_nested(call),
        )


def _exact_laplacian(call, form, bars):
    a = exact_second_partials(call, bars)
    h = form.pack([form.pack(row) for row in a.value])
    a.value = _trace_of(h)
    if not bars:
        return a
    error = _trace_of(form.pack([form.pack(row) for row in a.error]))
    n = _diagonal_length(h)
    if n > 1:  # the rounding of the sum
        error = error + (n - 1) * 2.0**-52 * (_trace_of(abs(h)) + error)
    a.error = float(error)
    return a


def _summed(found):
    """The one number of a table."""
    found.value, found.error = float(found.value[0, 0]), float(found.error[0, 0])
    return found


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
