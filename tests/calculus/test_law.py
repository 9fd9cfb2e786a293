"""The one law: op(f, *point) == op(f)(*point), for every operator."""

import numpy as np
import pytest

import dfdx


def wave(x):
    return np.sin(x) * x**2 + 1 / (1 + x * x)


def surface(x, z):
    return 2 * z**3 * x**2


def norm2(v):
    return (v * v).sum() * v[0]


CASES = [
    (dfdx.derivative, wave, (0.7,), {}),
    (dfdx.derivative, wave, (0.7,), {"order": 3}),
    (dfdx.derivative, wave, (0.7,), {"side": "left"}),
    (dfdx.derivative, wave, (0.7,), {"method": "differences"}),
    (dfdx.gradient, surface, (1.0, 2.0), {}),
    (dfdx.gradient, surface, (1.0, 2.0), {"wrt": "z"}),
    (dfdx.gradient, norm2, (np.array([1.0, 2.0, 3.0]),), {}),
    (dfdx.jacobian, lambda x, y: (x * y, x - y), (3.0, 4.0), {}),
    (dfdx.hessian, surface, (1.0, 2.0), {}),
    (dfdx.hessian, norm2, (np.array([1.0, 2.0, 3.0]),), {}),
    (dfdx.directional_derivative, surface, (1.0, 2.0), {"along": (3, 4)}),
    (dfdx.laplacian, surface, (1.0, 2.0), {}),
    (dfdx.divergence, lambda x, y: (x * y, x - y), (3.0, 4.0), {}),
    (dfdx.curl, lambda x, y: (x * y, x - y), (3.0, 4.0), {}),
]


@pytest.mark.parametrize(("op", "f", "point", "options"), CASES)
def test_both_forms_agree(op, f, point, options):
    once, twice = op(f, *point, **options), op(f, **options)(*point)
    np.testing.assert_equal(once, twice)
    for a in point:
        assert a is not once  # an answer is never the caller's own array


def test_the_law_for_partial_tangent_and_taylor():
    assert dfdx.partial(surface, "z", 1, 2) == dfdx.partial(surface, "z")(1, 2) == 24.0
    assert dfdx.tangent(wave, 0.3).slope == dfdx.tangent(wave)(0.3).slope
    assert (
        dfdx.taylor(wave, 0.3, order=4).coefficients == dfdx.taylor(wave, order=4)(0.3).coefficients
    )


def test_options_belong_to_us_and_the_second_parenthesis_to_f():
    with pytest.raises(TypeError, match=r"second parenthesis: derivative\(f\)\(x, a="):
        dfdx.derivative(lambda x, a: a * x, 1.0, a=3)
    assert dfdx.derivative(lambda x, a: a * x)(1.0, a=3) == 3.0
    assert dfdx.derivative(lambda x, order: order * x)(1.0, order=5) == 5.0


def test_positional_varies_named_is_fixed():
    np.testing.assert_array_equal(dfdx.gradient(surface)(1.0, z=2.0), 32.0)
    np.testing.assert_array_equal(dfdx.gradient(surface)(1.0, 2.0), [32.0, 24.0])
    np.testing.assert_array_equal(dfdx.gradient(surface, wrt=(1, 0))(1.0, 2.0), [24.0, 32.0])
    assert dfdx.gradient(surface, wrt=0)(1.0, 2.0) == 32.0


def test_wrt_serves_scipy_minimize():
    from scipy.optimize import minimize

    def f(x, a, b):
        return (a - x[0]) ** 2 + b * (x[1] - x[0] ** 2) ** 2

    found = minimize(f, [-1.2, 1.0], args=(1.0, 100.0), jac=dfdx.gradient(f, wrt=0), method="BFGS")
    np.testing.assert_allclose(found.x, [1.0, 1.0], rtol=1e-6)


def test_names_and_reprs():
    d = dfdx.derivative(wave)
    assert d.__name__ == "derivative(wave)"
    assert repr(d) == "<derivative(wave)>"
    assert "derivative of wave" in d.__doc__
    assert dfdx.gradient(dfdx.derivative(wave)).__name__ == "gradient(derivative(wave))"


def test_inputs_are_never_modified_and_integers_are_promoted():
    x = np.array([3, 4])

    def f(v):
        v = v * 2
        return (v * v).sum()

    g = dfdx.gradient(f, x)
    np.testing.assert_array_equal(g, [24.0, 32.0])
    assert g.dtype == np.float64
    assert x.dtype.kind == "i"
    assert type(dfdx.derivative(lambda x: x**2, 3)) is float
    assert type(dfdx.derivative(lambda x: x**2, np.float32(3))) is float


def test_an_array_of_points_maps():
    xs = np.linspace(-3, 3, 101).reshape(1, 101)
    got = dfdx.derivative(wave)(xs)
    assert got.shape == xs.shape
    one = [dfdx.derivative(wave, float(x)) for x in xs.ravel()]
    np.testing.assert_allclose(got.ravel(), one, rtol=1e-13, atol=1e-14)
    assert dfdx.derivative(wave, []).shape == (0,)


def test_points_on_different_branches():
    calls = []

    def steps(x):
        calls.append(1)
        if x < 0:
            return x * x
        if x < 1:
            return x**3
        return 5 * x

    xs = np.linspace(-2, 2, 1001) + 1e-4
    want = np.where(xs < 0, 2 * xs, np.where(xs < 1, 3 * xs**2, 5.0))
    np.testing.assert_allclose(dfdx.derivative(steps)(xs), want, rtol=1e-14)
    assert len(calls) < 20  # one trace and one check per branch, not one per point


def test_a_function_that_changes_is_not_mapped_by_one_trace():
    def jumpy(x):
        jumpy.count += 1
        return x * jumpy.count

    jumpy.count = 0
    slopes = dfdx.derivative(jumpy)(np.arange(1.0, 9.0))
    assert len(set(slopes)) == 8  # every point was asked by itself


def test_higher_order_over_points_and_vector_values():
    np.testing.assert_allclose(
        dfdx.derivative(lambda x: x**4, [1.0, 2.0], order=2), [12.0, 48.0], rtol=1e-15
    )
    curve = dfdx.derivative(lambda t: np.stack([t, t * t, t**3]))
    np.testing.assert_allclose(curve(2.0), [1, 4, 12])
    np.testing.assert_allclose(curve([1.0, 2.0]), [[1, 2, 3], [1, 4, 12]])
    assert dfdx.derivative(lambda t: {"a": t * t, "b": (t, 3.0)}, 2.0) == {
        "a": 4.0,
        "b": (1.0, 0.0),
    }
