"""Every operator answers also where a function cannot be traced, and says how."""

import math
from dataclasses import dataclass

import numpy as np
import pytest

import dfdx
from dfdx import (
    curl,
    directional_derivative,
    divergence,
    gradient,
    hessian,
    jacobian,
    laplacian,
    tangent,
    taylor,
)


def hidden(x):
    """x, by a way that no trace sees."""
    return float(" " + str(x))


def scalar(x, y):
    return math.sin(x) * y**2 + math.exp(x * y)


def opaque_scalar(x, y):
    return scalar(hidden(x), hidden(y))


def field(x, y):
    return [x * y**2, math.sin(x) + y]


def opaque_field(x, y):
    return field(hidden(x), hidden(y))


POINT = (0.7, 1.3)
SCALAR = [gradient, hessian, laplacian]
FIELD = [jacobian, divergence, curl]


def flat(value):
    if isinstance(value, (list, tuple)):
        return np.concatenate([flat(v) for v in value])
    return np.ravel(value)


@pytest.mark.parametrize("method", [None, "differences"])
@pytest.mark.parametrize("operator", SCALAR + FIELD)
def test_every_operator_answers_from_samples_within_its_error(operator, method):
    f, plain = (opaque_scalar, scalar) if operator in SCALAR else (opaque_field, field)
    found = operator(f, method=method).estimate(*POINT)
    exact = flat(operator(plain)(*POINT))
    assert found.method.startswith("differences")
    assert found.evaluations > 4
    assert flat(operator(f)(*POINT)) == pytest.approx(exact, rel=1e-8)
    assert (np.abs(flat(found.value) - exact) <= flat(found.error) + 1e-15 * np.abs(exact)).all()
    assert (flat(found.error) < 1e-6).all()


@pytest.mark.parametrize("operator", SCALAR + FIELD + [taylor])
def test_exact_is_refused_where_there_is_none(operator):
    f = opaque_scalar if operator in SCALAR else opaque_field
    with pytest.raises(dfdx.NotTraceable):
        if operator is taylor:
            taylor(lambda x: hidden(x) ** 2, method="exact")(1.0)
        else:
            operator(f, method="exact")(*POINT)


def test_the_answer_says_why_it_is_sampled():
    found = jacobian(opaque_field).estimate(*POINT)
    assert any("could not be traced" in note or "looked into" in note for note in found.notes)
    asked = jacobian(field, method="differences").estimate(*POINT)
    assert not any("traced" in note for note in asked.notes)


def test_a_series_from_samples():
    found = taylor(lambda x: math.exp(hidden(x)), order=6, method="differences").estimate(0.5)
    exact = [math.exp(0.5) / math.factorial(k) for k in range(7)]
    for c, e, true in zip(found.value.coefficients, found.error, exact, strict=True):
        assert abs(c - true) <= e < 1e-6


def test_a_tangent_from_samples():
    line = tangent(opaque_field, *POINT, method="differences")
    exact = tangent(field, *POINT)
    assert line.value == exact.value
    assert line.push(1.0, -2.0) == pytest.approx(exact.push(1.0, -2.0), rel=1e-11)
    assert line.pull([1.0, 3.0]) == pytest.approx(exact.pull([1.0, 3.0]), rel=1e-11)
    assert flat(line.matrix) == pytest.approx(flat(exact.matrix), rel=1e-11, abs=1e-13)
    assert line(0.8, 1.2) == pytest.approx(exact(0.8, 1.2), rel=1e-11)
    assert line.push(0.0, 0.0) == [0.0, 0.0]
    height = tangent(lambda x: hidden(x) ** 3, 2.0, method="differences")
    assert height.slope == pytest.approx(12.0, rel=1e-12)
    assert height(3.0) == pytest.approx(20.0, rel=1e-12)
    assert flat(tangent(opaque_field).estimate(*POINT).error).max() < 1e-10


def test_a_slope_along_a_direction_from_samples():
    along = (3.0, -4.0)
    found = directional_derivative(opaque_scalar, along=along).estimate(*POINT)
    exact = directional_derivative(scalar, along=along)(*POINT)
    assert abs(found.value - exact) <= found.error < 1e-10
    several = directional_derivative(opaque_field, along=along, method="differences")(*POINT)
    assert several == pytest.approx(directional_derivative(field, along=along)(*POINT), rel=1e-11)


@dataclass
class Box:
    width: float
    sides: np.ndarray


def test_structures_keep_their_form():
    def volume(box, scale):
        return hidden(box.width) * sum(hidden(s) ** 2 for s in box.sides) * hidden(scale["by"])

    found = gradient(volume)(Box(2.0, np.array([1.0, 3.0])), {"by": 0.5})
    assert isinstance(found[0], Box)
    assert found[0].width == pytest.approx(5.0, rel=1e-12)
    assert found[0].sides == pytest.approx([2.0, 6.0], rel=1e-12)
    assert found[1]["by"] == pytest.approx(20.0, rel=1e-12)
    table = jacobian(lambda p: {"a": hidden(p["x"]) * p["y"], "b": p["y"]}, method="differences")(
        {"x": 2.0, "y": np.array([1.0, 2.0])}
    )
    assert table["a"]["x"] == pytest.approx([1.0, 2.0], rel=1e-12)
    assert table["a"]["y"] == pytest.approx(2 * np.eye(2), rel=1e-12, abs=1e-12)
    assert table["b"]["y"] == pytest.approx(np.eye(2), abs=1e-12)


def test_what_the_plain_function_raises_is_raised():
    def f(x, y):
        raise KeyError("no such table")

    for operator in (gradient, jacobian, hessian, laplacian, divergence, tangent):
        with pytest.raises(KeyError, match="no such table"):
            operator(f)(1.0, 2.0)


def test_the_wrong_number_of_values_is_told():
    with pytest.raises(TypeError, match="gradient needs a function whose value is one number"):
        gradient(opaque_field)(*POINT)
    with pytest.raises(TypeError, match="one number"):
        hessian(opaque_field, method="differences")(*POINT)


@pytest.mark.parametrize("operator", SCALAR + FIELD + [tangent, taylor])
def test_options_are_checked_everywhere(operator):
    with pytest.raises(ValueError, match="rtol"):
        operator(scalar, rtol=-1.0)
    with pytest.raises(ValueError, match="method"):
        operator(scalar, method="guess")
    with pytest.raises(ValueError, match="workers"):
        operator(scalar, workers="many")


def test_samples_inside_another_derivative_are_taken_outside():
    def outer(x):
        return gradient(lambda u, v: hidden(u) ** 2 * v)(x, 3.0)[0]

    assert dfdx.derivative(outer)(2.0) == pytest.approx(6.0, rel=1e-6)
