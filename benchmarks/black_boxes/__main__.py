"""python -m benchmarks.black_boxes [programs] [seed]: dfdx alone, and every case in which it fails.

Needs no peers. Without numbers the suite and 300 random programs from seed 1.
"""

import sys
import warnings

from .cases import CASES
from .ours import CONTESTANTS
from .outcome import ask_all, middle, share
from .programs import programs

GRADES = ("WRONG", "NOT TOLD", "BAR TOO SMALL", "CRASH", "REFUSED", "ONE SIDE", "COUNT")


def fault(score):
    """What is wrong with an answer, the worst first, or None."""
    case, outcome = score.case, score.outcome
    if outcome.crash:
        return "CRASH"
    if not case.exists:
        return "NOT TOLD" if score.wrong else None if _sides(case, outcome) else "ONE SIDE"
    if score.wrong:
        return "WRONG"
    if score.covered is False:
        return "BAR TOO SMALL"
    if not score.answered:
        return "REFUSED"
    if outcome.stated_calls is not None and outcome.stated_calls != outcome.calls:
        return "COUNT"
    return None


def _sides(case, outcome):
    """Whether the one-sided derivatives that exist were told, to 8 digits."""
    pairs = ((case.left, outcome.left), (case.right, outcome.right))
    return all(_same(want, told) for want, told in pairs if want is not None)


def _same(want, told):
    if told is None:
        return False
    return want == told or abs(told - want) <= 1e-8 * max(abs(want), 1e-3)


def report(title, cases):
    for case in cases:
        _ = case.answer
    for name, contestant in CONTESTANTS.items():
        scores = ask_all(contestant, cases)
        there = [s for s in scores if s.case.exists]
        print(
            f"\n{title}, {name}: digits {middle(s.digits for s in there):.1f}, "
            f"calls {middle(s.outcome.calls for s in there)}, "
            f"bar holds {100 * (share(s.covered for s in there) or 0):.1f} %, "
            f"bar {middle(s.width for s in there if s.answered):.0f} times the error"
        )
        faults = [(fault(s), s) for s in scores]
        for grade in GRADES:
            for s in (s for found, s in faults if found == grade):
                print("   ", grade, "|", line(s))


def line(score):
    """A case and what was answered, in one line."""
    case, o = score.case, score.outcome
    want = "none" if not case.exists else f"{float(case.answer):.17g}"
    digits = "" if score.digits is None else f"{score.digits:.1f} digits"
    flag = o.crash or o.flag.partition("\n")[0][:100]
    said = flag or f"{o.value!r} ± {o.error:.2g}"
    sides = "" if case.exists else f" left {o.left} right {o.right}, want {case.left} {case.right}"
    at = f"{case.group}: {case.name} at {case.x!r}, order {case.order}"
    return f"{at}: {said}; true {want} {digits}{sides}; {o.calls} calls"


def main(count="300", seed="1"):
    warnings.simplefilter("ignore")
    report("suite", CASES)
    cases, _ = programs(int(count), int(seed))
    report("programs", cases)
    for noise in ("point", "random"):
        cases, _ = programs(int(count) // 3, int(seed), noise)
        report(f"programs, noise by {noise}", cases)


if __name__ == "__main__":
    main(*sys.argv[1:])
