"""python -m benchmarks.black_boxes [programs] [seed]: dfdx alone, and every case in which it fails.

Needs no peers. Without numbers the suite, the families, and 300 random programs from seed 1.
"""

import sys
import warnings

from .cases import CASES
from .families import drawn
from .faults import GRADES, fault, line
from .ours import CONTESTANTS
from .outcome import ask_all, middle, share
from .programs import programs


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


def main(count="300", seed="1"):
    warnings.simplefilter("ignore")
    report("suite", CASES)
    report("families", drawn(max(1, int(count) // 30), int(seed)))
    cases, _ = programs(int(count), int(seed))
    report("programs", cases)
    for noise in ("point", "random"):
        cases, _ = programs(int(count) // 3, int(seed), noise)
        report(f"programs, noise by {noise}", cases)


if __name__ == "__main__":
    main(*sys.argv[1:])
