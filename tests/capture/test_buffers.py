"""Arrays written in place: what is stored is differentiated, through every name of the array."""

import numpy as np
import pytest

import dfdx
from dfdx import derivative, gradient
from dfdx.differences.scalar import differentiate

w = np.linspace(0.5, 1.5, 6)


def march(x):
    y = np.zeros(6)
    y[0] = x
    for i in range(1, 6):
        y[i] = 0.5 * y[i - 1] + w[i] * x
    return y[-1] * y.sum()


def views(x):
    a = np.zeros((3, 4))
    row = a[1]
    row[2] = x
    b = a.T
    corner = a[1:, 1:]
    corner[0, 0] = x * x
    row += x
    return (a * a).sum() + b[2, 1] * corner[0, 1]


def slices(x):
    a = np.ones(8)
    a[2:5] = x
    a[::2] *= x
    a[-1] += x**2
    return (a**2).sum()


def fancy(x):
    a = np.arange(6.0)
    a[[0, 2, 2]] = x
    a[a > 3.5] = x * a[a > 3.5]
    a[np.array([True, False] * 3)] += 1.0
    return np.cumsum(a)[-2] * x


def rows(x):
    table = np.zeros((4, 3))
    table[0] = np.array([x, x**2, 1.0])
    for k in range(1, 4):
        table[k] = table[k - 1] * x + table[0]
    return table[-1].sum() + table[1, 1]


def two_dimensional(x):
    u = np.zeros((5, 5))
    u[0, :] = x
    for _ in range(3):
        for i in range(1, 4):
            for j in range(1, 4):
                u[i, j] = (u[i - 1, j] + u[i + 1, j] + u[i, j - 1] + u[i, j + 1]) / 4
    return u[2, 2] * x


def heat(x):
    u = np.zeros((6, 8))
    u[0, 3:5] = x
    for k in range(5):
        u[k + 1, 1:-1] = u[k, 1:-1] + 0.2 * (u[k, 2:] - 2 * u[k, 1:-1] + u[k, :-2]) * x
    return u[-1].max() * u.mean()


def filled(x):
    a = np.empty(4)
    a.fill(x)
    b = np.full(3, x)
    c = np.full_like(a, 2.0)
    c[:] = a * x
    d = np.zeros_like(c)
    d[1:] = c[:-1]
    return a.sum() + (b * b).sum() + d.dot(c)


def copies(x):
    a = np.zeros(3)
    a[0] = x
    b = a.copy()
    b[0] = 5.0 * x
    c = np.array(a)
    c[1] = x**3
    return a[0] * b[0] + c.sum()


def aliases(x):
    a = np.zeros(3)
    b = a
    b[1] = x
    b += 1.0
    c = a[:]
    c[2] = a[1] ** 2
    return a.prod() * x


def swapped(x):
    a = np.array([x, 2.0 * x, 3.0])
    a[0], a[2] = a[2], a[0]
    a[1:] = a[:-1].copy()
    return a @ np.array([1.0, 10.0, 100.0])


def out_and_where(x):
    a = np.ones(4) * x
    out = np.zeros(4)
    np.multiply(a, w[:4], out=out)
    out[1] = out[0] * x
    return out.sum()


def sorted_in_place(x):
    a = np.array([3.0 * x, x, 2.0 * x * x])
    a.sort()
    return a @ np.array([1.0, 2.0, 3.0])


def lists_of_arrays(x):
    states = [np.zeros(2)]
    states[0][0] = x
    for _ in range(3):
        new = states[-1].copy()
        new[1] = new[0] + new[1] * x
        states.append(new)
    return sum(s.sum() for s in states)


def matrix_by_loops(x):
    n = 4
    a = np.eye(n)
    b = np.ones(n)
    for i in range(n):
        for j in range(n):
            if i != j:
                a[i, j] = np.exp(-x * abs(i - j))
    return np.linalg.solve(a, b).sum()


def thomas(x):
    n = 6
    d, c, b = np.full(n, 2.0 + x), np.full(n - 1, -1.0), np.ones(n)
    for i in range(1, n):
        m = c[i - 1] / d[i - 1]
        d[i] -= m * c[i - 1]
        b[i] -= m * b[i - 1]
    y = np.zeros(n)
    y[-1] = b[-1] / d[-1]
    for i in range(n - 2, -1, -1):
        y[i] = (b[i] - c[i] * y[i + 1]) / d[i]
    return y.sum()


