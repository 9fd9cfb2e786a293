"""pandas: columns of traced numbers, and the functions that pandas calls back, followed.

A traced column is an array of a type of its own (`Column`), as pandas lets everybody define: rows
are then aligned, selected, grouped and joined by pandas, and the arithmetic is NumPy's on the
traced array inside. Arithmetic with a traced number comes here from its operators, because it
claims a higher priority than tables have.
"""

import operator
from functools import cache, partial
from types import BuiltinFunctionType, FunctionType, MethodType

import numpy as np
import pandas as pd

from ...graph import Operand
from ..buffers import content
from ..calls import follow
from .numpy import joined
from .pandas_column import REDUCED, Column, ColumnType, inside

_CALLED = (FunctionType, BuiltinFunctionType, MethodType, partial)


@cache
def stand_ins():
    """What is called in place of the functions of pandas."""
    return _Functions()


class _Functions:
    """Stand-ins, made when they are asked for."""

    def get(self, g):
        if g is pd.Series or g is pd.DataFrame:
            return _calling(g, _maker(g))
        if type(g) is not FunctionType:
            return None
        owner = g.__qualname__.split(".")[0]
        if owner in ("Rolling", "Expanding") and g.__name__ in REDUCED:
            return _windowed(g)
        if owner == "DataFrame" and g.__name__ in _SPELLED:
            return _spelled(g, getattr(operator, _SPELLED[g.__name__]))
        if owner == "DataFrame" and g.__name__ in _MATRIX:
            return partial(_MATRIX[g.__name__], g)
        return _calling(g, g)


def _maker(kind):
    def make(data=None, *rest, **options):
        if isinstance(data, dict):
            data = {name: lifted(part) for name, part in data.items()}
        return kind(lifted(data), *rest, **options)

    return make


def _calling(g, function):
    """The function with what it calls followed, and columns of traced numbers made such."""

    def call(*args, **options):
        args = [_given(a) for a in args]
        options = {name: _given(a) for name, a in options.items()}
        if g is not function or any(isinstance(a, Operand) for a in (*args[1:], *options.values())):
            args = [_as_traced(a) for a in args[:1]] + args[1:]
        return _settled(function(*args, **options))

    call.__name__ = g.__name__
    return call


def _given(a):
    if type(a) in _CALLED:
        return follow(a)
    if type(a) is dict and any(type(v) in _CALLED for v in a.values()):
        return {name: _given(v) for name, v in a.items()}
    if type(a) is list and any(type(v) in _CALLED for v in a):
        return [_given(v) for v in a]
    return _settled(a)


def _settled(x):
    """A table in which columns of objects that are traced numbers have become traced columns."""
    if isinstance(x, pd.Series) and x.dtype == object and _holds_traced(x.array):
        return pd.Series(Column.of(list(x.array)), index=x.index, name=x.name)
    if isinstance(x, pd.DataFrame) and object in set(x.dtypes):
        columns = {k: _settled(x.iloc[:, k]) for k in range(x.shape[1])}
        if any(columns[k].dtype != x.dtypes.iloc[k] for k in columns):
            made = pd.DataFrame(columns, index=x.index)
            made.columns = x.columns
            return made
    return x


def _holds_traced(values):
    found = [isinstance(v, Operand) for v in values]
    return any(found) and all(
        on or isinstance(v, (float, int, np.number)) for on, v in zip(found, values, strict=True)
    )


def _as_traced(x):
    """A column of plain numbers as one that can hold traced numbers."""
    if isinstance(x, pd.Series) and x.dtype.kind in "if" and type(x.array) is not Column:
        return pd.Series(Column(x.to_numpy(float)), index=x.index, name=x.name)
    return x


def lifted(x):
    """Traced arrays, and lists with traced numbers in them, as a column; anything else as it is."""
    x = joined(x) if isinstance(x, (list, tuple)) else x
    x = content(x)
    return Column(x) if isinstance(x, Operand) and len(x.shape) == 1 else x


# methods of tables
_SPELLED = {
    "add": "add", "sub": "sub", "subtract": "sub", "mul": "mul", "multiply": "mul", "pow": "pow",
    "div": "truediv", "divide": "truediv", "truediv": "truediv",
}  # fmt: skip


def _spelled(g, sign):
    """A method that is an operator."""

    def call(table, other, *args, **options):
        if isinstance(other, Operand) and not (args or options):
            return sign(table, other)
        return g(table, other, *args, **options)

    return call


def _to_numpy(g, table, *args, **options):
    if not any(isinstance(d, ColumnType) for d in table.dtypes):
        return g(table, *args, **options)
    return np.stack([inside(table.iloc[:, k]) for k in range(table.shape[1])], axis=1)


def _dot(g, table, other):
    if not (isinstance(other, Operand) or any(isinstance(d, ColumnType) for d in table.dtypes)):
        return g(table, other)
    result = _to_numpy(pd.DataFrame.to_numpy, table) @ inside(other)
    return pd.Series(Column(result), index=table.index) if len(result.shape) == 1 else result


_MATRIX = {"to_numpy": _to_numpy, "dot": _dot}


# arithmetic
def operated(card, left, right):
    """left ∘ right, where one is a traced number or array, the other a table."""
    table = right if isinstance(left, Operand) else left
    if isinstance(table, pd.Index):
        table = table.to_series()
    if isinstance(table, pd.DataFrame):
        columns = [table.iloc[:, k] for k in range(table.shape[1])]
        other = left if table is right else right
        parts = (
            [other] * len(columns) if not other.shape else [other[k] for k in range(len(columns))]
        )
        done = [
            operated(card, *((p, c) if table is right else (c, p)))
            for c, p in zip(columns, parts, strict=True)
        ]
        made = pd.DataFrame(dict(enumerate(done)), index=table.index)
        made.columns = table.columns
        return made
    if not isinstance(table, pd.Series):
        return NotImplemented
    result = card(inside(left), inside(right))
    kept = {"index": table.index, "name": table.name}
    return pd.Series(Column(result) if isinstance(result, Operand) else result, **kept)


def _windowed(g):
    """A function of rolling windows: window by window where the column is traced."""
    name = g.__name__

    def call(windows, *args, **options):
        series = windows.obj
        if not isinstance(series, pd.Series) or type(series.array) is not Column:
            return g(windows, *args, **options)
        least = windows.min_periods
        if least is None:
            least = windows.window if isinstance(windows.window, int) else 1
        found = [getattr(w, name)(**options) if w.count() >= least else np.nan for w in windows]
        return pd.Series(Column.of(found), index=series.index, name=series.name)

    return call
