"""The samples of a function of several numbers: one call gives all values.

A function here takes a flat array and gives a flat array (`Flat` makes one of anything
that is called in another form). Samples are counted, quiet outside the domain (a row of NaN), and
may be taken by any executor.
"""

from contextlib import contextmanager
from math import inf

from .samples import Spent


class Flat:
    """A function on flat arrays: `prepare(point)` is (function, arguments, names), `read` its result.

    The two are apart so that the call alone can go to another process.
    """

    __slots__ = ("prepare", "read", "title")

    def __init__(self, prepare, read, title="f"):
        self.prepare = prepare
        self.read = read
        self.title = title

    @classmethod
    def of(cls, f):
        """A function of one flat array that returns a number or an array.

        >>> import numpy as np
        >>> Flat.of(lambda x: x @ x)(np.array([3.0, 4.0]))
        array([25.])
        """
        import numpy as np

        return cls(lambda p: (f, (p,), {}), lambda y: np.ravel(y))

    def __call__(self, point):
        f, args, named = self.prepare(point)
        return self.read(f(*args, **named))


class Table:
    """A `Flat` function around a point: `here` are its values there, `at` those at other points."""

    __slots__ = (
        "_submit",
        "bounded",
        "budget",
        "count",
        "f",
        "here",
        "high",
        "known",
        "low",
        "noise",
        "x",
    )

    def __init__(self, f, x, budget=None, bounds=None, submit=None):
        import numpy as np

        self.f = f
        self.x = np.asarray(x, dtype=float)
        self.budget = inf if budget is None else budget
        self.bounded = bounds is not None
        self.low, self.high = (-inf, inf) if bounds is None else bounds
        self.count = 0
        self.noise = None  # of each value, as far as it is known
        self._submit = submit
        self._take(1)
        self.here = np.asarray(f(self.x.copy()))
        if self.here.dtype.kind != "f":
            self.here = self.here.astype(float)

    def at(self, points):
        """The values at the points, a row for each; a row of nan where there are none."""
        import numpy as np

        if self.bounded:
            inside = [bool(((p >= self.low) & (p <= self.high)).all()) for p in points]
        else:
            inside = [True] * len(points)
        self._take(sum(inside))
        rows = np.full((len(points), self.here.size), np.nan)
        if self._submit is None:
            for k, p in enumerate(points):
                if inside[k]:
                    rows[k] = self._value(lambda p=p: self.f(p))
            return rows
        futures = [
            self._submit(_call, *self.f.prepare(p)) if ok else None
            for p, ok in zip(points, inside, strict=True)
        ]
        for k, future in enumerate(futures):
            if future is not None:
                rows[k] = self._value(lambda future=future: self.f.read(future.result()))
        return rows

    def _value(self, sample):
        import numpy as np

        try:
            row = np.asarray(sample())
            if row.shape != self.here.shape or row.dtype.kind == "c":
                return np.nan
            return row
        except Warning:
            raise
        except Exception:  # outside the domain, however the function says so
            return np.nan

    def complex_at(self, points):
        """The values at complex points; None where the function does not take them."""
        import numpy as np

        self._take(len(points))
        try:
            with _strict():
                if self._submit is None:
                    rows = [np.asarray(self.f(p)) for p in points]
                else:
                    futures = [self._submit(_call, *self.f.prepare(p)) for p in points]
                    rows = [np.asarray(self.f.read(future.result())) for future in futures]
        except Exception:
            return None
        if any(r.shape != self.here.shape or r.dtype.kind not in "fc" for r in rows):
            return None
        found = np.array(rows, dtype=complex).reshape(len(points), self.here.size)
        return found if np.isfinite(found).all() else None

    def _take(self, n):
        if self.count + n > self.budget:
            raise Spent
        self.count += n


@contextmanager
def _strict():
    """A number that loses its imaginary part is an error.

    The filters of warnings are shared by all threads, so they are left alone where there are several.
    """
    import threading
    import warnings

    if threading.active_count() > 1:
        yield
        return
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        yield


def _call(f, args, named):
    """A call; a function of the module, so processes can have it."""
    return f(*args, **named)


class Line:
    """The points x + t v: `reach` is the t that goes with the size of x, `name` what messages say."""

    __slots__ = ("high", "index", "low", "name", "reach", "v", "x")

    def __init__(self, table, v, reach, name, index=None):
        import numpy as np

        self.x, self.v, self.index, self.reach, self.name = table.x, v, index, reach, name
        self.low, self.high = -inf, inf
        if table.bounded:
            v = np.zeros(self.x.size) if v is None else v
            if index is not None:
                v[index] = 1.0
            with np.errstate(all="ignore"):
                a, b = (table.low - self.x) / v, (table.high - self.x) / v
            moving = v != 0
            self.low = float(np.minimum(a, b)[moving].max(initial=-inf))
            self.high = float(np.maximum(a, b)[moving].min(initial=inf))

    def at(self, t):
        """The point at t."""
        if self.index is None:
            return self.x + t * self.v
        p = self.x.copy()
        p[self.index] += t
        return p

    def moved(self, t):
        """How far the point at t really is: t, or what is left of it in floats."""
        if self.index is None:
            return t
        here = self.x[self.index]
        return (here + t) - here

    @property
    def room(self):
        """How far one can go to both sides."""
        return min(self.high, -self.low)


def axes(table, name=None):
    """The lines along the coordinates."""
    import numpy as np

    size = np.abs(table.x)
    typical = float(np.median(size[size > 0])) if (size > 0).any() else 1.0
    name = name or (lambda i: f"coordinate {i + 1} of {size.size}")
    return [Line(table, None, max(s, typical), name(i), i) for i, s in enumerate(size.tolist())]
