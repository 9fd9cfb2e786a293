"""The page docs/black_boxes.md: every contestant on every class of cases, goals beside them."""

import os
from importlib.metadata import PackageNotFoundError, version
from math import isfinite
from pathlib import Path

from ..report import machine, number, table
from . import cost, ours, peers
from .cases import CASES
from .families import FAMILIES, drawn
from .faults import fault, line
from .noise import restart
from .outcome import ask_all
from .programs import REASONS, programs
from .summary import Summary

PAGE = Path(__file__).resolve().parents[2] / "docs" / "black_boxes.md"
COUNT = int(os.environ.get("PROGRAMS", "1000"))
EACH = max(2, COUNT // 50)
SEED = int(os.environ.get("SEED", "20260000"))
NAMES = (
    "dfdx",
    "numdifftools",
    "scipy",
    "jacobi",
    "derivkit",
    "fdm",
    "statsmodels",
    "numpy",
    "mpmath",
)
CONTESTANTS = {**ours.CONTESTANTS, **peers.CONTESTANTS}
OURS = tuple(ours.CONTESTANTS)
NOISE = ("noisy", "random", "single, rounded", "solver")
PROGRAMS = ("smooth", "special", "program")
HEAD = """# Black boxes: derivatives of what can only be called

Written by `python -m benchmarks black_boxes` (the programs are in `benchmarks/black_boxes/`);
`PROGRAMS=` and `SEED=` in the environment choose how many random programs there are and from which seed.

{machine}

{versions}

{count} cases in {groups} classes, each with the true derivative to 20 digits and more: the function
itself is run with hundreds of digits in mpmath, or a formula is. {programs} random programs (variables,
branches, loops, inner functions; seed {seed}), and {noisy} more with noise of 1e-12 to 1e-3 of their
value, half of it the same at the same point, half new at every call. {families} families
of functions made to mislead who samples
(saw teeth, kinks just beside the point, narrow bells, staircases), {each} of each.

* **digits** of an answer: −log₁₀ of its relative error, at most 16; medians; an answer that is missing
  counts as 0.
* **evaluations** of the function, the median.
* **bar holds**: the true error is at most the stated error. Some libraries state none.
* **bar / error**: how many times as large as the true error the stated one is, the median.
* **silently wrong**: fewer than 2 digits and no flag. A flag is an exception, NaN, a failed status, a
  warning, a stated error of 1 % or more of the value and of the truth, or one that covers the true error.
* **crash**: an exception where there is a derivative, or no answer within 5 seconds. **refused**: the
  library says that it has no answer.

dfdx runs three times: `method="differences"` with a function that refuses complex numbers; the same with
the function as it is; and `derivative(f).estimate(x)`, which differentiates exactly where it can follow
the code. The others get, one at a time, plain floats, since this is what the code of the cases takes,
and their defaults.
{left_out}
"""


def write():
    """Runs everything, writes the page, gives its text."""
    suite, clean, noisy, unkind, left_out = _run()
    parts = [
        _head(left_out),
        "## Goals\n",
        _goals(suite, clean, noisy, unkind),
        "\n## The suite, class by class\n",
        "Digits / evaluations, medians; silently wrong answers in bold behind them.\n",
        _classes(suite),
        "\n## How far the answers can be trusted\n",
        _trust(suite, clean, noisy, unkind),
        "\n## Where there is no derivative\n",
        _existence(suite),
        "\n## Time and many variables\n",
        _costs(),
        "\n## What dfdx does not do well\n",
        _faults(suite, clean, noisy, unkind),
    ]
    text = "\n".join(parts) + "\n"
    PAGE.write_text(text, encoding="utf-8")
    return text


def _run():
    clean, left_out = programs(COUNT, SEED)
    restart(SEED)
    noisy = [c for kind in ("point", "random") for c in programs(COUNT // 4, SEED, kind)[0]]
    unkind = drawn(EACH, SEED)
    for case in (*CASES, *clean, *noisy, *unkind):
        _ = case.answer
    results = []
    for cases in (CASES, clean, noisy, unkind):
        found = {name: ask_all(contestant, cases) for name, contestant in CONTESTANTS.items()}
        results.append(found)
    return *results, left_out


def _head(left_out):
    total = sum(left_out.values())
    reasons = "; ".join(f"{left_out[k]} {text}" for k, text in REASONS.items())
    said = f"\nOf the random programs {total} were left out to get {COUNT}: {reasons}."
    return HEAD.format(
        machine=machine(),
        versions=", ".join(f"{name} {_version(name)}" for name in NAMES),
        count=len(CASES),
        groups=len({c.group for c in CASES}),
        programs=COUNT,
        noisy=COUNT // 4 * 2,
        seed=SEED,
        families=len(FAMILIES),
        each=EACH,
        left_out=said,
    )


def _version(name):
    try:
        return version(name)
    except PackageNotFoundError:
        return "(not installed)"


def _cell(summary):
    if not summary.scores or summary.digits is None:
        return "–"
    wrong = f" **{summary.wrong}**" if summary.wrong else ""
    return f"{summary.digits:.1f} / {summary.calls:.0f}{wrong}"


def _percent(x):
    return "–" if x is None else f"{100 * x:.1f} %"


def _row(title, goal, results, show):
    return (title, goal, *(show(results[name]) for name in CONTESTANTS))


def _goals(suite, clean, noisy, unkind):
    exact = [c.group for c in CASES if c.group not in NOISE]
    denied = {
        name: sum(Summary.of(part[name]).denied for part in (suite, unkind)) for name in CONTESTANTS
    }
    order_1 = lambda scores: [s for s in scores if s.case.order == 1]
    rows = [("", "goal", *CONTESTANTS)]
    rows += [
        _row("smooth, special, programs", "14.0 / 22; 15.7 / 10 complex or exact", suite,
             lambda s: _cell(Summary.of(s, *PROGRAMS))),
        _row("all without noise, order 1", "", suite,
             lambda s: _cell(Summary.of(order_1(s), *exact))),
        _row("random programs", "13.8 / 30", clean, lambda s: _cell(Summary.of(s))),
        _row("orders 2 to 6", "11.5; 13 complex or exact", suite,
             lambda s: _cell(Summary.of(s, "orders 2 to 6"))),
        _row("bar holds, suite", "100 %", suite, lambda s: _percent(Summary.of(s).covered)),
        _row("bar holds, random programs", "99.5 %", clean, lambda s: _percent(Summary.of(s).covered)),
        _row("bar holds, noisy programs", "", noisy, lambda s: _percent(Summary.of(s).covered)),
        _row("bar / error, suite", "≤ 30", suite, lambda s: _times(Summary.of(s).width)),
        _row("bar / error, random programs", "≤ 30", clean, lambda s: _times(Summary.of(s).width)),
        _row("silently wrong, suite", "0", suite, lambda s: str(Summary.of(s).wrong)),
        _row(f"silently wrong of {COUNT} programs", "≤ 1 per 1000", clean,
             lambda s: str(Summary.of(s).wrong)),
        _row(f"silently wrong of {COUNT // 4 * 2} noisy ones", "≤ 1 per 1000", noisy,
             lambda s: str(Summary.of(s).wrong)),
        _row("denied though it exists, suite and families", "0", denied, str),
        _row("silently wrong, families", "", unkind, lambda s: str(Summary.of(s).wrong)),
        _row("no derivative: told, suite", "all", suite, _told),
        _row("no derivative: told, families", "", unkind, _told),
        _row("crashes", "0", suite, lambda s: str(Summary.of(s).crashes)),
    ]  # fmt: skip
    return table(rows)


def _times(x):
    return "–" if x is None else number(x) if isfinite(x) else "∞"


def _told(scores):
    s = Summary.of(scores)
    return f"{s.told} of {len(s.missing)}"


def _classes(suite):
    groups = list(dict.fromkeys(c.group for c in CASES if c.exists))
    rows = [("", "cases", *CONTESTANTS)]
    for group in groups:
        cells = (_cell(Summary.of(suite[name], group)) for name in CONTESTANTS)
        rows.append((group, str(sum(c.group == group for c in CASES)), *cells))
    return table(rows)


def _trust(suite, clean, noisy, unkind):
    head = (
        "",
        "digits",
        "evaluations",
        "bar holds",
        "bar / error",
        "silently wrong",
        "crash",
        "refused",
    )
    parts = []
    for title, results in (
        (f"The suite, {sum(c.exists for c in CASES)} cases with a derivative", suite),
        (f"{COUNT} random programs", clean),
        (f"{COUNT // 4 * 2} noisy programs", noisy),
        ("The families made to mislead", unkind),
    ):
        rows = [head]
        for name in CONTESTANTS:
            s = Summary.of(results[name])
            if s.digits is None:
                continue
            rows.append((name, f"{s.digits:.1f}", f"{s.calls:.0f}", _percent(s.covered),
                         _times(s.width), str(s.wrong), str(s.crashes), str(s.refused)))  # fmt: skip
        parts.append(f"**{title}**\n\n{table(rows)}\n")
    return "\n".join(parts)


def _existence(suite):
    rows = [("", "told", "by name, both sides right to 1e-8", "evaluations at most")]
    for name in CONTESTANTS:
        s = Summary.of(suite[name])
        sides = f"{s.named} of {len(s.missing)}" if name in OURS else "–"
        rows.append((name, _told(suite[name]), sides, str(s.most_calls or "–")))
    return (
        "Kinks, jumps, cusps, vertical tangents, oscillation, holes. An exception, NaN or a stated error of "
        "1 % or more counts as told.\n\n" + table(rows)
    )


def _costs():
    times = sorted(cost.overhead().items(), key=lambda item: item[1])
    rows = [("one derivative of x²/2 + 1/x", "a forward difference = 1 (goal: 60)")]
    rows += [(name, number(ratio)) for name, ratio in times]
    many = [(f"{cost.SIZE} variables", "", "evaluations", "digits")]
    many += [
        (what, name, str(calls), digits) for what, name, calls, digits in cost.many_variables()
    ]
    return (
        table(rows)
        + "\n\nGoals: gradient 145 evaluations where complex numbers are safe, else 13 digits in "
        "1,500; Hessian at most 30,000 for 12 digits.\n\n" + table(many)
    )


def _faults(*parts):
    lines = []
    for name in OURS:
        found = [s for part in parts for s in part[name]]
        told = [f"* {fault(s)}: {line(s)}" for s in found if fault(s) not in (None, "REFUSED")]
        lines.append(f"**{name}**: {len(told)} faults of {len(found)}\n")
        lines += [*told[:20], *([f"* … and {len(told) - 20} more"] if len(told) > 20 else []), ""]
    return "\n".join(lines)
