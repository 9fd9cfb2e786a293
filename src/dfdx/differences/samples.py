"""The function as samples see it: counted, quiet outside its domain, and taken together.

A function that raises, or returns NaN or infinity, is undefined at that point: the sample is
nan. Only at the point itself is what the function raises the answer. All samples of a window
are known at once, so they may be taken by any executor.
"""

from contextlib import nullcontext
from math import inf, isfinite, nan

from ..trees import numpy, real


class Spent(Exception):
    """The next samples would go beyond the budget."""


class Samples:
    """A function of one number, called where it is asked to be, at most `budget` times."""

    __slots__ = ("_submit", "budget", "count", "f", "factor", "high", "low")

    def __init__(self, f, budget=None, bounds=None, submit=None):
        self.f = f
        self.budget = inf if budget is None else budget
        self.count = 0
        self.low, self.high = (-inf, inf) if bounds is None else bounds
        self._submit = submit
        self.factor = 1.0  # a power of two by which huge and tiny values are made usual ones

    def here(self, x):
        """f(x); what the function raises there is raised."""
        self._take(1)
        return number(self.f(x))

    def at(self, points):
        """The values at the points, in their order; nan where there is none."""
        self._take(len(points))
        if self._submit is not None:
            return self._together(points)
        f, low, high = self.f, self.low, self.high
        values = []
        for p in points:
            if low <= p <= high:
                try:
                    y = f(p)
                    if type(y) is not float:
                        y = number(y)
                    if y - y:  # inf - inf and nan - nan are nan: true
                        y = nan
                except Warning:
                    raise
                except Exception:  # outside the domain, however the function says so
                    y = nan
            else:
                self.count -= 1
                y = nan
            values.append(y)
        return values if self.factor == 1.0 else [y * self.factor for y in values]

    def complex_first(self, z):
        """The value at a complex point, None where there is none or a real one.

        The first time NumPy may warn that an imaginary part was lost; that is our doing.
        """
        import warnings  # late, as most of what is sampled is not asked for complex numbers

        self._take(1)
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            return self._complex(_complex_sample(self.f, z))

    def complex_at(self, points):
        """The values at complex points, as above; no values where a real part is out of bounds."""
        if not all(self.low <= p.real <= self.high for p in points):
            return [None] * len(points)
        self._take(len(points))
        if self._submit is not None:
            futures = [self._submit(_complex_sample, self.f, p) for p in points]
            return [self._complex(future.result()) for future in futures]
        return [self._complex(_complex_sample(self.f, p)) for p in points]

    def _complex(self, z):
        return z if z is None or self.factor == 1.0 else z * self.factor

    def keep_to(self, side, x):
        """From now on nothing is sampled on the other side of x."""
        if side == "left":
            self.high = min(self.high, x)
        else:
            self.low = max(self.low, x)

    def left(self):
        """How many samples the budget still allows."""
        return self.budget - self.count

    def _take(self, n):
        if self.count + n > self.budget:
            raise Spent
        self.count += n

    def _together(self, points):
        inside = [self.low <= p <= self.high for p in points]
        self.count -= inside.count(False)
        futures = [
            self._submit(_sample, self.f, p) if ok else None
            for p, ok in zip(points, inside, strict=True)
        ]
        values = [nan if future is None else future.result() for future in futures]
        return [y * self.factor for y in values]


def _sample(f, p):
    """The value of f at p, nan where there is none; a function of the module, so processes can have it."""
    with quiet():
        try:
            y = number(f(p))
            return y if isfinite(y) else nan
        except Warning:
            raise
        except Exception:
            return nan


def _complex_sample(f, p):
    """The complex value of f at p, None where there is none or a real one."""
    try:
        z = f(p)
    except Exception:
        return None
    if type(z) is complex and not (z - z):  # of an infinite or missing part the difference is nan
        return z
    np = numpy()
    if np is not None and isinstance(z, np.ndarray) and z.size == 1:
        z = z.reshape(-1)[0]
    if isinstance(z, complex) and isfinite(z.real) and isfinite(z.imag):
        return complex(z)
    return None


def number(y):
    """A value as a float; an array of one element is that element."""
    if type(y) is float:
        return y
    np = numpy()
    if np is not None and isinstance(y, np.ndarray) and y.size == 1:
        y = y.reshape(-1)[0]
    y = real(y, "the value of the function")
    if type(y) is not float:
        raise TypeError(
            f"the value of the function is an array of shape {y.shape}; a derivative by samples "
            "needs a function whose value is one number"
        )
    return y


def quiet():
    """NumPy says nothing about points outside the domain, if it is there to say it."""
    np = numpy()
    return nullcontext() if np is None else np.errstate(all="ignore")


class pool:
    """`with pool(workers) as submit`: how to hand a call to the workers; None where there are none.

    `workers` is a number of threads, or anything with `submit(function, *args)` that gives
    a future.
    """

    __slots__ = ("_own", "workers")

    def __init__(self, workers):
        self.workers = workers
        self._own = None

    def __enter__(self):
        if self.workers is None:
            return None
        if hasattr(self.workers, "submit"):
            return self.workers.submit
        from concurrent.futures import ThreadPoolExecutor  # late: most calls need none

        self._own = ThreadPoolExecutor(self.workers)
        return self._own.submit

    def __exit__(self, *_):
        if self._own is not None:
            self._own.shutdown()
