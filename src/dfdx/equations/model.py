"""A model with its data: what is left over at every point, as a function of the parameters.

Two habits are understood. `model(x, a, b, c)` has the data first and the parameters behind;
`model(params, x)` has the parameters where `wrt` says. A model of one number x is applied to the points one
by one.
"""

import numpy as np

from ..calculus.form import parameters
from ..calculus.watched import all_numbers, plainly
from ..capture.calls import call
from ..capture.known.scipy.tools import unwrapped
from ..capture.numpy_protocol.plain import traced_in
from ..capture.trace import name_of
from ..contraction import contraction
from ..graph import Operand
from ..primitive import shape_of
from ..structure import take
from ..trees import real


class Model:
    """f at the data x, as a function of the parameters: a vector with a number for every point."""

    operator = "fit"

    def __init__(self, f, x, wrt=None, size=None, each=False):
        self.f, self.x, self.wrt, self.size, self.each = f, x, wrt, size, each
        known = parameters(f)
        if x is None:
            self.places, self.variables = None, known
            return
        chosen = [] if wrt is None else list(wrt) if isinstance(wrt, (list, tuple)) else [wrt]
        for w in chosen:
            if isinstance(w, str) and w not in known:
                raise TypeError(f"{name_of(f)} has no parameter {w!r} (it has: {', '.join(known)})")
        self.places = [known.index(w) if isinstance(w, str) else int(w) for w in chosen]
        first = next(k for k in range(len(self.places) + 1) if k not in self.places)
        self.variables = [known[k] for k in self.places if k < len(known)] or [
            n for k, n in enumerate(known) if k != first
        ]

    @property
    def __name__(self):
        return name_of(self.f)

    def at(self, x):
        """The same model at other data."""
        return Model(self.f, x, self.wrt, None, self.each)

    def __call__(self, *params, **fixed):
        if self.x is None:
            return all_numbers(unwrapped(call(self.f, *params, **fixed)))
        if not self.each:
            found = all_numbers(unwrapped(self._on(self.x, params, fixed)))
        else:
            points = zip(*self.x, strict=True) if isinstance(self.x, tuple) else self.x
            found = all_numbers([unwrapped(self._on(x, params, fixed)) for x in points])
        if self.size is not None and shape_of(found) == (1,) and self.size != 1:
            return contraction("i,j->j")(found, np.ones(self.size))
        return found

    def _on(self, x, params, fixed):
        if not self.places:
            return call(self.f, x, *params, **fixed)
        full = dict(zip(self.places, params, strict=True))
        last = max([*full, len(full)])
        spare = iter([x])
        return call(
            self.f, *(full[k] if k in full else next(spare) for k in range(last + 1)), **fixed
        )


class Residuals:
    """(model − y) / σ at the points that count; what y, σ and weights say is a `Data`."""

    operator = "fit"

    def __init__(self, model, data):
        self.f, self.model, self.data = model.f, model, data
        self.variables = model.variables

    @property
    def __name__(self):
        return name_of(self.f)

    def __call__(self, *params, **fixed):
        found = self.model(*params, **fixed)
        return self.data.left_over(found)


