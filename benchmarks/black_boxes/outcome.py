"""One answer to one case, and what is said of many.

An answer is *flagged* where the library lets its user know that it may be no good: an
exception, a value that is not finite, a failed status, a warning, or a stated error of at
least 1 % of the value. It is *silently wrong* with fewer than 2 digits and no flag.
"""

import warnings
from dataclasses import dataclass, replace
from math import inf, isfinite, isnan, log10
from multiprocessing import Pipe, get_context
from statistics import median

from mpmath import mp

FULL = 16.0  # digits of a float
SECONDS = 5  # for one answer; longer counts as a crash


class Counted:
    """The function as a box: floats in, floats out, calls counted."""

    def __init__(self, f):
        self.f = f
        self.calls = 0

    def __call__(self, x):
        self.calls += 1
        return self.f(x)


@dataclass(frozen=True)
class Outcome:
    """What a contestant said: value, stated error (None: states none), calls, and the flag."""

    value: float | None
    error: float | None
    calls: int
    flag: str = ""
    crash: str = ""
    left: float | None = None
    right: float | None = None
    method: str = ""
    stated_calls: int | None = None


@dataclass(frozen=True)
class Score:
    """An outcome compared with the truth."""

    case: object
    outcome: Outcome
    digits: float | None  # of an answer; None where none was given
    off: float | None  # the true error
    flagged: bool

    @property
    def answered(self):
        return self.digits is not None

    @property
    def covered(self):
        """Whether the true error is at most the stated one; None where nothing is stated."""
        if not self.answered or self.outcome.error is None:
            return None
        return self.off <= self.outcome.error

    @property
    def wrong(self):
        """Silently wrong."""
        if not self.case.exists:
            return self.answered and not self.flagged
        return self.answered and self.digits < 2 and not self.flagged and not self.covered

    @property
    def width(self):
        """The stated error as a multiple of the true one."""
        if self.covered is None:
            return None
        return self.outcome.error / max(self.off, 1e-320)


def ask(contestant, case):
    """The Score of a contestant's answer to a case."""
    return score(case, *answer(contestant, case))


def answer(contestant, case):
    """The Outcome, and whether a warning told that it may be no good."""
    box = Counted(case.f)
    with warnings.catch_warnings(record=True) as seen:
        warnings.simplefilter("always")
        try:
            outcome = contestant(case.f, box, case.x, case.order)
        except Exception as error:
            outcome = Outcome(None, None, box.calls, crash=f"{type(error).__name__}: {error}"[:120])
    return outcome, any(w.category.__name__ in _TELLING for w in seen)


def ask_all(contestant, cases):
    """The Scores of many cases, found in a process of its own that may hang or die."""
    scores = []
    while len(scores) < len(cases):
        ours, theirs = Pipe(duplex=False)
        child = get_context("fork").Process(
            target=_send, args=(contestant, cases[len(scores) :], theirs), daemon=True
        )
        child.start()
        theirs.close()
        try:
            while len(scores) < len(cases) and ours.poll(SECONDS):
                scores.append(score(cases[len(scores)], *ours.recv()))
        except EOFError:  # it died
            pass
        if len(scores) < len(cases):
            lost = Outcome(None, None, 0, crash=f"hangs: no answer within {SECONDS} seconds")
            scores.append(score(cases[len(scores)], lost))
        child.kill()
        child.join()
        ours.close()
    return scores


def _send(contestant, cases, pipe):
    for case in cases:
        pipe.send(answer(contestant, case))


_TELLING = ("AccuracyWarning", "IntegrationWarning", "ConvergenceWarning")


def score(case, outcome, warned=False):
    """Compare with the truth."""
    value, stated = outcome.value, outcome.error
    if value is None or not isfinite(value):
        return Score(case, outcome, None, None, True)
    size = float(abs(case.answer) or case.scale) if case.exists else 0.0
    if stated is not None and isnan(stated):
        outcome = replace(outcome, error=None, flag="the stated error is nan")
        stated = None
    telling = stated is not None and not stated < 1e-2 * max(abs(value), size)
    flagged = bool(outcome.flag) or warned or telling
    if not case.exists:
        return Score(case, outcome, 0.0, inf, flagged)
    off = abs(mp.mpf(value) - case.answer)
    relative = float(off / (abs(case.answer) or case.scale))
    off = 0.0 if relative < 1e-30 else max(0.0, float(off) - case.blur)
    digits = min(FULL, -log10(max(relative, 1e-16)))
    return Score(case, outcome, max(digits, 0.0), off, flagged)


def middle(values):
    """The median, or None of nothing."""
    values = [v for v in values if v is not None]
    return median(values) if values else None


def share(values):
    """The part that is true of those that are not None, or None."""
    values = [bool(v) for v in values if v is not None]
    return sum(values) / len(values) if values else None
