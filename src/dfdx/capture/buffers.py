"""Arrays written in place: what `np.zeros(n)` gives to code that is being traced.

A buffer is a handle: it behaves as the array it holds until a traced value is stored
in it; then it holds a traced array. Single elements that are stored wait in a dict
and are read back from it, so a loop that fills an array element by element costs the
same per element whatever its length; they are joined to an array when the array as a
whole is used. A view (a slice of a buffer) names places in the same store, so what is
written through one name is seen through every other.
"""

import numpy as np

from ..assembly import Assemble, size_of
from ..contraction import expand_to
from ..graph import Operand
from ..primitive import shape_of
from ..structure import Put, Scatter, reshape, take
from .numpy_protocol import ArrayMethods, refuse
from .traced import Tape, Traced, plain


class _Store:
    """What all views of one array share: the array (plain or traced) and the elements stored since."""

    __slots__ = ("array", "dtype", "elements", "length", "places")

    def __init__(self, array):
        self.array = array
        self.dtype = plain(array).dtype
        shape = shape_of(array)
        self.length = shape[0] if len(shape) == 1 else None  # of a vector, for the short way
        self.elements = {}
        self.places = None

    def place(self, index):
        """The place of an element of a vector."""
        if not -self.length <= index < self.length:
            raise IndexError(f"index {index} is out of bounds for axis 0 with size {self.length}")
        return index + self.length if index < 0 else index

    def settled(self):
        """The array with the waiting elements in it."""
        if self.elements:
            places = np.fromiter(self.elements, dtype=np.intp, count=len(self.elements))
            self.array = Assemble(places)(self.array, *self.elements.values())
            self.elements = {}
        return self.array

    def all_places(self):
        """The flat place of every element, in the array's shape."""
        if self.places is None:
            shape = shape_of(self.array)
            self.places = np.arange(size_of(shape)).reshape(shape)
        return self.places


class Buffer(ArrayMethods):
    """A handle to an array that traced code may write into; `places` names the part it shows."""

    __slots__ = ("_places", "_store")

    def __init__(self, array, store=None, places=None):
        self._store = _Store(array) if store is None else store
        self._places = places

    @classmethod
    def apply(cls, op, args):
        return wrapped(op(*[content(a) for a in args]))

    # reading
    @property
    def content(self):
        """The array as it is now: plain or traced."""
        array = self._store.settled()
        if self._places is None:
            return array
        if isinstance(array, Operand):
            return take(reshape(array, (size_of(array.shape),)), self._places)
        return array.reshape(-1)[self._places]

    @property
    def tape(self):
        array = self._store.array
        if isinstance(array, Traced):
            return array.tape
        return next((e.tape for e in self._store.elements.values()), _NO_TAPE)

    @property
    def shape(self):
        return shape_of(self._store.array) if self._places is None else self._places.shape

    @property
    def ndim(self):
        return len(self.shape)

    @property
    def size(self):
        return size_of(self.shape)

    @property
    def dtype(self):
        return self._store.dtype

    @property
    def flags(self):
        return np.asarray(plain(self._store.array)).flags

    @property
    def value(self):
        return self.content

    def __len__(self):
        if not self.shape:
            raise TypeError("len() of unsized object")
        return self.shape[0]

    def __iter__(self):
        return (self[k] for k in range(len(self)))

    def __getitem__(self, index):
        store = self._store
        if type(index) is int and self._places is None and store.length is not None:
            place = store.place(index)
            found = store.elements.get(place)
            return store.array[place] if found is None else found
        index = content(index) if not isinstance(index, tuple) else tuple(content(i) for i in index)
        places = (store.all_places() if self._places is None else self._places)[index]
        if not isinstance(places, np.ndarray):
            found = store.elements.get(int(places))
            if found is not None:
                return found
            array = store.array
            if isinstance(array, Operand):
                return take(array, tuple(map(int, np.unravel_index(places, array.shape))))
            return array.reshape(-1)[places]
        if _is_view(index):
            return Buffer(None, store, places)
        return wrapped(Buffer(None, store, places).content)

    # writing
    def __setitem__(self, index, value):
        store = self._store
        if type(index) is int and self._places is None and store.length is not None:
            place = store.place(index)
        else:
            index = tuple(map(content, index)) if isinstance(index, tuple) else content(index)
            place = (store.all_places() if self._places is None else self._places)[index]
        value = content(value)
        if isinstance(place, np.ndarray):
            self._store_many(place, value)
        elif isinstance(value, Operand):
            if store.dtype != np.float64:
                _refuse_rounding(value, store.dtype)
            store.elements[int(place)] = value if not value.shape else value.item()
        elif isinstance(store.array, Operand):
            store.elements[int(place)] = float(value)
        else:
            store.elements.pop(int(place), None)
            store.array.reshape(-1)[place] = value

    def _store_many(self, places, value):
        store = self._store
        array = store.settled()
        if isinstance(value, Operand) or isinstance(array, Operand):
            if store.dtype != np.float64:
                _refuse_rounding(value if isinstance(value, Operand) else array, store.dtype)
            flat = reshape(array, (size_of(shape_of(array)),))
            store.array = reshape(Put(places)(flat, value), shape_of(array))
        else:
            array.reshape(-1)[places] = value

    def replace(self, value):
        """Every element of what this handle shows becomes that of `value`."""
        self[...] = value
        return self

    def fill(self, value):
        self[...] = value

    def sort(self, axis=-1, **options):
        self.replace(np.sort(self.content, axis=axis))

    def copy(self, order="C"):
        return wrapped(
            np.array(self.content) if not isinstance(self.content, Operand) else self.content
        )

    # leaving the trace
    def __array__(self, dtype=None, copy=None):
        return np.asarray(self.content, dtype=dtype)

    def __float__(self):
        return float(self.content)

    def __int__(self):
        return int(self.content)

    def __index__(self):
        return self.content.__index__()

    def __bool__(self):
        return bool(self.content)

    def __complex__(self):
        return complex(self.content)

    def __repr__(self):
        return repr(plain(self.content))

    def __str__(self):
        return str(plain(self.content))

    def __format__(self, spec):
        return format(plain(self.content), spec)

    __hash__ = None  # type: ignore[assignment]

    def __getattr__(self, name):
        """What else the array has (nbytes, strides, …)."""
        if name.startswith("__"):
            raise AttributeError(name)
        return getattr(self.content, name)

    def __array_ufunc__(self, ufunc, method, *inputs, **options):
        if method == "at":
            return _accumulated(ufunc, *inputs)
        out = options.get("out")
        options = {k: content(v) for k, v in options.items() if k != "out"}
        result = getattr(ufunc, method)(*(content(x) for x in inputs), **options)
        if out is not None:
            (out,) = out
            out[...] = result
            return out
        return wrapped(result)

    def __array_function__(self, function, types, args, kwargs):
        if function.__name__ in _VIEWS and args and args[0] is self:
            return getattr(self, function.__name__)(*args[1:], **kwargs)
        out = kwargs.pop("out", None)
        result = function(*_unwrapped(args), **_unwrapped(kwargs))
        if out is not None:
            out[...] = result
            return out
        return wrapped(result)


