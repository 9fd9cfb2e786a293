"""Kernels on grids against np.gradient; fields on grids and scattered points against formulas."""

import numpy as np
import pytest

from dfdx import (
    curl,
    derivative,
    directional_derivative,
    divergence,
    gradient,
    hessian,
    jacobian,
    laplacian,
    partial,
    sampled,
)
from dfdx.measurements.arrays import grids

SHAPES = [(2,), (3,), (40,), (5, 6), (4, 3, 5), (70_000,), (300, 400)]


def _spacings(shape, kind, rng):
    if kind == "none":
        return ()
    if kind == "step":
        return tuple(rng.uniform(0.5, 2) for _ in shape)
    if kind == "linspace":
        return tuple(np.linspace(0, 1, n) for n in shape)
    signs = (1, -1, 1)
    return tuple(s * np.cumsum(rng.uniform(0.5, 2, n)) for s, n in zip(signs, shape, strict=False))


@pytest.mark.parametrize("kind", ["none", "step", "linspace", "uneven"])
@pytest.mark.parametrize("edge_order", [1, 2])
@pytest.mark.parametrize("shape", SHAPES)
def test_the_gradient_is_numpys(shape, edge_order, kind, monkeypatch):
    if min(shape) < edge_order + 1:
        with pytest.raises(ValueError, match="too small"):
            grids.gradient(np.zeros(shape), edge_order=edge_order)
        return
    monkeypatch.setattr(grids, "SMALL", 0)
    rng = np.random.default_rng(len(shape))
    f = rng.standard_normal(shape)
    steps = _spacings(shape, kind, rng)
    expected = np.gradient(f, *steps, edge_order=edge_order)
    expected = [expected] if len(shape) == 1 else list(expected)
    outs = tuple(np.empty(shape) for _ in shape)
    found = grids.gradient(f, *steps, edge_order=edge_order, out=outs)
    for mine, theirs in zip([found] if len(shape) == 1 else found, expected, strict=True):
        assert np.allclose(mine, theirs, rtol=1e-11, atol=1e-11 * np.abs(theirs).max())
    length = np.sqrt(sum(e**2 for e in expected))
    assert np.allclose(grids.slope(f, *steps, edge_order=edge_order), length)


def test_axes_types_and_errors(monkeypatch):
    monkeypatch.setattr(grids, "SMALL", 0)
    f = np.random.default_rng(0).standard_normal((6, 7))
    assert np.array_equal(grids.gradient(f, axis=1), np.gradient(f, axis=1))
    assert np.array_equal(grids.gradient(f, 2.0, axis=-2), np.gradient(f, 2.0, axis=-2))
    for kind in (np.float32, np.int64, np.complex128, np.float16):
        mine, theirs = grids.gradient(f.astype(kind)), np.gradient(f.astype(kind))
        assert mine[0].dtype == theirs[0].dtype and np.allclose(mine, theirs, rtol=1e-2)
    for bad in ((1.0, 2.0, 3.0), (np.arange(5.0), 1.0), (np.zeros((2, 2)), 1.0)):
        with pytest.raises((TypeError, ValueError)) as mine:
            grids.gradient(f, *bad)
        with pytest.raises(mine.type):
            np.gradient(f, *bad)
    with pytest.raises(ValueError, match="shares memory"):
        grids.gradient(f, axis=0, out=f)
    with pytest.raises(ValueError, match="out must be"):
        grids.gradient(f, axis=0, out=np.empty(3))
    with pytest.raises(TypeError, match="float64, not float32"):
        grids.gradient(f, axis=0, out=np.empty(f.shape, np.float32))
    fixed = np.empty_like(f)
    fixed.flags.writeable = False
    with pytest.raises(ValueError, match="read-only"):
        grids.gradient(f, axis=0, out=fixed)
    with pytest.raises(ValueError, match="one another"):
        grids.gradient(f, out=[np.empty_like(f)] * 2)


