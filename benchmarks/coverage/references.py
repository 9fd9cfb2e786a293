"""The reference of every case, without exact differentiation.

mpmath with 40 digits where the code permits it (the module's `math` is then
mpmath's), else differences of high order in every coordinate. Where both can be
had they must agree.
"""

import json
import signal
import sys
import warnings

import mpmath
from capture.corpus.collection import MODULES, REFERENCES, cases, numbers, rebuilt

from dfdx.differences.scalar import differentiate
from dfdx.errors import NotConverged

from .swapped import load


def by_differences(case):
    """`(slopes, error)` from samples along every coordinate."""
    values = numbers(case.point)
    slopes, error = [], 0.0
    for k, v in enumerate(values):

        def line(p, k=k):
            moved = [*values[:k], float(p), *values[k + 1 :]]
            return float(case.function(*rebuilt(case.point, iter(moved))))

        try:
            slope, bar, _ = differentiate(line, v)
        except NotConverged:  # a solver inside stops early: its noise needs wide steps
            slope, bar = with_wide_steps(line, v)
        slopes.append(float(slope))
        error = max(error, float(bar))
    return slopes, error


def with_wide_steps(line, x):
    """`(slope, error)` from steps of a hundredth; NotConverged where two such do not agree."""
    w = [1 / 280, -4 / 105, 1 / 5, -4 / 5, 0, 4 / 5, -1 / 5, 4 / 105, -1 / 280]
    one, two = (sum(a * line(x + (k - 4) * h) for k, a in enumerate(w)) / h for h in (0.01, 0.015))
    if abs(one - two) > 1e-4 * abs(two):
        raise NotConverged("wide steps do not agree")
    return two, 10 * abs(one - two) + 1e-9 * abs(two)


def by_mpmath(case):
    """The slopes from differences with 40 digits; None where the code needs plain floats."""
    with mpmath.workdps(40):
        values = [mpmath.mpf(v) for v in numbers(case.point)]
        slopes = []
        for k in range(len(values)):

            def value(t, k=k):
                moved = [*values[:k], values[k] + t, *values[k + 1 :]]
                return case.function(*rebuilt(case.point, iter(moved)))

            h = mpmath.mpf(10) ** -9
            ahead, behind = value(h), value(-h)
            if not isinstance(ahead, mpmath.mpf):
                return None
            wide = value(2 * h) - value(-2 * h)
            slopes.append(float((8 * (ahead - behind) - wide) / (12 * h)))
        return slopes


def reference(case, precise):
    slopes, error = None, None
    try:
        slopes, error = by_differences(case)
    except (NotConverged, ValueError) as e:
        print("no differences:", case.name, repr(e.__cause__ or e))
    if precise is not None:
        try:
            exact = by_mpmath(precise)
        except Exception:
            exact = None
        size = max(map(abs, exact), default=0.0) if exact else 0.0
        if exact and slopes is None:
            return {"slopes": exact, "error": 1e-13 * size, "source": "mpmath"}
        if exact and all(
            abs(a - b) <= 3 * error + 1e-12 * size for a, b in zip(exact, slopes, strict=True)
        ):
            return {"slopes": exact, "error": 1e-13 * size, "source": "mpmath"}
    if slopes is None:
        return None
    return {"slopes": slopes, "error": error, "source": "differences"}


def precise_cases(group):
    """The cases with mpmath in the place of math; None where the module cannot be had so."""
    try:
        module = load(group, {"math": mpmath})
        return cases(group, module)
    except Exception:
        return None


def main(groups):
    warnings.simplefilter("ignore")
    found = json.loads(REFERENCES.read_text()) if REFERENCES.exists() else {}
    for group in groups or MODULES:
        found = {k: v for k, v in found.items() if not k.startswith(group + ".")}
        precise = precise_cases(group)
        for case in cases(group):
            signal.alarm(120)
            r = reference(case, precise[case.place] if precise else None)
            signal.alarm(0)
            if r is None:
                print("no reference:", case.name)
                continue
            found[case.name] = r
        print(group, flush=True)
        lines = ",\n".join(f"{json.dumps(k)}: {json.dumps(v)}" for k, v in found.items())
        REFERENCES.write_text("{\n" + lines + "\n}\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