_NO_TAPE = Tape()
_NO_TAPE.close()


def content(x):
    """What a buffer holds; anything else as it is."""
    return x.content if type(x) is Buffer else x


def wrapped(x):
    """A fresh array in a handle; anything else as it is."""
    return Buffer(x) if type(x) is np.ndarray or (type(x) is Traced and x.shape) else x


def _unwrapped(x):
    if type(x) is Buffer:
        return x.content
    if type(x) in (list, tuple):
        return type(x)(_unwrapped(v) for v in x)
    if type(x) is dict:
        return {k: _unwrapped(v) for k, v in x.items()}
    return x


def _accumulated(ufunc, target, index, values=None):
    """np.add.at(target, index, values) and np.subtract.at: repeated places add up."""
    target_is_ours, index, values = type(target) is Buffer, content(index), content(values)
    now = content(target)
    if not isinstance(now, Operand) and not isinstance(values, Operand):
        ufunc.at(now, index, values)
        if target_is_ours:
            target[...] = now
        return
    sign = {"add": 1.0, "subtract": -1.0}.get(ufunc.__name__)
    traced = values if isinstance(values, Operand) else now
    if sign is None or not target_is_ours:
        refuse(traced, f"np.{ufunc.__name__}.at is not followed here; build a new array instead")
    shape = np.empty(target.shape)[index].shape
    target[...] = now + sign * Scatter(index, target.shape)(expand_to(values, shape))


def _refuse_rounding(traced, dtype):
    """Storing a traced value into whole numbers or single precision would round it."""
    refuse(traced, f"a traced value is stored into an array of {dtype}, which rounds it")


def _is_view(index):
    parts = index if isinstance(index, tuple) else (index,)
    return all(p is None or p is Ellipsis or isinstance(p, (int, np.integer, slice)) for p in parts)


def _viewing(name):
    """A method that shows the same store in another shape (or copies where NumPy would)."""

    def method(self, *args, **options):
        mine = self._store.all_places() if self._places is None else self._places
        places = getattr(mine, name)(*args, **options)
        if np.shares_memory(places, self._store.all_places()):
            return Buffer(None, self._store, places)
        return wrapped(Buffer(None, self._store, places).content)

    method.__name__ = name
    return method


def _delegated(name):
    def method(self, *args, **options):
        return wrapped(getattr(self.content, name)(*_unwrapped(args), **_unwrapped(options)))

    method.__name__ = name
    return method


def _compared(name):
    def method(self, other):
        return getattr(self.content, name)(content(other))

    method.__name__ = name
    return method


def _in_place(name):
    def method(self, other):
        return self.replace(getattr(self.content, name)(content(other)))

    method.__name__ = f"__i{name[2:]}"
    return method


_DELEGATED = (
    "sum prod mean std var max min ptp cumsum cumprod clip dot trace diagonal repeat "
    "take round conj conjugate any all argmax argmin argsort nonzero searchsorted "
    "flatten item tolist astype "
)
for _name in _DELEGATED.split():
    setattr(Buffer, _name, _delegated(_name))
_VIEWS = ("reshape", "transpose", "ravel", "squeeze", "swapaxes")
for _name in _VIEWS:
    setattr(Buffer, _name, _viewing(_name))
for _name in ("lt", "le", "gt", "ge", "eq", "ne"):
    setattr(Buffer, f"__{_name}__", _compared(f"__{_name}__"))
for _name in ("add", "sub", "mul", "truediv", "floordiv", "mod", "pow", "matmul"):
    setattr(Buffer, f"__i{_name}__", _in_place(f"__{_name}__"))


def _of_content(name):
    return property(lambda self: wrapped(getattr(self.content, name)))


for _name in ("real", "imag", "flat"):
    setattr(Buffer, _name, _of_content(_name))
for _name, _view in (("T", Buffer.transpose), ("mT", lambda self: self.swapaxes(-1, -2))):
    setattr(Buffer, _name, property(_view))