@pytest.mark.parametrize("shape", [(9, 11), (40, 50, 60)])
@pytest.mark.parametrize("even", [True, False])
def test_fields_in_one_pass(shape, even):
    rng = np.random.default_rng(1)
    steps = _spacings(shape, "step" if even else "uneven", rng)
    v = rng.standard_normal((len(shape), *shape))

    def slope(component, axis):
        return np.gradient(v[component], steps[axis], axis=axis)

    assert np.allclose(grids.divergence(v, *steps), sum(slope(k, k) for k in range(len(shape))))
    if len(shape) == 2:
        assert np.allclose(grids.curl(v, *steps), slope(1, 0) - slope(0, 1))
    else:
        found = grids.curl(v, *steps)
        for k, (i, j) in enumerate([(1, 2), (2, 0), (0, 1)]):
            assert np.allclose(found[k], slope(j, i) - slope(i, j))
    axes = [np.arange(n) * s if np.ndim(s) == 0 else s for n, s in zip(shape, steps, strict=True)]
    mesh = np.meshgrid(*axes, indexing="ij")
    bowl = sum((k + 1) * m**2 for k, m in enumerate(mesh))
    expected = 2 * sum(range(1, len(shape) + 1))
    assert np.allclose(grids.laplacian(bowl, *steps), expected, rtol=1e-6)


def _grid():
    x, z = np.linspace(0, 2, 31), np.sort(np.random.default_rng(0).uniform(0, 3, 40))
    return x, z, sampled(np.sin(x)[:, None] * np.exp(-z), (x, z))


def test_a_field_on_a_grid():
    _x, z, s = _grid()
    a, b = 1.03, 2.01
    sin, cos, e = np.sin(a), np.cos(a), np.exp(-b)
    low, high = z[0], z[-1]
    assert low < b < high
    assert s(a, b) == pytest.approx(sin * e, rel=1e-11)
    assert np.allclose(gradient(s)(a, b), [cos * e, -sin * e], rtol=1e-10)
    assert np.allclose(hessian(s)(a, b), [[-sin * e, -cos * e], [-cos * e, sin * e]], rtol=1e-8)
    assert laplacian(s)(a, b) == pytest.approx(0.0, abs=1e-9)
    assert partial(s, 1)(a, b) == pytest.approx(-sin * e, rel=1e-10)
    assert directional_derivative(s, a, b, along=(3, 4)) == pytest.approx(
        (3 * cos - 4 * sin) * e / 5
    )
    answer = gradient(s).estimate(a, b)
    assert (np.abs(answer.value - [cos * e, -sin * e]) <= answer.error).all()
    inner = gradient(lambda p, q: s(p, q) ** 2)(a, b)
    assert np.allclose(inner, 2 * s(a, b) * gradient(s)(a, b))
    across = gradient(s)(np.full(3, a), np.full(3, b))
    assert isinstance(across, tuple) and np.allclose(across[0], cos * e)


def test_a_vector_field_on_a_grid():
    x, z = np.linspace(0, 2, 21), np.linspace(0, 1, 17)
    values = np.stack([-(z**2) + 0 * x[:, None], x[:, None] * z], axis=-1)
    v = sampled(values, (x, z))
    assert curl(v)(1.0, 0.5) == pytest.approx(0.5 + 1.0)
    assert divergence(v)(1.0, 0.5) == pytest.approx(1.0)
    assert np.allclose(jacobian(v)(1.0, 0.5), [[0, -1], [0.5, 1]], atol=1e-12)


@pytest.mark.parametrize("noise", [0.0, 0.02])
def test_scattered_points(noise):
    rng = np.random.default_rng(3)
    p = rng.uniform(-1, 1, (3000, 2))
    y = np.sin(3 * p[:, 0]) * np.exp(p[:, 1]) + noise * rng.standard_normal(3000)
    s = sampled(y, p)
    truth = 3 * np.cos(3 * p[:, 0]) * np.exp(p[:, 1])
    answer = partial(s, 0).estimate(p[:, 0], p[:, 1])
    assert np.mean(np.abs(answer.value - truth) <= answer.error) > 0.95
    assert np.sqrt(np.mean((answer.value - truth) ** 2)) < (0.2 if noise else 1e-3)


