"""A race: contestants take turns, the best turn of each counts.

Turns are interleaved, so a slow moment of the machine hits everyone, and the
minimum is what a computation needs when nothing disturbs it. Before the clock
starts all must have given the same answer.
"""

from time import perf_counter
from types import MappingProxyType

import numpy as np


class WrongAnswer(AssertionError):
    """A contestant disagrees with the first one; it is not timed."""


def same(name, answer, expected, digits):
    """Raise unless the answers agree to so many digits, relative to the largest entry."""
    a, b = np.asarray(answer, float), np.asarray(expected, float)
    off = np.max(np.abs(a - b)) / np.max(np.abs(b)) if a.shape == b.shape else np.inf
    if not off <= 10.0**-digits:
        raise WrongAnswer(f"{name} is off by {off:.1e}")


def race(contestants, turns=15, budget=3.0, digits=MappingProxyType({})):
    """Seconds for one call of each contestant, a dict of name -> function without arguments.

    A contestant is called until it had its turns or used its budget of seconds.
    Answers agree to 9 digits, or to as many as `digits` says for a contestant that is
    approximate by nature; no answer at all (None) is compared with nothing.
    """
    answers = {name: run() for name, run in contestants.items()}
    expected = next(iter(answers.values()))
    for name, answer in answers.items():
        if expected is not None:
            same(name, answer, expected, digits.get(name, 9))
    best = dict.fromkeys(contestants, float("inf"))
    spent = dict.fromkeys(contestants, 0.0)
    for _ in range(turns):
        for name, run in contestants.items():
            if spent[name] < budget:
                start = perf_counter()
                run()
                took = perf_counter() - start
                spent[name] += took
                best[name] = min(best[name], took)
    return best
