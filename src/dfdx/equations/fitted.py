"""A fit: the parameters, how well they are known, and the curve with its band."""

import numpy as np
from scipy.special import ndtri, stdtrit

from ..calculus.flat import Flat
from .uncertainty import correlation

_GRID = 400


class Fit:
    """A model with the parameters that meet the data best; made by `fit(model, x, y)(*start)`.

    x, parameters     the parameters, in the structure of the start
    standard_errors   one for each, in the same structure
    covariance        their covariance matrix, in the order of `names`; `correlation` without units
    names             what the user would call each parameter
    residuals         y − f, a number for every point; nan where it was missing
    chi2, dof         Σ weights (y − f)², and how many more data than parameters there are
    sigma             √(chi2/dof), the standard deviation of one datum of weight 1
    r2, aic           the share of the variance that is explained; Akaike's criterion
    converged, reason, notes, method, evaluations, gradients    how it went
    """

    def __init__(self, model, flat, vector, covariance, **facts):
        self._model, self._flat, self._vector = model, flat, vector
        self.covariance = covariance
        self.x = facts.pop("shown")
        self.__dict__.update(facts)
        with np.errstate(invalid="ignore"):
            self._errors = np.sqrt(np.diag(covariance))
        self._errors[facts["held"]] = np.nan  # a parameter at its bound has no error to tell
        self.standard_errors = flat.pack(self._errors)
        self.names = [flat.component(k) for k in range(len(flat))]

    @property
    def parameters(self):
        return self.x

    @property
    def correlation(self):
        return correlation(self.covariance)

    def __call__(self, x=None):
        """The model with these parameters, at x (or at the data)."""
        if x is None:
            return self._values(self._model).values(self._vector)
        found = self._values(self._model.at(self._as_data(x))).values(self._vector)
        return float(found[0]) if np.ndim(x) == 0 and found.size == 1 else found

    def band(self, x=None, level=0.95, prediction=False):
        """`(low, high)`: where the curve lies with this probability, or, with `prediction`, a new datum.

        The delta method: the covariance of the parameters, carried by the exact slopes of the model.
        """
        if not 0 < level < 1:
            raise ValueError(f"level is a probability between 0 and 1, not {level!r}")
        model = self._model if x is None else self._model.at(self._as_data(x))
        values, slopes = self._values(model).values_and_jacobian(self._vector)
        used = slopes.any(axis=0)  # what the curve does not depend on here may be unknown
        slopes, covariance = slopes[:, used], self.covariance[np.ix_(used, used)]
        if np.isfinite(covariance).all():
            variance = np.einsum("ij,jk,ik->i", slopes, covariance, slopes)
        else:
            variance = np.full(len(values), np.inf)
        if prediction:
            variance = variance + (1.0 if self.absolute else self.sigma**2)
        tail = 0.5 * (1 + level)
        factor = ndtri(tail) if self.absolute else stdtrit(self.dof, tail)
        half = factor * np.sqrt(np.maximum(variance, 0.0))
        if x is not None and np.ndim(x) == 0 and values.size == 1:
            return float(values[0] - half[0]), float(values[0] + half[0])
        return values - half, values + half

    def _as_data(self, x):
        from .model import read_points

        if self._model.x is None:
            raise TypeError("this fit was made from residuals: it has no curve")
        x = read_points(x)
        return np.array([x]) if self._model.each and np.ndim(x) == 0 else x

    def _values(self, model):
        args = self._flat.call
        whole = list(args.args)
        for k, part in zip(args.wrt, args.rebuild(self._flat.leaves(self._vector)), strict=True):
            whole[k] = part
        return Flat(model, tuple(whole), args.named, args.wrt, name="fit")

    def plot(self, ax=None, level=0.95):
        """Draw data, curve and band with matplotlib; for one variable x.

        Raises ImportError where matplotlib is not installed: pip install 'dfdx[plot]'.
        """
        from .plot import fit_plot

        return fit_plot(self, ax, level, _GRID)

    def __str__(self):
        rows = [("", "value", "standard error", "")]
        for name, value, error in zip(self.names, self._vector, self._errors, strict=True):
            share = f"{100 * error / abs(value):.2g} %" if value and np.isfinite(error) else ""
            rows.append((name, f"{value:.9g}", f"{error:.3g}", share))
        widths = [max(len(row[k]) for row in rows) for k in range(4)]
        lines = [
            f"{r[0]:<{widths[0]}}  {r[1]:>{widths[1]}}  {r[2]:>{widths[2]}}  {r[3]:>{widths[3]}}".rstrip()
            for r in rows
        ]
        state = "fit" if self.converged else "not yet a fit"
        count = len(self.residuals) - int(np.isnan(self.residuals).sum())
        head = f"{state} of {len(self._vector)} parameters to {count} data: {self.method}, {self.reason}"
        foot = f"chi2 = {self.chi2:.6g}, dof = {self.dof}, sigma = {self.sigma:.4g}"
        if self.r2 is not None:
            foot += f", R2 = {self.r2:.6g}"
        return "\n".join(
            [
                head,
                *("  " + line for line in lines),
                "  " + foot,
                *(f"  note: {n}" for n in self.notes),
            ]
        )

    def __repr__(self):
        state = "" if self.converged else ", not converged"
        return f"<Fit of {', '.join(self.names)}: chi2 = {self.chi2:.6g}, dof = {self.dof}{state}>"
