"""NIST's nonlinear regressions: digits of fit, and of curve_fit with and without exact Jacobians."""

import warnings

import numpy as np
from scipy import optimize

from dfdx import fit, jacobian

from ..report import Section
from .nist import NAMES, problem


def digits(found, certified):
    """Correct digits of the worst parameter."""
    off = np.max(np.abs(np.asarray(found) / certified - 1))
    return float(np.clip(-np.log10(off + 1e-16), 0, 11)) if np.isfinite(off) else 0.0


def by_curve_fit(p, start, exact):
    """(parameters, standard errors), or nan where it gave up."""
    jac = jacobian(p.model, wrt=tuple(range(1, len(start) + 1))) if exact else None
    try:
        with warnings.catch_warnings(), np.errstate(all="ignore"):
            warnings.simplefilter("ignore")
            best, cov = optimize.curve_fit(p.model, p.x, p.y, start, jac=jac, maxfev=20_000)
        return best, np.sqrt(np.diag(cov))
    except (RuntimeError, ValueError):
        return np.full(len(start), np.nan), np.full(len(start), np.nan)


def section():
    head = ("", "fit", "its errors", "curve_fit, exact", "its errors", "curve_fit", "its errors")
    rows, good = [head], np.zeros(6, dtype=int)
    for name in NAMES:
        p = problem(name)
        for k in (0, 1):
            found = fit(p.model, p.x, p.y)(*p.starts[k])
            answers = [(found.x, found.standard_errors)]
            answers += [by_curve_fit(p, p.starts[k], exact) for exact in (True, False)]
            shown = [d for x, e in answers for d in (digits(x, p.parameters), digits(e, p.errors))]
            good += np.array(shown) >= 6
            rows.append((f"{name}, start {k + 1}", *(f"{d:.1f}" for d in shown)))
    n = len(rows) - 1
    return Section(
        "NIST's nonlinear regressions",
        "Correct digits of the worst parameter and of the worst standard error, of the 11 that are "
        "certified. `curve_fit, exact` has jac=jacobian(model, wrt=(1, 2, …)).",
        rows,
        f"At least 6 digits, of {n}: fit {good[0]} (errors {good[1]}), curve_fit with exact Jacobians "
        f"{good[2]} ({good[3]}), curve_fit alone {good[4]} ({good[5]}). What is left over in Lanczos1 is the "
        "rounding of its data, so its standard errors cannot be told.",
    )
