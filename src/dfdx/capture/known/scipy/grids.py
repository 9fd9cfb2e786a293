"""Stand-ins for interpolation in several dimensions: grids, bivariate splines, triangulations."""

from itertools import product

import numpy as np
from scipy import interpolate as theirs

from ....errors import NotTraceable
from ....pointwise import Pointwise
from ....primitive import shape_of
from ....rules.arrays import operand
from ....rules.choice import equal
from ....structure import take
from ...numpy_protocol.plain import seen_through, traced_in
from ...traced import plain
from .tools import by_name, logged, tapes_of, unwrapped, where_traced


def _coordinates(xi, dimensions):
    """One operand per dimension, of the points' common shape."""
    if isinstance(xi, tuple):
        parts = [operand(x) for x in xi]
        shape = np.broadcast_shapes(*(shape_of(p) for p in parts))
        return [p if shape_of(p) == shape else p + np.zeros(shape) for p in parts]
    x = operand(xi)
    if not shape_of(x) or (len(shape_of(x)) == 1 and dimensions == 1):
        return [x]
    return [x[..., k] for k in range(shape_of(x)[-1])]


def _places(x, knots):
    """The cell in which each point lies, by plain numbers; a point on a knot is an edge."""
    numbers, knots = np.asarray(plain(x), dtype=float), np.asarray(plain(knots), dtype=float)
    places = np.clip(np.searchsorted(knots, numbers, side="right") - 1, 0, knots.size - 2)
    for v in traced_in(x):
        v.tape.guards.append((equal, v, plain(v), True))
        if np.isin(numbers, knots).any():
            v.on_edge("interpolation")
    return places if places.shape else int(places)


def linear_on_grid(points, values, xi):
    """Multilinear interpolation: the corners of the cell, weighted."""
    cells = [_places(x, p) for x, p in zip(xi, points, strict=True)]
    shares = []
    for x, p, k in zip(xi, points, cells, strict=True):
        low, high = take(operand(p), k), take(operand(p), k + 1)
        shares.append((x - low) / (high - low))
    trail = len(shape_of(values)) - len(points)
    y = 0.0
    for corner in product((0, 1), repeat=len(points)):
        weight = 1.0
        for share, side in zip(shares, corner, strict=True):
            weight = weight * (share if side else 1.0 - share)
        if trail and shape_of(weight):
            weight = weight.reshape(shape_of(weight) + (1,) * trail)
        index = tuple(k + side for k, side in zip(cells, corner, strict=True))
        y = y + weight * take(values, index)
    return y


def _grid_call(self, xi, method=None, *, nu=None):
    """RegularGridInterpolator of plain data at traced points."""
    method = self.method if method is None else method
    if method != "linear" or nu is not None:
        raise NotTraceable(
            f"RegularGridInterpolator: method={method!r} is not followed at traced points"
        )
    return _on_grid(self, self.grid, np.asarray(self.values), xi)


def _on_grid(example, points, values, xi):
    """The values at the points, with SciPy's own treatment of what lies outside."""
    dimensions = len(points)
    plain_result = example(seen_through(xi))  # raises where SciPy raises
    coordinates = _coordinates(xi, dimensions)
    y = linear_on_grid(points, values, coordinates)
    if example.fill_value is not None:
        outside = np.zeros(np.shape(plain(coordinates[0])), dtype=bool)
        for x, p in zip(coordinates, points, strict=True):
            outside |= (plain(x) < plain(p)[0]) | (plain(x) > plain(p)[-1])
        if outside.any():
            trail = (1,) * (len(shape_of(values)) - dimensions)
            y = np.where(outside.reshape(outside.shape + trail), example.fill_value, y)
    if shape_of(y) != plain_result.shape and np.size(plain(y)) == plain_result.size:
        y = y.reshape(plain_result.shape)
    return y


class _Grid:
    """A RegularGridInterpolator made of traced data."""

    def __init__(self, example, points, values):
        self.example = example
        self.points = points
        self.values = values

    def __call__(self, xi, method=None):
        xi = unwrapped(xi)
        if method not in (None, "linear"):
            raise NotTraceable(f"RegularGridInterpolator: method={method!r} is not followed")
        return _on_grid(self.example, self.points, self.values, xi)


def _grid(*args, **kwargs):
    """RegularGridInterpolator: SciPy's own for plain data."""
    given = by_name(theirs.RegularGridInterpolator, args, kwargs)
    seen = traced_in(given)
    if not seen:
        return theirs.RegularGridInterpolator(**given)
    with logged(tapes_of(seen)):
        if given.get("method", "linear") != "linear" or traced_in([given.get("fill_value")]):
            raise NotTraceable(
                "RegularGridInterpolator of traced data: only method='linear' is followed"
            )
        example = theirs.RegularGridInterpolator(**seen_through(given))
        return _Grid(example, [operand(p) for p in given["points"]], operand(given["values"]))


