"""What the driver costs: one evaluation in `minimize` beside one call of `gradient(f)`."""

from time import perf_counter

import numpy as np

from dfdx import gradient
from dfdx.calculus.flat import Flat
from dfdx.descent.minimum import History
from dfdx.descent.watch import Watch

from ..report import Section, number
from .problems import problems


def _best(run, turns=300):
    best = np.inf
    for k in range(turns):
        start = perf_counter()
        run(k)
        best = min(best, perf_counter() - start)
    return 1e6 * best


def section():
    rows = [
        ("100 variables", "f, µs", "gradient(f), µs", "in minimize, traced", "in minimize, planned")
    ]
    for name, f, x0 in problems(100):
        slope, x0 = gradient(f), x0 + 0.01
        times = [_best(lambda k, f=f, x0=x0: f(x0))]
        times.append(_best(lambda k, slope=slope, x0=x0: slope(x0 + 1e-6 * k)))
        for planned in (False, True):
            flat = Flat(f, (x0,), {})
            flat._traces = 0 if planned else 1000  # no plan is made after so many
            watch = Watch(flat, History.of(100))
            watch.start(x0)
            watch.history.add(x0, *watch.last[1:2], 0.0)

            def one(k, watch=watch, x0=x0):
                there = x0 + 1e-6 * (k + 1)
                watch.value(there)
                watch.slope(there)
                watch.step(there)

            times.append(_best(one))
        rows.append((name, *(number(t) for t in times)))
    more = max(float(r[3]) - float(r[2]) for r in rows[1:])
    return Section(
        "The driver",
        "One evaluation as a solver makes it: the value, then the gradient, then the step with its row of "
        "history. Traced: each gradient from a fresh trace, as `gradient(f)` does. Planned: as `minimize` "
        "goes on after three traces of a smooth function, f called plainly beside it.",
        rows,
        f"Over the gradient itself, a traced evaluation takes {number(max(more, 0.0))} µs more at most.",
    )
