"""Measurements in several dimensions as a function: every operator asks one engine for its partials."""

import warnings
from itertools import combinations_with_replacement

import numpy as np

from ..errors import AccuracyWarning
from ..estimate import Estimate
from ..graph import Operand
from ..primitive import shape_of
from .data import real
from .kinds import Kind, Quantity, kind_of
from .recorded import Recorded


class Field:
    """A function of several coordinates known from samples; made by `sampled`.

    Called with one coordinate for each dimension, numbers or arrays of one shape. An engine for each
    component answers `at(points, orders)` with values and errors; `ends` are the lowest and highest
    coordinates, `told` an iterator of what to warn of when a derivative is asked for (or None).
    """

    __name__ = "sampled"

    def __init__(self, engines, ends, many, told=(), kinds=None, turns=()):
        self.engines, self.ends, self.many, self.told = engines, ends, many, told
        self.kinds = kinds or [Kind(None)] * (
            len(ends) + 1
        )  # of the coordinates, then of the samples
        self.turns = turns  # which axes come back
        self.dimensions = len(ends)

    def __call__(self, *coordinates):
        """The value there."""
        return self.read(coordinates, self.none)[0]

    @property
    def none(self):
        return (0,) * self.dimensions

    @property
    def method(self):
        return self.engines[0].method

    def read(self, coordinates, orders, component=None):
        """`(value, error)` of the partial derivative of those orders, in the form of the coordinates."""
        coordinates = self.apart(coordinates)
        if any(isinstance(c, Operand) for c in coordinates):
            return self._primitive(orders, component)(*coordinates), None
        arrays = np.broadcast_arrays(*map(self._numbers, coordinates, self.kinds[:-1]))
        points = np.stack([a.ravel() for a in arrays], axis=1)
        for k, ((low, high), turns) in enumerate(zip(self.ends, self.turns, strict=False)):
            if turns:
                points[:, k] = low + np.mod(points[:, k] - low, high - low)
        self._inside(points)
        if any(orders):
            self._warn()
        engines = self.engines if component is None else [self.engines[component]]
        parts = [engine.at(points, orders) for engine in engines]
        shape = arrays[0].shape
        if self.many and component is None:
            found = (np.stack([p[k].reshape(shape) for p in parts], axis=-1) for k in (0, 1))
        else:
            found = (p.reshape(shape) if shape else float(p[0]) for p in parts[0])
        return tuple(self._with_unit(part, orders) for part in found)

    @staticmethod
    def _numbers(given, kind):
        return real(kind_of(kind.within(given)).numbers())

    def _with_unit(self, value, orders):
        """A number with the unit of the samples over those of the coordinates, where they have units."""
        value = self.kinds[-1].back(value) if isinstance(self.kinds[-1], Quantity) else value
        for kind, order in zip(self.kinds, orders, strict=False):
            value = kind_of(value).back(getattr(value, "magnitude", value), kind, order)
        return value

    def plot(self, ax=None):
        """Draw a field of two coordinates with matplotlib: a map with arrows uphill; gives the axes back.

        Raises ImportError where matplotlib is not installed: pip install 'dfdx[plot]'.
        """
        from .plot import plot_field

        return plot_field(self, ax)

    def _warn(self):
        told, self.told = self.told, ()
        message = next((message for message in told if message), None)
        if message:
            warnings.warn(message, AccuracyWarning, stacklevel=5)

    def apart(self, coordinates):
        """The coordinates of a place one by one; a place may also be one array of them."""
        d = self.dimensions
        if d > 1 and len(coordinates) == 1 and _shape(coordinates[0]) == (d,):
            return tuple(coordinates[0][k] for k in range(d))
        if len(coordinates) != d:
            raise TypeError(f"{d} coordinates make a place here, {len(coordinates)} were given")
        return coordinates

    def _inside(self, points):
        for k, (low, high) in enumerate(self.ends):
            out = ~((points[:, k] >= low) & (points[:, k] <= high))
            if out.any():
                raise ValueError(
                    f"{points[out, k][0]:g} is outside the samples, whose coordinate number {k} goes from "
                    f"{low:g} to {high:g}; nothing was measured there"
                )

    def _primitive(self, orders, component):
        def slope(k):
            more = tuple(o + (i == k) for i, o in enumerate(orders))
            return lambda y, *coordinates: self._primitive(more, component)(*coordinates)

        return Recorded(
            lambda *coordinates: self.read(coordinates, orders, component),
            tuple(map(slope, range(self.dimensions))),
            "sampled",
            self.method,
        )

    def __differentiated__(self, operator, **options):
        made = _OPERATORS.get(operator)
        if made is None and operator == "tangent":
            return None
        if made is None:
            raise TypeError(
                f"{operator} needs a function of one coordinate; these measurements have {self.dimensions} "
                "(gradient, partial, hessian, laplacian, … take them)"
            )
        return made(self, **options)

    def __repr__(self):
        low = ", ".join(f"{a:g}…{b:g}" for a, b in self.ends)
        return f"<sampled in {self.dimensions} dimensions, {low}>"


