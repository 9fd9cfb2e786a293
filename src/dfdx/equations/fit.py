"""The parameters with which a model meets its data best: least squares with exact slopes."""

import numpy as np

from ..calculus.box import box
from ..calculus.flat import Flat
from ..calculus.operator import Derived, need_known
from ..calculus.watched import moving_minimum, plainly, watched
from ..capture.known.scipy.minima import loss as objective
from .fitted import Fit
from .leastsquares import LOSSES, Squares, angle, free_of, is_least, least, weights_of
from .model import Data, Model, Residuals, read_points
from .uncertainty import Spread, sandwich

_METHODS = {"lm": "Levenberg-Marquardt", "trf": "trust region", "dogbox": "dogleg in a box"}


class Fitting(Derived):
    operator = "fit"
    options = (
        "wrt", "sigma", "weights", "absolute_sigma", "bounds", "loss", "f_scale", "method", "steps",
        "missing",
    )  # fmt: skip
    guide = """The parameters with which a model meets data best: `fit(model, x, y)(*start)` gives a `Fit`.

    Σ weights (y − model)² is made small. The model has the data first, `model(x, a, b)` or
    `model(x, params)`; where the parameters stand first, say `wrt=0`: `model(params, x)`. Several
    independent variables are a tuple x. What is passed by position in the second parenthesis is
    the start, in any structure; what is passed by name is held fixed. Without data,
    `fit(residuals)(*start)`, the function itself gives what is left over.

    sigma, absolute_sigma   standard deviations of y (or their covariance matrix); as curve_fit
                            has them, only their ratios count, unless absolute_sigma=True
    weights                 instead of sigma: 1/sigma²
    bounds                  pairs in the structure of the parameters, or (low, high) as curve_fit has them
    loss, f_scale           "soft_l1", "huber", "cauchy", "arctan": outliers from f_scale on count less
    method, steps           "lm", "trf" or "dogbox"; at most so many evaluations
    missing                 "drop": nan among the data are left out, and told; "raise"

    >>> t = np.linspace(0, 4, 30)
    >>> y = 2.5 * np.exp(-1.3 * t) + 0.01 * np.cos(9 * t)
    >>> found = fit(lambda t, a, k: a * np.exp(-k * t), t, y)(1.0, 1.0)
    >>> found.x.round(2), found.standard_errors.round(3)
    (array([2.5, 1.3]), array([0.005, 0.004]))
    """

    def __init__(
        self, f, x=None, y=None, *, wrt=None, sigma=None, weights=None, absolute_sigma=False, bounds=None,
        loss="linear", f_scale=1.0, method=None, steps=None, missing="drop",
    ):  # fmt: skip
        super().__init__(f)
        if (x is None) != (y is None):
            raise TypeError("data are two things: fit(model, x, y)(*start)")
        if loss not in LOSSES:
            raise ValueError(f"no loss {loss!r}; there are {', '.join(LOSSES)}")
        if not f_scale > 0:
            raise ValueError(f"f_scale is a positive number, not {f_scale!r}")
        if method is not None and method not in _METHODS:
            raise ValueError(f"no method {method!r}; there are {', '.join(_METHODS)}")
        if method == "lm" and (loss != "linear" or bounds is not None):
            raise ValueError('method="lm" takes no bounds and no loss; "trf" does')
        if missing not in ("drop", "raise"):
            raise ValueError(f'missing is "drop" or "raise", not {missing!r}')
        self.x, self.wrt = read_points(x), wrt
        self.data = Data(self.x, y, sigma, weights)
        if self.data.missing and missing == "raise":
            raise ValueError(f"{self.data.missing} of the data are missing (nan)")
        if absolute_sigma and sigma is None and weights is None:
            raise ValueError("absolute_sigma needs sigma")
        self.absolute, self.bounds, self.loss, self.scale = (
            absolute_sigma,
            bounds,
            loss,
            float(f_scale),
        )
        self.method, self.steps = method, steps

    def __call__(self, *start, **fixed):
        model = self._model(start, fixed)
        inner = Residuals(model, self.data)
        varied = self.wrt if self.x is None else None
        flat = Flat(inner, start, fixed, varied, name="fit")
        _need_start(self, flat)
        limits = box(flat, self.bounds, ends=True)
        with np.errstate(all="ignore"):  # what is no number is told in words
            first = flat.values(flat.start)
        if not np.isfinite(first).all():
            k = int(np.flatnonzero(~np.isfinite(first))[0])
            raise ValueError(
                f"{model.__name__} is {first[k]:g} at datum {k} of the start; begin elsewhere"
            )
        if first.size < len(flat):
            raise ValueError(f"{first.size} data cannot determine {len(flat)} parameters")
        with np.errstate(all="ignore"):
            squares = Squares(flat, flat.start, self.data.level)
        _need_slopes(flat, squares)
        steps = None if self.steps is None else int(self.steps)
        x, said, name = least(
            squares, flat.start, self.method, limits, self.loss, self.scale, steps
        )
        return self._told(model, flat, squares, x, said, name, limits)

    def _model(self, start, fixed):
        """The model on the data; of one number, where it cannot take an array."""
        if self.x is None:
            return Model(self.f, None)
        size = len(self.data.good)
        model = Model(self.f, self.x, self.wrt, size)
        try:
            with np.errstate(all="ignore"):
                model(*start, **fixed)
        except TypeError as error:
            parts = self.x if isinstance(self.x, tuple) else (self.x,)
            if watched() or not all(
                isinstance(p, np.ndarray) and p.shape == (size,) for p in parts
            ):
                raise
            each = Model(self.f, self.x, self.wrt, size, each=True)
            try:
                with np.errstate(all="ignore"):
                    each(*start, **fixed)
            except Exception:
                raise error from None
            return each
        return model

    def _told(self, model, flat, squares, x, said, name, limits):
        values, slopes = squares.both(x)
        free = free_of(squares, x, limits, self.loss, self.scale)
        spread = Spread(slopes, free)
        covariance, dof = spread.matrix, values.size - int(free.sum())
        chi2 = float(values @ values)
        sigma = np.sqrt(chi2 / dof) if dof > 0 else np.nan
        if self.loss != "linear":
            part = np.ix_(free, free)
            first, second = weights_of(values, self.loss, self.scale)
            covariance = covariance.copy()
            covariance[part] = sandwich(
                slopes[:, free], values, first, second, self.scale, covariance[part]
            )
            covariance[part] *= values.size / dof if dof > 0 else np.nan
        elif not self.absolute:
            with np.errstate(invalid="ignore"):
                covariance = covariance * sigma**2
            if chi2 == 0 and dof > 0:  # inf · 0: what is not determined stays so
                covariance[np.isinf(spread.matrix)] = np.inf
        converged = is_least(squares, x, limits, self.loss, self.scale)
        turned = angle(squares, x, limits, self.loss, self.scale)
        if converged:
            reason = f"the least sum of squares, after {flat.evaluations} evaluations"
        else:
            reason = (
                f"stopped ({said[:1].lower()}{said[1:]}); the parameters could still take away "
                f"{turned:.1g} of what is left"
            )
        notes = self._notes(flat, squares, spread, free, dof, converged)
        shown = flat.pack(x)
        if watched():
            moving = moving_minimum(flat, x, objective(self.loss, self.scale), limits)
            shown = shown if moving is None else flat.pack_moving(moving[0])
        return Fit(
            model, flat, x, covariance, shown=shown, chi2=chi2, dof=dof, sigma=float(sigma),
            converged=converged, reason=reason, notes=tuple(notes), method=_METHODS[name],
            evaluations=flat.evaluations, gradients=flat.gradients, absolute=self.absolute,
            held=~free, **self._facts(model, flat, x, values, chi2),
        )  # fmt: skip

    def _facts(self, model, flat, x, values, chi2):
        """Residuals of all data, and what is told of the whole fit."""
        n, k = values.size, len(x)
        if self.data.y is None:
            return {"residuals": -values, "data": None, "r2": None, "aic": _aic(n, k, chi2)}
        y, good = plainly(self.data.y), self.data.good
        left = np.full(y.shape, np.nan)
        fitted = Flat(
            model, tuple(flat.call.args), flat.call.named, flat.call.wrt, name="fit"
        ).values(x)
        left[good] = (y - fitted)[good]
        weight = np.ones(n) if self.data.scale is None else self.data.scale**2
        mean = np.average(y[good], weights=weight)
        whole = float(weight @ (y[good] - mean) ** 2)
        r2 = 1 - float(weight @ left[good] ** 2) / whole if whole > 0 else None
        return {"residuals": left, "data": y, "r2": r2, "aic": _aic(n, k, chi2)}

    def _notes(self, flat, squares, spread, free, dof, converged):
        found = spread.notes(flat.component)
        if (~free).any():
            names = ", ".join(flat.component(k) for k in np.flatnonzero(~free))
            found.append(f"{names} at a bound: the other standard errors hold it there")
        if dof == 0:
            found.append(
                "as many parameters as data: nothing is left to tell the standard errors from"
            )
        if self.data.missing:
            found.append(f"{self.data.missing} data were missing or of no weight, and left out")
        if squares.outside:
            found.append(
                f"at {squares.outside} of the points tried the model had no value; they were avoided"
            )
        if "differences" in flat.method:
            found.append(f"the slopes are from {flat.method}, not exact")
        if not converged:
            found.append("begin nearer, where the model resembles the data")
        return found


