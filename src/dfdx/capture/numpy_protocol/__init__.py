"""What makes a traced value an array for NumPy: the two protocols, indexing, and the methods.

NumPy hands every ufunc and every function called on a traced value to
`__array_ufunc__` and `__array_function__`. Nothing of NumPy is imported before the
first such call, when the real methods take the places of the ones here.
"""

from importlib import import_module

from ...errors import NotTraceable, show_line, user_line
from ...graph import Operand
from ...indexing import normal
from ...structure import Take, scalar

_FUNCTIONS = {}  # the tables of rules.arrays, once they are loaded
_TAKES = {}  # the primitives x[k] for small whole numbers k


class ArrayMethods(Operand):
    """The methods of NumPy's arrays, for `Traced`."""

    __slots__ = ()

    def __array_ufunc__(self, ufunc, method, *inputs, **options):
        _bind_protocols()
        return self.__array_ufunc__(ufunc, method, *inputs, **options)

    def __array_function__(self, function, types, args, kwargs):
        _bind_protocols()
        return self.__array_function__(function, types, args, kwargs)

    def __getitem__(self, index):
        kind = type(index)
        if kind is int:
            key = index
        elif kind is slice:
            key = index.start, index.stop, index.step
        else:
            key = None
        op = None
        if key is not None:
            try:
                op = _TAKES.get(key)
            except TypeError:  # an array in a slice
                key = None
        if op is None:
            op = Take(normal(index))
            if key is not None and len(_TAKES) < 10_000:
                _TAKES[key] = op
        tape = self.tape
        if not tape.open or not self.shape or type(self.value) is type(self):
            return self.apply(op, (self,))
        return type(self)(scalar(self.value[op.index]), tape, op, (self,))

    def __setitem__(self, index, value):
        refuse(
            self,
            "x[i] = value stores into an array that is being differentiated, which is not followed; "
            "build the array instead: np.stack([...]), np.concatenate([...]) or np.where(mask, a, b)",
        )

    def __matmul__(self, other):
        return _function("matmul")(self, other)

    def __rmatmul__(self, other):
        return _function("matmul")(other, self)

    @property
    def T(self):
        return _function("transpose")(self)

    @property
    def mT(self):
        return _function("matrix_transpose")(self)

    @property
    def real(self):
        return self

    @property
    def imag(self):
        return 0.0 * self

    @property
    def device(self):
        return "cpu"

    @property
    def flat(self):
        return _function("ravel")(self)

    def reshape(self, *shape, **options):
        return _function("reshape")(self, _spread(shape), **options)

    def transpose(self, *axes):
        return _function("transpose")(self, _spread(axes) if axes and axes != (None,) else None)

    def flatten(self, order="C"):
        return _function("ravel")(self, order)

    def copy(self, order="C"):
        return self

    def conj(self):
        return self

    conjugate = conj

    def item(self, *place):
        """The one element (or the element at the place), still traced."""
        if not place:
            if self.size != 1:
                raise ValueError("can only convert an array of size 1 to a Python scalar")
            return self if not self.shape else _function("reshape")(self, ())
        if len(place) == 1 and not isinstance(place[0], tuple):
            return _function("ravel")(self)[place[0]]
        return self[_spread(place)]

    def tolist(self):
        """Nested lists of traced numbers."""
        return [x.tolist() for x in self] if self.shape else self

    def known(self):
        """The plain array; the trace holds for these numbers only."""
        return _load("plain").known(self)

    def view(self, *kind):
        """Itself: the same numbers."""
        return self.astype(*kind) if kind and not isinstance(kind[0], type) else self

    def compress(self, condition, axis=None):
        return _function("compress")(condition, self, axis)

    def __contains__(self, value):
        return bool((self == value).any())

    @property
    def flags(self):
        return _load("plain").shown(self).flags

    @property
    def nbytes(self):
        return _load("plain").shown(self).nbytes

    @property
    def itemsize(self):
        return _load("plain").shown(self).itemsize

    @property
    def strides(self):
        return _load("plain").shown(self).strides

    def astype(self, dtype, *_, **__):
        """Itself, for double precision; plain whole numbers or truth values, which are steps."""
        return _load("plain").converted(self, dtype)


def _spread(words):
    return words[0] if len(words) == 1 else words


def _function(name):
    """The function of that name in the tables, which are loaded when it is first asked for."""
    if not _FUNCTIONS:
        from ...rules.arrays import table

        _FUNCTIONS.update(table())
    return _FUNCTIONS[name]


def _load(part):
    """One of the modules that stand on this one, and on NumPy: loaded when NumPy calls."""
    return import_module(f".{part}", __package__)


def _bind_protocols():
    ArrayMethods.__array_ufunc__ = _load("ufuncs").array_ufunc
    ArrayMethods.__array_function__ = _load("functions").array_function


def _method(name, function):
    def method(self, *args, **options):
        return _function(function)(self, *args, **options)

    method.__name__ = name
    setattr(ArrayMethods, name, method)


def _plain_method(name):
    def method(self, *args, **options):
        return _load("plain").look_through(name, (self, *args), options)

    method.__name__ = name
    setattr(ArrayMethods, name, method)


_FROM_TABLE = (
    "sum prod mean std var max min ptp cumsum cumprod clip dot trace diagonal "
    "ravel squeeze swapaxes repeat take round"
)
_PLAIN = "any all argmax argmin argsort argpartition nonzero searchsorted"
_IN_PLACE = "sort partition fill put resize setfield"

for _name in _FROM_TABLE.split():
    _method(_name, _name)
for _name in _PLAIN.split():
    _plain_method(_name)


def _in_place(name):
    def method(self, *args, **options):
        refuse(
            self,
            f"x.{name}() changes an array that is being differentiated, which is not followed; "
            + ("use np.sort(x)" if name == "sort" else "build a new array instead"),
        )

    method.__name__ = name
    setattr(ArrayMethods, name, method)


for _name in _IN_PLACE.split():
    _in_place(_name)


def refuse(x, message):
    """Raise NotTraceable for the traced value x, so that swallowing it does not hide it."""
    error = NotTraceable(message + show_line(user_line()))
    x.tape.leaks.append(error)
    raise error


def follow_ieee(x):
    """From here on the trace computes as NumPy does: inf and nan in place of errors."""
    while isinstance(x, ArrayMethods) and not x.tape.ieee:
        x.tape.ieee = True
        x = getattr(x, "value", None)