class _Place:
    """Where a field is read, one place or many: each partial is found once, for value and error."""

    def __init__(self, field, coordinates):
        self.field, self.coordinates = field, field.apart(coordinates)
        self.is_one = all(np.ndim(c) == 0 for c in self.coordinates)
        self.known = {}

    def read(self, orders, component=None):
        """`(value, error)` of a partial derivative."""
        key = orders, component
        if key not in self.known:
            self.known[key] = self.field.read(self.coordinates, orders, component)
        return self.known[key]


class _OnField:
    """A derived function of a field: `terms` name the partials, `packed` puts them together."""

    def __init__(self, field, **options):
        self.field = field
        self.prepare(**options)

    def prepare(self):
        pass

    def __call__(self, *coordinates):
        return self._found(_Place(self.field, coordinates), 0)

    def estimate(self, *coordinates):
        """The same with its error: an Estimate."""
        place = _Place(self.field, coordinates)
        value, error = (self._found(place, k) for k in (0, 1))
        return Estimate(value, error, self.field.method, 0, notes=self.field.engines[0].notes)

    def _unit(self, *axes):
        return tuple(axes.count(k) for k in range(self.field.dimensions))

    @property
    def __name__(self):
        return f"{self.operator}({self.field.__name__})"

    def __repr__(self):
        return f"<{self.__name__}>"


class _Gradient(_OnField):
    operator = "gradient"

    def _found(self, place, which):
        parts = [place.read(self._unit(k))[which] for k in range(self.field.dimensions)]
        return _packed(parts) if place.is_one else tuple(parts)


class _Jacobian(_Gradient):
    operator = "jacobian"

    def _found(self, place, which):
        parts = super()._found(place, which)
        return (
            np.moveaxis(parts, 0, -1) if isinstance(parts, np.ndarray) and parts.ndim > 1 else parts
        )


class _Partial(_OnField):
    operator = "partial"

    def prepare(self, wrt=0):
        if not isinstance(wrt, int) or not -self.field.dimensions <= wrt < self.field.dimensions:
            raise TypeError(f"the coordinates of measurements have numbers, not {wrt!r}")
        self.wrt = wrt % self.field.dimensions

    def _found(self, place, which):
        return place.read(self._unit(self.wrt))[which]


class _Hessian(_OnField):
    operator = "hessian"

    def _found(self, place, which):
        d = self.field.dimensions
        parts = {
            pair: place.read(self._unit(*pair))[which]
            for pair in combinations_with_replacement(range(d), 2)
        }
        rows = [[parts[min(i, j), max(i, j)] for j in range(d)] for i in range(d)]
        if not place.is_one or hasattr(rows[0][0], "units"):
            return tuple(map(tuple, rows))
        return np.array(rows)


class _Laplacian(_OnField):
    operator = "laplacian"

    def _found(self, place, which):
        return sum(place.read(self._unit(k, k))[which] for k in range(self.field.dimensions))


class _Directional(_OnField):
    operator = "directional_derivative"

    def prepare(self, along, unit=True):
        self.along = np.asarray(along, dtype=float)
        if self.along.shape != (self.field.dimensions,):
            raise ValueError(f"along needs {self.field.dimensions} components")
        length = float(np.linalg.norm(self.along))
        if unit and not length:
            raise ValueError("a direction of length zero points nowhere")
        self.along = self.along / length if unit else self.along

    def _found(self, place, which):
        weights = self.along if which == 0 else np.abs(self.along)
        return sum(w * place.read(self._unit(k))[which] for k, w in enumerate(weights))


class _Divergence(_OnField):
    operator = "divergence"

    def prepare(self):
        if len(self.field.engines) != self.field.dimensions:
            raise TypeError(
                f"{self.operator} is for vector fields with one component for each coordinate; these "
                f"measurements have {len(self.field.engines)} for {self.field.dimensions}"
            )

    def _found(self, place, which):
        return sum(place.read(self._unit(k), k)[which] for k in range(self.field.dimensions))


class _Curl(_Divergence):
    operator = "curl"

    def _found(self, place, which):
        def slope(component, k):
            return place.read(self._unit(k), component)[which]

        sign = -1 if which == 0 else 1  # errors add up
        if self.field.dimensions == 2:
            return slope(1, 0) + sign * slope(0, 1)
        if self.field.dimensions != 3:
            raise TypeError("curl is for two or three dimensions")
        parts = [slope(j, i) + sign * slope(i, j) for i, j in ((1, 2), (2, 0), (0, 1))]
        return _packed(parts) if place.is_one else tuple(parts)


def _packed(parts):
    """Numbers as one vector; a tuple where their units differ."""
    units = {getattr(part, "units", None) for part in parts}
    if units == {None}:
        return np.array(parts)
    if len(units) > 1:
        return tuple(parts)
    return type(parts[0])(np.array([part.magnitude for part in parts]), *units)


def _shape(x):
    return shape_of(x) if isinstance(x, Operand) else np.shape(x)


_OPERATORS = {
    kind.operator: kind
    for kind in (
        _Gradient,
        _Jacobian,
        _Partial,
        _Hessian,
        _Laplacian,
        _Directional,
        _Divergence,
        _Curl,
    )
}