def _aic(n, k, chi2):
    """n ln(chi2/n) + 2k, up to what does not depend on the model (Akaike 1974)."""
    return float(n * np.log(chi2 / n) + 2 * k) if chi2 > 0 else -np.inf


def _need_start(self, flat):
    if not len(flat):
        raise ValueError(f"{self.__name__}: the start holds no number")
    if not np.isfinite(flat.start).all():
        k = int(np.flatnonzero(~np.isfinite(flat.start))[0])
        raise ValueError(
            f"{flat.component(k)} is {flat.start[k]:g} at the start; begin at a number"
        )


def _need_slopes(flat, squares):
    """ValueError where the model has no slope at the start, or none at all."""
    _, slopes = squares.both(flat.start)
    bad = ~np.isfinite(slopes).all(axis=0)
    if bad.any():
        name = flat.component(int(np.flatnonzero(bad)[0]))
        raise ValueError(
            f"the slope of the model by {name} is no number at the start; begin elsewhere"
        )
    if not slopes.any():
        raise ValueError(
            f"at the start {flat.name} does not change with any parameter: begin nearer, where the model "
            "resembles the data"
        )


def fit(f, x=None, y=None, *start, **options):
    need_known(Fitting, options)
    fitting = Fitting(f, x, y, **options)
    return fitting(*start) if start else fitting


fit.__doc__ = Fitting.guide
fit.kind = Fitting  # type: ignore[attr-defined]
