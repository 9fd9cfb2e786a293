"""Arrays written in place: what `np.zeros(n)` gives to code that is being traced.

A buffer is a handle: it behaves as the array it holds until a traced value is stored
in it; then it holds a traced array. Single elements that are stored wait in a dict
and are read back from it, so a loop that fills an array element by element costs the
same per element whatever its length; they are joined to an array when the array as a
whole is used. A view (a slice of a buffer) names places in the same store, so what is
written through one name is seen through every other.
"""

import numpy as np

from ..assembly import size_of
from ..contraction import expand_to
from ..graph import Operand
from ..primitive import shape_of
from ..structure import Put, reshape, take
from .complexes import Complex
from .handle_methods import VIEWS, HandleMethods, unwrapped
from .numpy_protocol import refuse
from .sources import call_source
from .store import Store, is_view
from .traced import Tape, Traced, is_complex, plain


class Buffer(HandleMethods):
    """A handle to an array that traced code may write into; `places` names the part it shows."""

    __slots__ = ("_places", "_store")

    def __init__(self, array, store=None, places=None):
        self._store = Store(array) if store is None else store
        self._places = places

    @classmethod
    def apply(cls, op, args):
        return wrapped(op(*[content(a) for a in args]))

    # mypy knows __class__ as an attribute that can be set
    @property  # type: ignore[misc]
    def __class__(self):
        return np.ndarray

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
        if isinstance(array, Operand):
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
        if is_view(index):
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
            _check_kind(store.dtype, value)
            store.elements[int(place)] = value if not value.shape else value.item()
        elif isinstance(store.array, Operand):
            number = complex if store.dtype.kind == "c" else float
            store.elements[int(place)] = number(value)
        else:
            store.elements.pop(int(place), None)
            store.array.reshape(-1)[place] = value

    def _store_many(self, places, value):
        store = self._store
        array = store.settled()
        if isinstance(value, Operand) or isinstance(array, Operand):
            _check_kind(store.dtype, value if isinstance(value, Operand) else array)
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

    def partition(self, kth, axis=-1, **options):
        self.replace(np.partition(self.content, content(kth), axis=axis))

    def put(self, indices, values, mode="raise"):
        np.put(self, indices, values, mode)

    def places_at(self, index):
        """The flat places in the store that the index names, as an array."""
        mine = self._store.all_places() if self._places is None else self._places
        return np.asarray(np.arange(mine.size).reshape(mine.shape)[index])

    @property
    def flat(self):
        """The elements in a row: a view to read and to write."""
        mine = self._store.all_places() if self._places is None else self._places
        return Buffer(None, self._store, mine.reshape(-1))

    @flat.setter
    def flat(self, value):
        np.put(self, np.arange(self.size), value)

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

    def __invert__(self):
        return wrapped(~self.content)

    __hash__ = None  # type: ignore[assignment]

    def __getattr__(self, name):
        """What else the array has (nbytes, strides, …)."""
        if name.startswith("__"):
            raise AttributeError(name)
        return getattr(self.content, name)

    def __array_ufunc__(self, ufunc, method, *inputs, **options):
        if method == "at":
            return self._applied_at(ufunc, *inputs)
        out = options.pop("out", (None,))
        options = {k: content(v) for k, v in options.items()}
        inputs = [content(x) for x in inputs]
        if method == "__call__" and len(out) == 1 and options.get("where", True) is not True:
            return self._masked(ufunc, inputs, out[0], **options)
        result = getattr(ufunc, method)(*inputs, **options)
        if len(out) == 1:
            return wrapped(result) if out[0] is None else _stored(out[0], result)
        return tuple(
            wrapped(y) if z is None else _stored(z, y) for y, z in zip(result, out, strict=True)
        )

    def _masked(self, ufunc, inputs, out, where, **options):
        """The ufunc where the mask holds, and nothing done elsewhere."""
        shape = np.broadcast_shapes(np.shape(where), *map(shape_of, inputs))
        out = wrapped(np.zeros(shape)) if out is None else out
        mask = np.broadcast_to(where, shape_of(out))
        chosen = [expand_to(x, mask.shape)[mask] if shape_of(x) else x for x in inputs]
        out[mask] = ufunc(*chosen, **options)
        return out

    def _applied_at(self, ufunc, target, index, *values):
        from .stores import at

        if type(target) is not Buffer:
            traced = next((x for x in map(content, values) if isinstance(x, Operand)), None)
            if traced is not None:
                refuse(traced, f"np.{ufunc.__name__}.at writes into an array that has no handle")
            ufunc.at(target, content(index), *map(content, values))
        else:
            at(ufunc, target, unwrapped(index), *map(content, values))

    def __array_function__(self, function, types, args, kwargs):
        if function.__name__ in VIEWS and args and args[0] is self:
            return getattr(self, function.__name__)(*args[1:], **kwargs)
        if type(args and args[0]) is Buffer:
            from .stores import STORES

            if function in STORES:
                return STORES[function](args[0], *unwrapped(args[1:]), **unwrapped(kwargs))
            if function.__name__ in _WRITING:
                return call_source(function)(*args, **kwargs)
        out = kwargs.pop("out", None)
        result = function(*unwrapped(args), **unwrapped(kwargs))
        return wrapped(result) if out is None else _stored(out, result)


_WRITING = ("fill_diagonal", "put_along_axis")  # by NumPy's own code
_NO_TAPE = Tape()
_NO_TAPE.close()


def content(x):
    """What a buffer holds; anything else as it is."""
    return x.content if type(x) is Buffer else x


def wrapped(x):
    """A fresh array in a handle; anything else as it is."""
    if type(x) is np.ndarray:
        return Buffer(x)
    return Buffer(x) if type(x) in (Traced, Complex) and x.shape else x


def _stored(out, result):
    """The result in the place that the caller gave for it."""
    out = out[0] if type(out) is tuple else out
    out[...] = result
    return out


def _check_kind(dtype, traced):
    """Storing a traced value into whole numbers or single precision would round it."""
    if dtype == np.complex128 or (dtype == np.float64 and not is_complex(traced)):
        return
    refuse(traced, f"a traced value is stored into an array of {dtype}, which rounds it")


Buffer.handle = staticmethod(wrapped)  # type: ignore[attr-defined]
