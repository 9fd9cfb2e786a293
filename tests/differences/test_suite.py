"""The suite of black boxes: every answer within its bar, none silently wrong, what does not exist told."""

import warnings

import pytest
from benchmarks.black_boxes.cases import CASES
from benchmarks.black_boxes.noise import restart
from benchmarks.black_boxes.ours import CONTESTANTS, real_samples
from benchmarks.black_boxes.outcome import ask
from benchmarks.black_boxes.summary import Summary, sides_right

WAYS = {name.partition(", ")[2]: ask_this for name, ask_this in CONTESTANTS.items()}

UNSEEN = {("2F1", "complex allowed")}


@pytest.fixture(autouse=True)
def the_same_every_time():
    restart(7)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # functions that leave their domain warn of it
        yield


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("case", CASES, ids=lambda c: f"{c.group}: {c.name}")
def test_the_answer_or_its_bar_is_right(case, way):
    score = ask(WAYS[way], case)
    outcome = score.outcome
    assert not outcome.crash
    if case.exists:
        assert not score.wrong, outcome
        assert outcome.method != "denied" or case.group == "looks broken", outcome.flag
        if (case.name, way) in UNSEEN and score.covered is False:
            pytest.xfail("SciPy's complex 2F1 is off in the 13th digit, and its neighbours alike")
        assert score.covered is not False, f"off by {score.off:.2g}: {outcome}"
    else:
        assert not score.answered or score.flagged, outcome
        assert outcome.calls <= 130 * case.order
    if outcome.stated_calls is not None and way != "as it comes":
        assert outcome.stated_calls == outcome.calls


@pytest.mark.parametrize("case", [c for c in CASES if not c.exists], ids=lambda c: c.name)
def test_both_sides_are_told(case):
    score = ask(real_samples, case)
    assert not score.answered, score.outcome
    assert sides_right(score), score.outcome


QUIET = {"noisy", "random", "single, rounded", "solver", "looks broken"}
HARD = {"sin 1e9 x"}  # a wave of 6e-9 at 0.1, its argument rounded to 1e-8 of a wave


@pytest.mark.parametrize(
    "case", [c for c in CASES if c.exists and c.group not in QUIET], ids=lambda c: c.name
)
def test_a_derivative_that_exists_is_found(case):
    assert ask(real_samples, case).answered or case.name in HARD


def test_digits_and_calls():
    """The medians of the goals, with room for other machines."""
    scores = [ask(real_samples, c) for c in CASES if c.group in ("smooth", "special", "program")]
    s = Summary.of(scores)
    assert s.digits >= 13.7
    assert s.calls <= 37
    s = Summary.of([ask(real_samples, c) for c in CASES if c.group == "orders 2 to 6"])
    assert s.digits >= 11.5