def test_refusals():
    _, _, s = _grid()
    with pytest.raises(ValueError, match="outside the samples"):
        s(5.0, 1.0)
    with pytest.raises(TypeError, match="one coordinate"):
        derivative(s)
    with pytest.raises(TypeError, match="2 coordinates"):
        s(1.0)
    with pytest.raises(ValueError, match="do not stand on a grid"):
        sampled(np.zeros((3, 4)), (np.arange(3.0), np.arange(5.0)))
    with pytest.raises(ValueError, match="not sorted"):
        sampled(np.zeros((3, 2)), (np.array([0.0, 2.0, 1.0]), np.arange(2.0)))
    with pytest.raises(ValueError, match="too few"):
        sampled(np.zeros(3), np.random.default_rng(0).uniform(size=(3, 2)))
    with pytest.raises(ValueError, match="same coordinate"):
        sampled(np.zeros(50), np.stack([np.arange(50.0), np.zeros(50)], axis=1))


def test_times_of_today_are_not_even_because_they_are_large():
    """Seconds since 1970 have steps of 0.2 µs; events a few µs apart are as uneven as they say."""
    rng = np.random.default_rng(0)
    x = 1.75e9 + np.cumsum(rng.integers(4, 20, 300_000)) * 2.0**-22
    f = rng.standard_normal(len(x))
    assert np.array_equal(grids.gradient(f, x), np.gradient(f, x))
    ns = np.cumsum(rng.integers(100, 300, 300_000)) + 1_750_000_000_000_000_000
    assert np.allclose(grids.gradient(f, ns), np.gradient(f, ns - ns[0]), rtol=1e-12)


def test_a_file_in_memory(tmp_path):
    f = np.memmap(tmp_path / "f", np.float64, "w+", shape=(60, 50))
    f[:] = np.random.default_rng(0).standard_normal(f.shape)
    out = np.memmap(tmp_path / "g", np.float64, "w+", shape=(60, 50))
    grids.gradient(f, 0.1, axis=1, out=out)
    assert np.array_equal(out, np.gradient(f, 0.1, axis=1))


class _Numpy:
    """NumPy with another gradient."""

    gradient = staticmethod(grids.gradient)

    def __getattr__(self, name):
        return getattr(np, name)


@pytest.mark.parametrize("small", [1 << 18, -1])
def test_numpys_own_tests_of_gradient(small, monkeypatch):
    suite = pytest.importorskip("numpy.lib.tests.test_function_base")
    monkeypatch.setattr(grids, "SMALL", small)
    monkeypatch.setattr(suite, "np", _Numpy())
    monkeypatch.setattr(suite, "gradient", grids.gradient)
    tests = suite.TestGradient()
    before = {"test_return_type"} if np.__version__.startswith("1.") else set()  # a list then
    for name in {n for n in dir(tests) if n.startswith("test_")} - before:
        test = getattr(tests, name)
        marks = [m for m in getattr(test, "pytestmark", ()) if m.name == "parametrize"]
        for value in marks[0].args[1] if marks else [None]:
            test(**({marks[0].args[0]: value} if marks else {}))


def test_dates_ask_for_a_unit():
    days = np.array("2020-01-01", dtype="M8[D]") + np.arange(5)
    with pytest.raises(TypeError, match=r"the coordinates are dates.*timedelta64"):
        grids.gradient(np.arange(5.0), days)
    since = (days - days[0]) / np.timedelta64(1, "D")
    assert np.array_equal(grids.gradient(np.arange(5.0), since), np.ones(5))
