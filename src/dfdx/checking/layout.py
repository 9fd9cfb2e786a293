"""Where each component of a derivative stands, and what it is called.

A derivative comes as a number, an array or a structure. Its components are numbered; a
structure of the same form holds their numbers, so what was expected and what was given
are laid side by side by walking that structure once.
"""

from bisect import bisect_right
from itertools import pairwise

import numpy as np

from ..calculus.form import Form, parameters
from ..capture.trace import Call, name_of, output_leaves
from ..primitive import shape_of
from ..trees import alone, describe, flatten
from .points import fresh


class Misfit(ValueError):
    """What was given has another form than the derivative."""


class Layout:
    """The numbered components of one kind of derivative of a function at a point.

    `form` has the structure of the derivative and holds numbers; `size` says how many.
    `rows` and `columns` give, for each component, the places of value and argument.
    """

    __slots__ = ("_names", "_starts", "columns", "form", "rows", "size")

    def __init__(self, form, blocks):
        """`blocks` are (name of a component from its index, shape, rows, columns), in their order."""
        self.form = form
        self._names = [name for name, *_ in blocks]
        self._starts = np.cumsum([0, *(_size(shape) for _, shape, *_ in blocks)]).tolist()
        self.size = self._starts[-1]
        every = [np.ravel(part) for b in blocks for part in (b[2], b[3])]
        self.rows = np.concatenate([*every[::2], np.empty(0)]).astype(int)
        self.columns = np.concatenate([*every[1::2], np.empty(0)]).astype(int)

    def label(self, number):
        """What the component is called."""
        block = bisect_right(self._starts, number) - 1
        return self._names[block](number - self._starts[block])

    def read(self, given):
        """The components of a structure as one flat array; Misfit where it has another form."""
        flat = np.full(self.size, np.nan)
        _read(self.form, given, flat, "")
        return flat


def _read(form, given, flat, where):
    if isinstance(form, dict):
        if not isinstance(given, dict) or set(given) != set(form):
            raise Misfit(
                f"a dict with the keys {list(form)} is expected{where}, not {_told(given)}"
            )
        for key, part in form.items():
            _read(part, given[key], flat, f"{where or ' at '}[{key!r}]")
    elif isinstance(form, (list, tuple)):
        if not isinstance(given, (list, tuple, np.ndarray)) or len(given) != len(form):
            raise Misfit(f"{len(form)} parts are expected{where}, not {_told(given)}")
        for k, part in enumerate(form):
            _read(part, given[k], flat, f"{where or ' at '}[{k}]")
    elif hasattr(type(form), "__dataclass_fields__"):
        for name in type(form).__dataclass_fields__:
            if not hasattr(given, name):
                raise Misfit(f"a {type(form).__name__} is expected{where}, not {_told(given)}")
            _read(getattr(form, name), getattr(given, name), flat, f"{where or ' at '}.{name}")
    else:
        found = numbers(given, where)
        if np.shape(found) != np.shape(form) and np.squeeze(found).shape != np.squeeze(form).shape:
            raise Misfit(f"{_shaped(np.shape(form))} is expected{where}, not {_told(given)}")
        flat[np.ravel(form)] = np.ravel(found)


def numbers(given, where=""):
    """What was given as an array of real numbers; Misfit where it is none."""
    if hasattr(given, "toarray"):  # a sparse matrix
        given = given.toarray()
    try:
        found = np.asarray(given)
    except ValueError:
        raise Misfit(f"a ragged list was given{where}") from None
    if found.dtype.kind == "c":
        raise Misfit(f"complex numbers were given{where}; the derivative is real")
    if found.dtype.kind not in "iuf":
        try:
            found = found.astype(float)
        except (TypeError, ValueError):
            raise Misfit(f"{describe(given)} was given{where}, which is no number") from None
    return found


def _told(given):
    try:
        return _shaped(np.shape(numbers(given)))
    except Misfit:
        return describe(given)


def _shaped(shape):
    return f"an array of shape {shape}" if shape else "a number"


def _size(shape):
    n = 1
    for k in shape:
        n *= k
    return n


