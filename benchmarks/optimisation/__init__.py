"""Minima, fits and equations: SciPy's solvers with exact derivatives beside SciPy's own differences.

`python -m benchmarks optimisation` writes docs/optimisation.md.
"""

from importlib.metadata import version
from pathlib import Path

PAGE = Path(__file__).resolve().parents[2] / "docs" / "optimisation.md"
HEAD = """# Optimisation

What exact derivatives change for SciPy's solvers, measured beside SciPy's own differences and other packages.
Written by `python -m benchmarks optimisation`; the problems are in `benchmarks/optimisation/`.

```python
minimize(f)(x0)  # f of any structure of parameters
fit(model, x, y)(*start)  # parameters ± standard errors, a band
solve(F)(x0)  # roots, differentiable themselves
optimize.minimize(f, x0, jac=gradient(f, wrt=0))  # SciPy's own, from jac=None to exact in one line
optimize.least_squares(r, x0, jac=jacobian(r, wrt=0))
optimize.root(F, x0, jac=jacobian(F, wrt=0))
optimize.curve_fit(model, x, y, p0, jac=jacobian(model, wrt=(1, 2, 3)))
solve_ivp(rhs, span, y0, method="Radau", jac=jacobian(rhs, wrt=1))
```

{machine}

{versions}
"""


def _versions():
    names = ("numpy", "scipy", "statsmodels", "scikit-learn")
    return ", ".join(f"{name} {version(name)}" for name in names)


def run():
    from ..report import machine
    from . import collection, likelihoods, overhead, regression, seven

    page = [HEAD.format(machine=machine(), versions=_versions())]
    sections = [lambda n=n: seven.section(n) for n in seven.SIZES]
    others = (overhead, collection, regression, likelihoods)
    for section in (*sections, *(m.section for m in others)):
        page.append(f"{section()}\n")
        print(page[-1], flush=True)
    PAGE.write_text("\n".join(page), encoding="utf-8")
    return f"written: {PAGE.name}"