def interpn(points, values, xi, method="linear", bounds_error=True, fill_value=np.nan):
    """scipy.interpolate.interpn."""
    if method != "linear" or traced_in([fill_value]):
        raise NotTraceable(f"scipy.interpolate.interpn: method={method!r} is not followed")
    plain_points, plain_values = seen_through(points), seen_through(values)
    example = theirs.RegularGridInterpolator(
        plain_points, plain_values, method, bounds_error, fill_value
    )
    return _on_grid(example, [operand(p) for p in points], operand(values), xi)


def _surface(spline, dx, dy):
    """The card of a bivariate spline, differentiated dx and dy times."""
    kx, ky = spline.degrees

    def value(x, y):
        if dx > kx or dy > ky:
            return 0.0 * (x + y)
        if dx == kx or dy == ky:  # FITPACK gives derivatives below the degree
            return spline.partial_derivative(dx, dy).ev(x, y)
        return spline.ev(x, y, dx, dy)

    return Pointwise(
        f"surface[{dx}, {dy}]",
        (
            lambda z, x, y: _surface(spline, dx + 1, dy)(x, y),
            lambda z, x, y: _surface(spline, dx, dy + 1)(x, y),
        ),
        numpy=lambda x, y: np.asarray(value(x, y))[()],
        mp="",
        ulps=1e4,
    )


def _bivariate(self, x, y, dx=0, dy=0, grid=True):
    x, y = operand(x), operand(y)
    if grid:
        x = x.reshape((-1, 1)) if shape_of(x) else np.reshape(x, (1, 1))
        y = y.reshape((1, -1)) if shape_of(y) else np.reshape(y, (1, 1))
    return _surface(self, dx, dy)(x, y)


def _bivariate_ev(self, xi, yi, dx=0, dy=0):
    return _surface(self, dx, dy)(operand(xi), operand(yi))


def _simplices(self, *args):
    """LinearNDInterpolator of plain data at traced points: barycentric coordinates."""
    xi = args[0] if len(args) == 1 else args
    coordinates = _coordinates(xi, self.tri.ndim)
    example = self(*seen_through(args))
    return _in_simplices(
        self.tri, self.values.reshape(len(self.tri.points), -1), coordinates, example, self
    )


def _in_simplices(tri, values, coordinates, example, interpolator=None):
    if shape_of(values)[1] != 1:
        raise NotTraceable("LinearNDInterpolator of several columns is not followed")
    if interpolator is not None and np.any(interpolator.scale is not None):
        raise NotTraceable("LinearNDInterpolator with rescale is not followed")
    shape = np.broadcast_shapes(*(shape_of(x) for x in coordinates))
    coordinates = [x if shape_of(x) == shape else x + np.zeros(shape) for x in coordinates]
    numbers = np.stack([np.asarray(plain(x), dtype=float) for x in coordinates], axis=-1)
    found = tri.find_simplex(numbers)
    if np.any(found < 0):
        raise NotTraceable("LinearNDInterpolator: a point lies outside the triangulation")
    map_ = tri.transform[found]
    corners = tri.simplices[found]
    n = tri.ndim
    rest = 1.0
    y = 0.0
    for i in range(n):
        share = sum(map_[..., i, j] * (coordinates[j] - map_[..., n, j]) for j in range(n))
        _note_faces(share, coordinates)
        y = y + share * _at(values, corners[..., i])
        rest = rest - share
    return y + rest * _at(values, corners[..., n])


def _at(values, places):
    return take(values, (places if np.ndim(places) else int(places), 0))


def _note_faces(share, coordinates):
    on_face = np.any(np.abs(plain(share)) < 1e-12)
    for v in traced_in(coordinates):
        v.tape.guards.append((equal, v, plain(v), True))
        if on_face:
            v.on_edge("interpolation")


def griddata(points, values, xi, method="linear", fill_value=np.nan, rescale=False):
    """scipy.interpolate.griddata, linear in more than one dimension."""
    if method != "linear" or rescale or traced_in(points) or np.ndim(points) < 2:
        raise NotTraceable("griddata: only method='linear' between fixed points is followed")
    from scipy.spatial import Delaunay

    tri = Delaunay(points)
    coordinates = _coordinates(xi, tri.ndim)
    return _in_simplices(tri, operand(values).reshape((len(points), 1)), coordinates, None)


def grid_stand_ins():
    """From what scipy.interpolate has for several dimensions to its stand-in."""
    base = theirs.RectBivariateSpline.__call__
    methods = {
        theirs.RegularGridInterpolator.__call__: _grid_call,
        base: _bivariate,
        theirs.RectBivariateSpline.ev: _bivariate_ev,
        theirs.LinearNDInterpolator.__call__: _simplices,
        theirs.interpn: interpn,
        theirs.griddata: griddata,
    }
    made = {f: where_traced(f, ours) for f, ours in methods.items()}
    made[theirs.RegularGridInterpolator] = _grid
    return made
