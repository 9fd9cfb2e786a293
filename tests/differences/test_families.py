"""Functions made to mislead who samples: fresh ones of every family."""

import warnings

import pytest
from benchmarks.black_boxes.families import FAMILIES, drawn
from benchmarks.black_boxes.ours import real_samples
from benchmarks.black_boxes.outcome import ask
from benchmarks.black_boxes.summary import Summary

STEPS = {"family: decimals", "family: staircase"}  # 0 is a slope too, of what is seen in the small


@pytest.fixture(scope="module")
def scores():
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return [ask(real_samples, case) for case in drawn(5, 41)]


def test_every_family_is_there(scores):
    assert len(scores) == 5 * len(FAMILIES) > 100


def test_no_crash_and_nothing_silently_wrong(scores):
    assert not [s for s in scores if s.outcome.crash]
    assert not [s for s in scores if s.wrong and s.case.group not in STEPS]
    assert sum(s.wrong for s in scores) <= 3  # of ten staircases


def test_bars_hold(scores):
    assert Summary.of(scores).covered >= 0.97


def test_what_does_not_exist_is_told(scores):
    s = Summary.of(scores)
    assert len(s.missing) == 15 == s.told
    assert s.named >= 14
    assert s.most_calls <= 130