def add_at(x):
    h = np.zeros(4)
    np.add.at(h, [0, 1, 1, 3], np.array([1.0, 2.0, 3.0, 4.0]) * x)
    return (h * h).sum()


FUNCTIONS = [
    march,
    views,
    slices,
    fancy,
    rows,
    two_dimensional,
    heat,
    filled,
    copies,
    aliases,
    swapped,
    out_and_where,
    sorted_in_place,
    lists_of_arrays,
    matrix_by_loops,
    thomas,
    add_at,
]


@pytest.mark.parametrize("f", FUNCTIONS)
@pytest.mark.parametrize("x", [0.7, 1.3])
def test_stores_are_followed(f, x):
    found = derivative(f).estimate(x)
    want, error, _ = differentiate(f, x)
    assert found.method.startswith("exact"), found
    assert found.value == pytest.approx(want, abs=error + 1e-12 * abs(want))
    assert dfdx.tangent(f, x).push(1.0) == pytest.approx(found.value, rel=1e-12)
    assert dfdx.tangent(f, x).value == pytest.approx(f(x), rel=1e-14)


def test_gradients_through_buffers_of_arrays():
    def f(v):
        y = np.zeros(len(v) + 1)
        for i in range(len(v)):
            y[i + 1] = y[i] * 0.5 + v[i] ** 2
        return y[1:] @ v

    v = np.array([0.3, -1.2, 2.0])
    want = [
        differentiate(lambda t, k=k: f(np.where(np.arange(3) == k, t, v)), v[k])[0]
        for k in range(3)
    ]
    np.testing.assert_allclose(gradient(f, v), want, rtol=1e-9)
    h = dfdx.hessian(f, v)
    np.testing.assert_array_equal(h, h.T)


def test_what_would_round_is_not_followed_but_told():
    def whole(x):
        a = np.zeros(3, dtype=int)
        a[0] = x
        return a[0] * x

    found = derivative(whole).estimate(2.5)
    assert found.method == "differences"
    assert found.value == pytest.approx(2.0, abs=1e-9)


def test_the_users_own_arrays_are_not_touched():
    data = np.arange(4.0)

    def reads(x):
        return (data * x).sum()

    def writes(x):
        mine = data.copy()
        mine[0] = x
        return mine.sum() * x

    assert derivative(reads, 2.0) == 6.0
    assert derivative(writes, 2.0) == 10.0
    np.testing.assert_array_equal(data, np.arange(4.0))
    np.testing.assert_array_equal(gradient(lambda v: (v * v).sum(), data), 2 * data)
    np.testing.assert_array_equal(data, np.arange(4.0))


def test_long_marches_cost_the_same_per_element():
    def long(x, n=20_000):
        y = np.zeros(n)
        y[0] = x
        for i in range(1, n):
            y[i] = 0.999 * y[i - 1] + 1e-3 * x
        return y[-1]

    q = 0.999**19_999
    assert derivative(long, 1.0) == pytest.approx(q + 1e-3 * (1 - q) / (1 - 0.999), rel=1e-11)


def test_arguments_and_results_changed_in_place():
    def argument(v):
        v[0] = v[1] * v[2]
        v *= 2.0
        return (v * v).sum()

    def alias(v):
        w = v
        w += v**2
        return v.prod()

    def result(v):
        y = v * 2.0
        z = y
        y += v
        z[1:] -= 1.0
        return (y * z).sum()

    def numbers(v):
        s = v[0]
        t = s
        s += v[1]
        s *= t
        s -= 1.0
        s /= v[2]
        s **= 2
        return s + t

    for f in (argument, alias, result, numbers):
        v = np.array([0.7, -1.3, 2.1])
        found = gradient(f).estimate(v)
        assert found.method.startswith("exact"), f.__name__
        np.testing.assert_array_equal(v, [0.7, -1.3, 2.1])
        for k in range(3):
            line = lambda t, k=k: f(np.where(np.arange(3) == k, t, v))  # noqa: B023
            assert found.value[k] == pytest.approx(differentiate(line, v[k])[0], rel=1e-9)


def test_a_traced_number_times_a_handle_is_a_handle():
    def f(k):
        table = np.eye(3)
        scaled = k * table  # on the left
        scaled[np.diag_indices_from(scaled)] += k**2
        return scaled.sum()

    found = derivative(f).estimate(0.7)
    assert found.method.startswith("exact")
    assert found.value == pytest.approx(3 + 6 * 0.7)