class Data:
    """What was measured: y, which points count, and how much.

    Σ weights (y − f)² is made small; σ (standard deviations, or their covariance matrix) stands
    for weights 1/σ². nan among the data means that nothing was measured there.
    """

    def __init__(self, x, y, sigma=None, weights=None):
        if sigma is not None and weights is not None:
            raise ValueError("sigma and weights say the same: weights = 1/sigma²; give one of them")
        self.y, self.half, self.scale, self.missing = None, None, None, 0
        if y is None:
            if sigma is not None or weights is not None:
                raise ValueError("sigma and weights need data: fit(model, x, y, sigma=…)")
            self.at = None
            return
        self.y = _numbers(y, "y")
        plain = plainly(self.y)
        if not plain.size:
            raise ValueError("there are no data: y is empty")
        if np.isinf(plain).any():
            raise ValueError(
                f"y[{int(np.flatnonzero(np.isinf(plain))[0])}] is infinite; nan means missing"
            )
        good = ~np.isnan(plain) & ~_holes(x, plain.size)
        if weights is not None:
            weights = _spread(weights, plain.size, "weights")
            if (weights[good] < 0).any():
                raise ValueError("weights are not negative")
            good &= weights > 0
            self.scale = np.sqrt(weights)
        elif sigma is not None:
            good &= self._spread_of(sigma, plain.size, good)
        self.missing = int(plain.size - good.sum())
        if not good.any():
            raise ValueError("there are no data: every point is missing or has weight 0")
        self.good = good
        self.at = np.flatnonzero(good) if self.missing else None
        if self.scale is not None:
            self.scale = self.scale[good]
        if self.half is not None and self.missing:
            self.half = _whitening(np.asarray(plainly(sigma), dtype=float)[np.ix_(good, good)])

    def _spread_of(self, sigma, size, good):
        sigma = np.asarray(plainly(sigma), dtype=float)
        if sigma.ndim == 2 and sigma.shape == (size, size) and size > 1:
            self.half = _whitening(sigma[np.ix_(good, good)]) if good.any() else sigma
            return np.ones(size, dtype=bool)
        sigma = _spread(sigma, size, "sigma")
        if not (sigma[good] > 0).all():
            raise ValueError("sigma holds standard deviations, which are positive")
        self.scale = 1.0 / sigma
        return np.isfinite(sigma)

    @property
    def level(self):
        """How large the weighted data are."""
        if self.y is None:
            return 0.0
        nothing = np.zeros(self.good.size)
        return float(np.abs(plainly(self.left_over(nothing))).max())

    def left_over(self, values):
        """The residuals that count: (f − y) √weight."""
        if self.y is None:
            return values
        if shape_of(values) != shape_of(self.y):
            raise ValueError(
                f"the model gives {shape_of(values)[0]} values for {shape_of(self.y)[0]} data"
            )
        found = values - self.y if isinstance(values, Operand) else -(self.y - values)
        if self.at is not None:
            found = take(found, self.at)
        if self.scale is not None:
            return found * self.scale
        return found if self.half is None else contraction("ij,j->i")(self.half, found)


def _numbers(y, what):
    """Data as a vector; traced data stay traced."""
    y = unwrapped(y)
    if traced_in(y) or isinstance(y, Operand):
        return all_numbers(y)
    if isinstance(y, np.ma.MaskedArray):
        y = (
            np.asarray(y, dtype=float).copy()
            if y.mask is np.ma.nomask
            else y.astype(float).filled(np.nan)
        )
    return np.ravel(real(np.asarray(y), what)).astype(float)


def _holes(x, size):
    """Where the data x are missing: nan in arrays that have a number for every point."""
    found = np.zeros(size, dtype=bool)
    for part in x if isinstance(x, tuple) else (x,):
        part = plainly(part)
        if isinstance(part, np.ndarray) and part.dtype.kind == "f" and part.shape == (size,):
            found |= np.isnan(part)
        elif isinstance(part, np.ndarray) and part.dtype.kind == "f" and part.shape[-1:] == (size,):
            found |= np.isnan(part).reshape(-1, size).any(axis=0)
    return found


def _spread(x, size, what):
    found = np.ravel(np.asarray(plainly(x), dtype=float))
    if found.size not in (1, size):
        raise ValueError(f"{what} has {found.size} numbers for {size} data")
    return np.broadcast_to(found, (size,)).copy()


def _whitening(matrix):
    """L⁻¹ where L Lᵀ is the covariance matrix: it makes the residuals independent."""
    try:
        half = np.linalg.cholesky(matrix)
    except np.linalg.LinAlgError:
        raise ValueError(
            "sigma, a matrix, must be a covariance matrix: symmetric and positive definite"
        ) from None
    return np.linalg.inv(half)


def read_points(x):
    """Data x as the model gets them: lists become arrays, several variables a tuple."""
    if isinstance(x, list) and not traced_in(x):
        return np.asarray(x, dtype=float)
    if type(x) is tuple:
        return tuple(read_points(part) for part in x)
    if type(x).__module__.startswith("pandas.") and type(x).__name__ == "Series":
        return x.to_numpy(dtype=float, na_value=np.nan)
    if isinstance(x, np.ndarray) and x.dtype.kind in "iub":
        return x.astype(float)
    if isinstance(x, np.ndarray) and x.dtype.kind == "c":
        raise TypeError("x is complex; a model has real data")
    return x
