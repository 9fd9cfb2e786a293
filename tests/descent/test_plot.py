"""The pictures of a search show what happened."""

import numpy as np
import pytest

from dfdx import descend, train

pytest.importorskip("matplotlib").use("Agg")


def test_a_way_over_contours_and_a_value_by_step():
    def valley(x):
        return (1 - x[0]) ** 2 + 100 * (x[1] - x[0] ** 2) ** 2

    found = descend(valley, np.array([-1.2, 1.0]), method="newton")
    way = found.plot().lines[0]
    assert np.array_equal(np.array(way.get_data()).T, found.history.points)
    by_step = descend(lambda x: (x**2).sum(), np.ones(5)).plot()
    assert by_step.get_xlabel() == "step"


def test_a_loss_and_its_validation():
    x = np.linspace(0, 1, 50)
    found = train(lambda p, x: np.mean((p * x - 2 * x) ** 2), 0.5, x, epochs=3, validation=x)
    loss, asked = found.plot().lines
    assert np.array_equal(loss.get_ydata(), found.history.value)
    assert [*zip(*asked.get_data(), strict=True)] == found.history.validation
