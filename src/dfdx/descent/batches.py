"""Data in batches, in an order that a seed decides.

Arrays with the same first axis are cut into batches, shuffled anew in each epoch; which rows make batch k of
epoch e depends on the seed, e and k alone, so a run that was broken off goes on with the same bits,
and nothing but
two numbers has to be remembered. Rows are read batch by batch: what is mapped from a file is never
read whole. Any iterable of batches will do as well; one pass over it is an epoch, and its order is its own.
"""

from inspect import Parameter, signature
from itertools import islice

import numpy as np

from ..trees import describe


class Batches:
    """Arrays of the same length, cut into batches; `names` are their keywords, if they have any."""

    def __init__(self, arrays, names, batch, seed, shuffle=True, short=True):
        self.arrays, self.names, self.seed, self.shuffle = arrays, names, seed, shuffle
        self.rows = len(arrays[0])
        self.batch = self._fitting(batch)
        self.count = -(-self.rows // self.batch) if short else self.rows // self.batch

    def _fitting(self, batch):
        if batch is None:
            return min(32, self.rows)
        if isinstance(batch, bool) or not hasattr(batch, "__index__"):
            raise TypeError(f"batch is a whole number of rows, not {batch!r}")
        if batch < 1:
            raise ValueError(f"batch is at least 1 row, not {batch}")
        if batch > self.rows:
            raise ValueError(f"batch={batch} is more than there are rows in the data: {self.rows}")
        return int(batch)

    def epoch(self, number, skip=0):
        """The batches of an epoch, without the first ones."""
        if self.shuffle:
            order = np.random.default_rng([self.seed, number]).permutation(self.rows)
        else:
            order = np.arange(self.rows)
        for k in range(skip, self.count):
            rows = order[k * self.batch : (k + 1) * self.batch]
            yield self._made([_taken(a, rows) for a in self.arrays])

    def _made(self, parts):
        return ((), dict(zip(self.names, parts, strict=True))) if self.names else (parts, {})


class Stream:
    """Batches as an iterable gives them."""

    count = rows = batch = None

    def __init__(self, source, by_name):
        self.source, self.by_name = source, by_name
        self.used = False

    def epoch(self, number, skip=0):
        source = self.source() if callable(self.source) else self.source
        if source is self.source and iter(source) is source:  # a generator: it gives one pass
            if self.used or number:
                return
            self.used = True
        for item in islice(source, skip, None):
            yield self._made(item)

    def _made(self, item):
        if isinstance(item, dict) and self.by_name(item):
            return (), item
        return (item if isinstance(item, (tuple, list)) else (item,)), {}


def _taken(array, rows):
    """Rows of an array in memory or in a file, as an array in memory."""
    if isinstance(array, np.ndarray):
        return np.asarray(array[rows])
    back = np.argsort(np.argsort(rows))  # files are read in their order
    return np.asarray(array[np.sort(rows)])[back]


def batches_of(data, loss, batch, seed, shuffle=True, short=True, what="data"):
    """Batches of what was passed as data; TypeError or ValueError, by name, for what cannot be cut."""
    by_name = _by_name(loss)
    if hasattr(data, "iloc"):
        raise TypeError(
            f"{what} is a table: pass its columns as arrays, {what}=(table[...].to_numpy(), …)"
        )
    parts, names = None, ()
    if _is_array(data):
        parts, labels = [data], [what]
    elif isinstance(data, dict):
        parts, labels = [*data.values()], [f"{what}[{k!r}]" for k in data]
        names = tuple(data) if by_name(data) else ()
    elif isinstance(data, (tuple, list)) and data and all(map(_is_array, data)):
        parts, labels = [*data], [f"{what}[{k}]" for k in range(len(data))]
    elif isinstance(data, (tuple, list)) and data and all(_is_number(x) for x in data):
        parts, labels = [np.asarray(data)], [what]
    elif isinstance(data, (str, bytes)) or not (hasattr(data, "__iter__") or callable(data)):
        raise TypeError(
            f"{what} is {describe(data)}: give an array, arrays with the same first axis, or batches"
        )
    if parts is None:
        if hasattr(data, "__len__") and not len(data):
            raise ValueError(f"{what} is empty")
        return Stream(data, by_name)
    arrays = [_array(part, label) for part, label in zip(parts, labels, strict=True)]
    if not arrays:
        raise ValueError(f"{what} is empty")
    lengths = {label: len(a) for label, a in zip(labels, arrays, strict=True)}
    if len(set(lengths.values())) > 1:
        told = ", ".join(f"{label} has {n} rows" for label, n in lengths.items())
        raise ValueError(f"the arrays of the data have different lengths: {told}")
    if not len(arrays[0]):
        raise ValueError(f"{what} is empty: it has no rows")
    if isinstance(data, dict) and not names:
        names = None
    made = Batches(arrays, names, batch, seed, shuffle, short)
    if names is None:
        keys = tuple(data)
        made._made = lambda parts: ((dict(zip(keys, parts, strict=True)),), {})
    if not made.count:
        raise ValueError(f"{what} has {made.rows} rows: less than one batch of {made.batch}")
    return made


def _is_array(x):
    return hasattr(x, "shape") and hasattr(x, "__getitem__") and len(x.shape) > 0


def _is_number(x):
    return isinstance(x, (int, float)) and not isinstance(x, bool)


def _array(part, label):
    if _is_array(part):
        return part
    if isinstance(part, (list, tuple)):
        found = np.asarray(part)
        if found.dtype != object and found.ndim:
            return found
    raise TypeError(f"{label} is {describe(part)}: give an array with a row for each example")


def _by_name(loss):
    """Whether a dict of arrays is passed to the loss by its keys: a test of the dict."""
    try:
        known = signature(loss).parameters.values()
    except (TypeError, ValueError):
        return lambda keys: True
    names = {p.name for p in known}
    anything = any(p.kind is Parameter.VAR_KEYWORD for p in known)
    return lambda keys: anything or set(keys) <= names
