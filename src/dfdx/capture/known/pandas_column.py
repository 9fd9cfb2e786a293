"""A column of traced numbers, as pandas lets everybody define columns."""

import numpy as np
import pandas as pd
from pandas.api.extensions import ExtensionArray, ExtensionDtype

from ...graph import Operand
from ..buffers import content, wrapped
from ..traced import plain
from .numpy import joined


class ColumnType(ExtensionDtype):
    """The type of a column of traced numbers; together with plain numbers it stays what it is."""

    name = "traced"
    type = float
    kind = "f"
    na_value = np.nan
    _is_numeric = True

    @classmethod
    def construct_array_type(cls):
        return Column

    def _get_common_dtype(self, dtypes):
        plain = all(isinstance(d, ColumnType) or getattr(d, "kind", "") in "iufb" for d in dtypes)
        return self if plain else None


def inside(x):
    """The numbers of a column or Series."""
    if isinstance(x, pd.Series):
        x = x.array if type(x.array) is Column else x.to_numpy(float)
    return x.numbers if type(x) is Column else content(x)


class Column(ExtensionArray):
    """Traced numbers as a column of a table."""

    __array_priority__ = 1000

    def __init__(self, numbers):
        self.numbers = numbers

    @classmethod
    def of(cls, values):
        """A column of a list of numbers, some of them traced."""
        return cls(content(joined([np.nan if v is None or v is pd.NA else v for v in values])))

    @classmethod
    def _from_sequence(cls, scalars, *, dtype=None, copy=False):
        if type(scalars) is Column:
            return scalars
        made = cls.of(list(scalars))
        return made if isinstance(made.numbers, Operand) else cls(np.asarray(made.numbers, float))

    @classmethod
    def _concat_same_type(cls, columns):
        return cls(np.concatenate([c.numbers for c in columns]))

    def __len__(self):
        return self.numbers.shape[0]

    def __getitem__(self, item):
        if isinstance(item, ExtensionArray):
            item = item.to_numpy()
        if isinstance(item, tuple):
            item = next(part for part in item if part is not Ellipsis)
        found = self.numbers[np.asarray(item) if isinstance(item, list) else item]
        return Column(found) if found.shape else found

    def __setitem__(self, item, value):
        handle = wrapped(self.numbers if isinstance(self.numbers, Operand) else +self.numbers)
        handle[item] = inside(value)
        self.numbers = content(handle)

    @property
    def dtype(self):
        return ColumnType()

    @property
    def nbytes(self):
        return 8 * len(self)

    def _values_for_argsort(self):
        return plain(self.numbers)

    def isna(self):
        return np.isnan(plain(self.numbers))

    def copy(self):
        return Column(self.numbers)

    def take(self, indices, *, allow_fill=False, fill_value=None):
        indices = np.asarray(indices, dtype=np.intp)
        if not allow_fill or (indices >= 0).all():
            return Column(self.numbers[indices])
        fill = np.nan if fill_value is None or fill_value is pd.NA else fill_value
        return Column(np.where(indices < 0, fill, self.numbers[np.maximum(indices, 0)]))

    def astype(self, dtype, copy=True):
        if isinstance(dtype, ColumnType) or np.dtype(dtype).kind == "f":
            return self
        if np.dtype(dtype) == object:
            found = np.empty(len(self), dtype=object)
            for k, x in enumerate(self):
                found[k] = x
            return found
        return np.asarray(content(self.numbers).astype(dtype))

    def to_numpy(self, dtype=None, copy=False, na_value=None):
        return self.numbers if dtype is None or np.dtype(dtype).kind == "f" else self.astype(dtype)

    def round(self, decimals=0, **_):
        return Column(self.numbers.round(decimals))

    def _where(self, mask, value):
        return Column(np.where(mask, self.numbers, inside(value)))

    def _reduce(self, name, *, skipna=True, keepdims=False, **options):
        numbers = self.numbers
        if skipna and self.isna().any():
            numbers = numbers[~self.isna()]
        result = REDUCED[name](numbers, options)
        return Column(np.reshape(result, (1,))) if keepdims else result

    def _accumulate(self, name, *, skipna=True, **_):
        return Column(_RUNNING[name](self.numbers))

    def _quantile(self, qs, interpolation):
        return Column(np.quantile(self.numbers, np.asarray(qs), method=interpolation))

    def _groupby_op(self, *, how, ids, ngroups, min_count=-1, **options):
        options = {k: v for k, v in options.items() if k == "ddof"}
        groups = [Column(self.numbers[np.flatnonzero(ids == k)]) for k in range(ngroups)]
        return Column(np.stack([g._reduce(how, **options) for g in groups]))

    def __neg__(self):
        return Column(np.negative(self.numbers))

    def __pos__(self):
        return self

    def __abs__(self):
        return Column(np.absolute(self.numbers))

    def __array_ufunc__(self, ufunc, method, *inputs, **options):
        if any(isinstance(x, (pd.Series, pd.DataFrame, pd.Index)) for x in inputs):
            return NotImplemented
        result = getattr(ufunc, method)(*map(inside, inputs), **options)
        return Column(result) if isinstance(result, Operand) and result.shape else result

    def __array_function__(self, function, types, args, kwargs):
        return function(*map(inside, args), **kwargs)

    def __getattr__(self, name):
        if name.startswith("_") or name in ("numbers", "freq", "categories"):
            raise AttributeError(name)
        return getattr(self.numbers, name)


def _operator(name, ufunc, turned=False):
    def method(self, other):
        if isinstance(other, (pd.Series, pd.DataFrame, pd.Index)):
            return NotImplemented
        a, b = inside(self), inside(other)
        result = ufunc(b, a) if turned else ufunc(a, b)
        return Column(result) if isinstance(result, Operand) else result

    method.__name__ = name
    setattr(Column, name, method)


_ARITHMETIC = {
    "sub": "subtract",
    "mul": "multiply",
    "truediv": "divide",
    "floordiv": "floor_divide",
}
_COMPARED = {
    "lt": "less", "le": "less_equal", "gt": "greater", "ge": "greater_equal", "eq": "equal",
    "ne": "not_equal",
}  # fmt: skip
for _name in ("add", "sub", "mul", "truediv", "floordiv", "mod", "pow", "matmul"):
    _operator(f"__{_name}__", getattr(np, _ARITHMETIC.get(_name, _name)))
    _operator(f"__r{_name}__", getattr(np, _ARITHMETIC.get(_name, _name)), turned=True)
for _name, _spelled in _COMPARED.items():
    _operator(f"__{_name}__", getattr(np, _spelled))


def _spread(numbers, options):
    return np.var(numbers, ddof=options.get("ddof", 1))


REDUCED = {
    "sum": lambda x, _: np.sum(x),
    "mean": lambda x, _: np.mean(x),
    "prod": lambda x, _: np.prod(x),
    "min": lambda x, _: np.min(x),
    "max": lambda x, _: np.max(x),
    "median": lambda x, _: np.median(x),
    "var": _spread,
    "std": lambda x, options: np.sqrt(_spread(x, options)),
    "sem": lambda x, options: np.sqrt(_spread(x, options) / x.shape[0]),
    "first": lambda x, _: x[0],
    "last": lambda x, _: x[-1],
    "any": lambda x, _: bool(np.any(plain(x))),
    "all": lambda x, _: bool(np.all(plain(x))),
}
_RUNNING = {
    "cumsum": np.cumsum,
    "cumprod": np.cumprod,
    "cummax": np.maximum.accumulate,
    "cummin": np.minimum.accumulate,
}
