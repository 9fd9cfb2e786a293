"""Difference formulas: exact weights, the truncation term, the noise, the best step."""

import math
import pickle
import random
from fractions import Fraction

import mpmath
import numpy as np
import pytest

from dfdx.differences import Stencil, backward, central, forward, weights


def test_known_weights():
    """Fornberg (1988), tables 1 and 3."""
    third, twelfth = Fraction(1, 3), Fraction(1, 12)
    assert weights(range(-2, 3), 1) == (twelfth, -2 * third, 0, 2 * third, -twelfth)
    assert weights((0, 1, 2, 3), 1) == (Fraction(-11, 6), 3, Fraction(-3, 2), third)
    assert weights((-1, 0, 1), 2) == (1, -2, 1)
    assert weights((-0.5, 0.5), 0) == (Fraction(1, 2), Fraction(1, 2))


@pytest.mark.parametrize("seed", range(20))
def test_a_formula_is_exact_for_powers_and_off_by_its_truncation_term(seed):
    rng = random.Random(seed)
    offsets = rng.sample([Fraction(p, q) for p in range(-9, 10) for q in (1, 3)], rng.randint(2, 7))
    offsets = list(dict.fromkeys(offsets))
    order = rng.randrange(1, len(offsets)) if len(offsets) > 2 else 1
    s = Stencil(offsets, order)
    c, m = s.truncation
    for k in range(m + 1):
        total = sum(w * o**k for o, w in zip(s.offsets, s.weights, strict=True))
        expected = math.factorial(k) * ((k == order) + (c if k == m else 0))
        assert total == expected
    assert m == order + s.accuracy


@pytest.mark.parametrize("make", [forward, backward, central])
@pytest.mark.parametrize("order", [1, 2, 3, 4])
@pytest.mark.parametrize("accuracy", [2, 4])
def test_the_makers_keep_their_word(make, order, accuracy):
    s = make(order, accuracy)
    assert s.accuracy == accuracy and s.order == order
    assert all(o >= 0 for o in s.offsets) or make is not forward
    assert all(o <= 0 for o in s.offsets) or make is not backward
    got, h = s(math.exp, 0.3, 2.0**-4), 2.0**-4
    c, m = s.truncation
    expected = math.exp(0.3) * (1 + float(c) * h ** (m - order))
    assert got == pytest.approx(expected, rel=20 * h ** (accuracy + 1))


def test_the_error_at_the_best_step_is_the_least():
    for s in (forward(1), central(1), central(1, 4), central(2)):
        best = s.best_step(1.1e-16 * math.e, math.e)
        elsewhere = [_typical_error(s, best * 2.0**k) for k in (-6, -3, 3, 6)]
        assert _typical_error(s, best) < 3 * min(elsewhere)


def _typical_error(s, h):
    """The mean error of the formula for exp at 1, over steps near h."""
    with mpmath.workdps(40):
        return sum(abs(s(math.exp, 1.0, h * (1 + k / 97)) - mpmath.e) for k in range(20)) / 20


def test_noise_is_amplified_as_stated():
    rng = np.random.default_rng(0)
    s, h, eps = central(2, 4), 0.1, 1e-3
    seen = [s(lambda x: eps * rng.choice([-1.0, 1.0]), 0.0, h) for _ in range(300)]
    most = float(s.amplification) * eps / h**2
    assert 0.4 * most < max(map(abs, seen)) <= most * (1 + 1e-12)


def test_arrays_of_points():
    x = np.linspace(0.1, 1, 5)
    assert np.allclose(central(1, 6)(np.sin, x, 1e-2), np.cos(x), rtol=1e-12)


def test_text_of_places_that_are_no_whole_steps():
    s = Stencil((Fraction(-1, 2), Fraction(1, 2)), 1)
    assert str(s) == "f′(x) = [f(x + h/2) − f(x − h/2)] / h − h²/24 f‴(x) + …"
    assert s.latex() == (
        r"f'(x) = \frac{f(x + \frac{h}{2}) - f(x - \frac{h}{2})}{h} - \frac{h^2}{24} f'''(x) + \cdots"
    )
    assert str(Stencil((0, 0.1), 1)) == "f′(x) = [10f(x + h/10) − 10f(x)] / h − h/20 f″(x) + …"


def test_equal_and_pickled():
    s = central(3, 4)
    assert pickle.loads(pickle.dumps(s)) == s == Stencil(s.offsets, 3) != central(3)
    assert len({s, Stencil(s.offsets, 3)}) == 1
    with pytest.raises(AttributeError, match="does not change"):
        s.order = 2


@pytest.mark.parametrize(
    ("offsets", "order", "words"),
    [
        ((0, 1, 1), 1, "stands twice"),
        ((0, 0.5, Fraction(1, 2)), 1, "stands twice"),
        ((0, 1), 2, "needs at least 3 places, not 2"),
        ((), 0, "needs at least 1"),
        ((0, math.inf), 1, "finite numbers"),
        ((0, None), 1, "finite numbers"),
        ((0, 1), -1, "whole number"),
        ((0, 1), 1.0, "whole number"),
    ],
)
def test_errors_of_weights(offsets, order, words):
    with pytest.raises(ValueError, match=words):
        weights(offsets, order)


def test_errors_of_formulas():
    with pytest.raises(ValueError, match="even accuracy"):
        central(1, 3)
    with pytest.raises(ValueError, match="whole number"):
        forward(0)
    with pytest.raises(ValueError, match="order is 1 or more"):
        Stencil((0, 1), 0)
    with pytest.raises(ValueError, match="lost beside"):
        central(1)(math.exp, 1.0, 1e-20)
    with pytest.raises(ValueError, match="best_step"):
        central(1).best_step(0.0)
