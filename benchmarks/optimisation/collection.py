"""The 35 problems of Moré, Garbow and Hillstrom: exact gradients against SciPy's 2-point differences."""

import numpy as np
from scipy import optimize

from dfdx import fit, gradient, minimize

from ..report import Section, number
from .more import PROBLEMS


def section():
    rows = [("", "calls, 2-point", "calls, exact", "calls, minimize", "calls, fit", "reached")]
    reached, success, ratios = np.zeros(4, dtype=int), np.zeros(4, dtype=int), []
    for p in PROBLEMS:
        calls = [0]

        def f(x, p=p, calls=calls):
            calls[0] += 1
            return p.f(x)

        options = {"gtol": 1e-8, "maxiter": 10_000}
        with np.errstate(all="ignore"):
            plain = optimize.minimize(f, p.start, method="BFGS", options=options)
            count = calls[0]
            exact = optimize.minimize(
                p.f, p.start, method="BFGS", jac=gradient(p.f), options=options
            )
            ours, squares = minimize(p.f)(p.start), fit(p.residuals)(p.start)
        values = (plain.fun, exact.fun, ours.value, squares.chi2)
        hits = np.array([p.reached(v) for v in values])
        reached += hits
        success += [plain.success, exact.success, ours.converged, squares.converged]
        ratios.append(count / exact.nfev)
        who = " ".join(w if hit else "–" for w, hit in zip("2emf", hits, strict=True))
        counts = (count, exact.nfev, ours.evaluations, squares.evaluations)
        rows.append((p.name, *map(str, counts), who))
    mean = float(np.exp(np.mean(np.log(ratios))))
    return Section(
        "The collection of Moré, Garbow and Hillstrom",
        "Sums of squares by SciPy's BFGS (gtol=1e-8) with differences and with jac=gradient(f), by "
        "`minimize(f)`, and by `fit(residuals)`. Reached: a published minimum, by 2-point (2), exact (e), "
        "minimize (m), fit (f).",
        rows,
        f"Of {len(PROBLEMS)}, a published minimum was reached by 2-point in {reached[0]}, exact "
        f"{reached[1]}, minimize {reached[2]}, fit {reached[3]}; success was told in {success[0]}, "
        f"{success[1]}, {success[2]}, {success[3]}. 2-point called f "
        f"{number(mean)} times as often as exact (geometric mean).",
    )