class Shapes:
    """What one call of a function looks like: the leaves of its arguments and of its value, with names."""

    def __init__(self, f, args, wrt):
        places = tuple(range(len(args))) if wrt is None else wrt
        self.call = Call(f, args, {}, places)
        self._form = Form(self.call, single=len(places) == 1)
        self.value, rebuild = output_leaves(f, f(*fresh(args)))
        self.rebuild_out = rebuild
        self.outs = [shape_of(y) for y in self.value]
        self.ins = [shape_of(x) for x in self.call.leaves]
        names = parameters(f)
        self.arguments = []
        for k in places:
            name = names[k] if k < len(names) else f"x{k + 1}" if len(args) > 1 else "x"
            self.arguments += _named_leaves(args[k], name)
        self.values = _named_leaves(rebuild(self.value), name_of(f))
        self.m, self.n = sum(map(_size, self.outs)), sum(map(_size, self.ins))

    @property
    def scale(self):
        """|f| per unit of the arguments, or of their size: slopes far below it are rounding."""
        value, size = (
            max((float(np.max(np.abs(y), initial=0.0)) for y in leaves), default=0.0)
            for leaves in (self.value, self.call.leaves)
        )
        return value / max(1.0, size) if np.isfinite(value) else 0.0

    @property
    def is_scalar(self):
        """True for a function whose value is one number."""
        return self.outs == [()]

    @property
    def is_line(self):
        """True where one number varies, by itself."""
        return self.ins == [()] and alone(self.call.args[self.call.wrt[0]])

    def layout(self, kind):
        """The Layout of a kind of derivative here."""
        return {
            "derivative": self._derivative,
            "elementwise": self._elementwise,
            "gradient": self._gradient,
            "jacobian": self._jacobian,
            "hessian": self._hessian,
            "vjp": self._like_point,
            "hessp": self._like_point,
            "jvp": self._like_value,
        }[kind]()

    def _derivative(self):
        names = [
            lambda i, y=y, s=s: f"{_at(y, s, i)}′"
            for y, s in zip(self.values, self.outs, strict=True)
        ]
        blocks, ids = self._numbered(names, self.outs, self._out_places(), None)
        return Layout(self.rebuild_out(ids), blocks)

    def _elementwise(self):
        (shape,), (y,) = self.outs, self.values
        places = np.arange(_size(shape))
        blocks = [(lambda i: f"{_at(y, shape, i)}′", shape, places, places)]
        return Layout(places.reshape(shape), blocks)

    def _gradient(self):
        (f,) = self.values
        names = [
            lambda i, x=x, s=s: f"∂{f}/∂{_at(x, s, i)}"
            for x, s in zip(self.arguments, self.ins, strict=True)
        ]
        blocks, ids = self._numbered(names, self.ins, None, self._in_places())
        return Layout(self._form.pack(ids), blocks)

    def _jacobian(self):
        return self._table(self.values, self.outs, self._out_places(), "∂", self.rebuild_out)

    def _hessian(self):
        (f,) = self.values
        names = [f"{f}/∂{x}" for x in self.arguments]
        return self._table(names, self.ins, self._in_places(), "∂²", self._form.pack)

    def _table(self, names, shapes, places, sign, pack):
        """Blocks for each pair of `shapes` and inputs."""
        blocks, rows, start = [], [], 0
        for y, o, above in zip(names, shapes, places, strict=True):
            row = []
            for x, i, beside in zip(self.arguments, self.ins, self._in_places(), strict=True):
                size = _size(o) * _size(i)

                def name(k, y=y, o=o, x=x, i=i):
                    a, b = divmod(k, _size(i))
                    first, second = _at(y, o, a), _at(x, i, b)
                    return f"{sign}{first}/∂{second}" if sign == "∂" else f"{sign}{first}∂{second}"

                blocks.append((name, o + i, np.repeat(above, _size(i)), np.tile(beside, _size(o))))
                row.append(np.arange(start, start + size).reshape(o + i))
                start += size
            rows.append(self._form.pack([_plain(b) for b in row]))
        return Layout(pack(rows), blocks)

    def _like_point(self):
        names = [
            lambda i, x=x, s=s: _at(x, s, i) for x, s in zip(self.arguments, self.ins, strict=True)
        ]
        blocks, ids = self._numbered(names, self.ins, None, self._in_places())
        return Layout(self._form.pack(ids), blocks)

    def _like_value(self):
        names = [
            lambda i, y=y, s=s: _at(y, s, i) for y, s in zip(self.values, self.outs, strict=True)
        ]
        blocks, ids = self._numbered(names, self.outs, self._out_places(), None)
        return Layout(self.rebuild_out(ids), blocks)

    def _numbered(self, names, shapes, rows, columns):
        blocks, ids, start = [], [], 0
        for k, (name, shape) in enumerate(zip(names, shapes, strict=True)):
            zeros = np.zeros(_size(shape))
            blocks.append(
                (
                    name,
                    shape,
                    zeros if rows is None else rows[k],
                    zeros if columns is None else columns[k],
                )
            )
            ids.append(_plain(np.arange(start, start + _size(shape)).reshape(shape)))
            start += _size(shape)
        return blocks, ids

    def _in_places(self):
        return _places(self.ins)

    def _out_places(self):
        return _places(self.outs)


def _places(shapes):
    starts = np.cumsum([0, *map(_size, shapes)])
    return [np.arange(a, b) for a, b in pairwise(starts)]


def _plain(ids):
    return ids if ids.shape else int(ids)


def _at(name, shape, k):
    """The name of component k of an array."""
    if not shape:
        return name
    index = np.unravel_index(k, shape)
    return f"{name}[{', '.join(map(str, map(int, index)))}]"


def _named_leaves(x, name):
    """The names of the leaves of a structure: x, x['a'], x[0].left."""
    found = []

    def is_leaf(value, where):
        if isinstance(value, (dict, list, tuple)) or hasattr(type(value), "__dataclass_fields__"):
            return False
        found.append(where)
        return True

    leaves, _ = flatten(x, is_leaf, name)
    return list(dict.fromkeys(found))[: len(leaves)]
