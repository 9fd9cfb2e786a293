"""NumPy written in place: buffers filled in loops, slices, masks, out=, ufunc.at."""

import numpy as np


def filled_buffer(x):
    y = np.zeros(6)
    for i in range(6):
        y[i] = np.sin(i * x)
    return y.sum()


def marching(a):
    y = np.zeros(20)
    y[0] = 1.0
    for i in range(1, 20):
        y[i] = a * y[i - 1] + 0.1 * i
    return y[-1]


def heat_equation(k):
    u = np.zeros(12)
    u[5] = 1.0
    for _ in range(15):
        u[1:-1] += k * (u[2:] - 2 * u[1:-1] + u[:-2])
    return (u**2).sum()


def wave_equation(c):
    n = 15
    old, now, new = np.zeros(n), np.zeros(n), np.zeros(n)
    now[:] = np.exp(-((np.arange(n) - 7.0) ** 2))
    old[:] = now
    for _ in range(8):
        new[1:-1] = 2 * now[1:-1] - old[1:-1] + c**2 * (now[2:] - 2 * now[1:-1] + now[:-2])
        old, now, new = now, new, old
    return now[6]


def masked_store(x):
    y = x.copy()
    y[y < 0] = 0.0
    y[x > 1] *= 2
    return (y * x).sum()


def in_place_operators(x):
    y = np.ones_like(x)
    y += x
    y *= x
    y -= 0.5
    y /= 3.0
    y **= 2
    return y.sum()


def out_argument(x):
    y = np.empty_like(x)
    np.multiply(x, x, out=y)
    np.exp(y, out=y)
    np.add(y, 1.0, y)
    return y.sum()


def where_argument(x):
    y = np.zeros_like(x)
    np.log(x, out=y, where=x > 0)
    return y.sum() + np.sum(x, where=x < 1)


def scattered(x):
    y = np.zeros(3)
    np.add.at(y, [0, 2, 0, 1], x)
    return (y**2).sum()


def matrix_filled(t):
    m = np.zeros((3, 3))
    for i in range(3):
        for j in range(3):
            m[i, j] = np.cos(i * t) * np.sin(j + t)
    m[0] = 1.0
    m[:, 2] += t
    return m.sum() + m[1] @ m[2]


def view_written(x):
    y = np.zeros(4)
    left = y[:2]
    left[:] = x[:2]
    y[2:] = x[2:] ** 2
    left[0] *= 3
    return y @ x


def diagonal_filled(x):
    m = np.eye(4)
    np.fill_diagonal(m, x)
    m[np.arange(4), np.arange(4)[::-1]] = x**2
    return m.sum() + (m @ x).sum()


def swapped_rows(x):
    m = np.outer(x, x) + np.eye(4)
    m[[0, 2]] = m[[2, 0]]
    return m[0, 1] * m[2, 3] + m[0].sum()


def gaussian_elimination(x):
    a = np.array([[4.0, 1.0, 0.5], [1.0, 3.0, 0.2], [0.5, 0.2, 2.0]])
    a[0, 0] += x
    b = np.array([1.0, 2.0, x])
    n = 3
    for k in range(n):
        for i in range(k + 1, n):
            factor = a[i, k] / a[k, k]
            a[i, k:] -= factor * a[k, k:]
            b[i] -= factor * b[k]
    out = np.zeros(n)
    for i in range(n - 1, -1, -1):
        out[i] = (b[i] - a[i, i + 1 :] @ out[i + 1 :]) / a[i, i]
    return out.sum()


def own_cholesky(x):
    a = np.array([[4.0 + x, 1.0, 0.5], [1.0, 3.0, x], [0.5, x, 2.0]])
    n = len(a)
    l = np.zeros((n, n))
    for i in range(n):
        for j in range(i + 1):
            s = a[i, j] - np.dot(l[i, :j], l[j, :j])
            l[i, j] = np.sqrt(s) if i == j else s / l[j, j]
    return 2 * np.log(np.diag(l)).sum()


def histogram_by_hand(x):
    out = np.zeros(4)
    for v in x:
        k = int(v * 2) + 1
        out[k] += v**2
    return out @ np.arange(1, 5)


def moving_average(x):
    w = 2
    out = np.empty(len(x) - w + 1)
    for i in range(len(out)):
        out[i] = x[i : i + w].mean()
    return np.sum(out**3)


def autoregressive(phi):
    rng = np.random.default_rng(3)
    e = rng.standard_normal(30)
    y = np.zeros_like(e)
    for t in range(2, len(e)):
        y[t] = phi * y[t - 1] - 0.2 * y[t - 2] + e[t]
    return np.sum(y**2) / len(y)


def preallocated_table(p):
    table = np.full((4, 4), np.inf)
    table[0, 0] = 0.0
    for i in range(1, 4):
        for j in range(1, 4):
            cost = abs(p[i - 1] - 0.3 * j)
            table[i, j] = cost + min(table[i - 1, j], table[i, j - 1], table[i - 1, j - 1])
    return table[-1, -1]


def pairwise_forces(x):
    p = x.reshape(2, 2)
    f = np.zeros_like(p)
    for i in range(2):
        for j in range(2):
            if i != j:
                d = p[j] - p[i]
                f[i] += d / np.linalg.norm(d) ** 3
    return (f**2).sum()


def sorted_in_place(x):
    y = x * 2
    y.sort()
    return y[0] * y[-1]


def put_and_place(x):
    y = np.zeros(5)
    np.put(y, [1, 3], x[:2])
    np.copyto(y[2:3], x[2:3])
    y.itemset if False else None
    return (y**2).sum() + y[3]


def accumulated_by_ufunc(x):
    return np.add.accumulate(x)[2] + np.multiply.reduce(x) + np.maximum.accumulate(x).sum()


def list_then_array(a):
    rows = []
    for k in range(3):
        rows.append([a**k, np.cos(a * k)])
    m = np.array(rows)
    m[m > 0.9] += a
    return m.sum() * m[1, 1]


V = np.array([0.4, -0.7, 1.1, 0.25])
CASES = [
    (filled_buffer, 0.4),
    (marching, 0.8),
    (heat_equation, 0.21),
    (wave_equation, 0.6),
    (masked_store, V),
    (in_place_operators, V),
    (out_argument, V),
    (where_argument, V),
    (scattered, V),
    (matrix_filled, 0.7),
    (view_written, V),
    (diagonal_filled, V),
    (swapped_rows, V),
    (gaussian_elimination, 0.5),
    (own_cholesky, 0.3),
    (histogram_by_hand, np.array([0.1, 0.7, 1.2])),
    (moving_average, V),
    (autoregressive, 0.5),
    (preallocated_table, np.array([0.5, 0.1, 1.4])),
    (pairwise_forces, V),
    (sorted_in_place, V),
    (put_and_place, V),
    (accumulated_by_ufunc, V),
    (list_then_array, 0.6),
]
