"""Random programs: the true error is within the stated one, and no answer is silently wrong."""

import warnings

import mpmath
import pytest
from benchmarks.black_boxes.noise import restart
from benchmarks.black_boxes.ours import real_samples
from benchmarks.black_boxes.outcome import ask
from benchmarks.black_boxes.precise import derivative as truth
from benchmarks.black_boxes.programs import program, programs, source, written
from benchmarks.black_boxes.summary import Summary


def scores(count, seed, noise=None):
    restart(seed)
    cases, _ = programs(count, seed, noise)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return [ask(real_samples, case) for case in cases]


def test_clean_programs():
    found = scores(200, 31_000)
    assert not [s for s in found if s.outcome.crash]
    assert not [s for s in found if s.wrong]
    s = Summary.of(found)
    assert s.covered >= 0.995
    assert s.digits >= 13.5
    assert s.calls <= 37


@pytest.mark.parametrize("noise", ["point", "random"])
def test_noisy_programs(noise):
    found = scores(60, 52_000, noise)
    assert not [s for s in found if s.outcome.crash]
    assert not [s for s in found if s.wrong]
    assert Summary.of(found).covered >= 0.95


def test_the_truth_is_true():
    """Of a program that is generated, against mpmath's own derivative of the same text.

    There mpmath computes the constants of the program too, so they agree to the digits of these.
    """
    for seed in range(40, 60):
        case = program(seed)
        if isinstance(case, str):
            continue
        text, x = source(seed)
        names = {n: getattr(mpmath, n) for n in dir(mpmath) if not n.startswith("_")}
        with mpmath.workdps(50):
            math = type("math", (), {n: staticmethod(v) for n, v in names.items() if callable(v)})
            want = mpmath.diff(written(text, "program", math=math), mpmath.mpf(x))
            assert abs(case.answer - want) <= 1e-12 * abs(want)


def test_the_truth_of_a_derivative_of_high_order():
    with mpmath.workdps(30):
        assert abs(truth(lambda x: x**7, 1.5, 5) - 2520 * mpmath.mpf(1.5) ** 2) < 1e-20
