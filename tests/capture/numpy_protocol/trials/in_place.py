"""Arrays that are written in place."""

import numpy as np

from . import M, S, V, W


def put(x):
    y = np.zeros(5)
    np.put(y, [1, 3], x[:2])
    np.put(y, [0, 9], x[2], mode="clip")
    return y


def put_in_traced(x):
    y = x * 2
    np.put(y, [0, 1], [7.0, 8.0])
    return y * x


def place(x):
    y = x * 2.0
    np.place(y, y > 0, [1.0, x[0]])
    return y


def copyto(x):
    y = np.zeros((2, 4))
    np.copyto(y, x)
    np.copyto(y[0], x**2, where=x > 0)
    return y


def fill_diagonal(x):
    y = np.eye(4)
    np.fill_diagonal(y, x)
    z = np.zeros((6, 2))
    np.fill_diagonal(z, x[0], wrap=True)
    return y @ x, z


def putmask(x):
    y = np.arange(4.0)
    np.putmask(y, y > 1, x**2)
    return y


def put_along_axis(x):
    y = x * 1.0
    np.put_along_axis(y, np.argmax(y, axis=1)[:, None], 9.0, axis=1)
    z = np.zeros((2, 3))
    np.put_along_axis(z, np.array([[1], [0]]), x[:, :1], axis=1)
    return y, z


def masked_store(x):
    y = np.zeros(4)
    y[x > 0] = x[x > 0] ** 2
    y[x < 0] = -1.0
    return y


def masked_store_in_traced(x):
    y = x**2
    y[x < 0] = 0.0
    y[y > 1] *= x[0]
    return y


def store_in_argument_copy(x):
    y = x.copy()
    y[0] = y[1] * 2
    y[1:3] = y[:2]
    return y


def sort_in_place(x):
    y = x * 1.0
    y.sort()
    z = np.array([x[0], x[1], x[2]])
    z.sort()
    return y * V, z[0]


def sort_rows(x):
    y = x.copy()
    y.sort(axis=0)
    return y


def partition_in_place(x):
    y = x.copy()
    y.partition(2)
    return y[:2].sum()


def fill(x):
    y = np.empty((2, 2))
    y.fill(x)
    return y


def put_method(x):
    y = np.zeros(4)
    y.put([0, 2], x[:2])
    return y


def fancy(x):
    y = np.zeros((3, 3))
    y[[0, 1], [2, 0]] = x[:2]
    y[2, [0, 1]] += x[2:]
    y[:, 1] -= x[:3]
    y[..., -1] *= 2
    return y


def repeated(x):
    y = np.zeros(3)
    y[[0, 0, 1]] = x[:3]
    y[[2, 2]] += x[:2]
    return y


def flat_store(x):
    y = np.zeros((2, 2))
    y.flat[:] = x
    y.flat[1] = x[0] ** 2
    return y


def iterated(x):
    y = np.zeros((3, 4))
    for row in y:
        row[:] = x
        row[0] += 1.0
    return y * x


def swapped_buffers(x):
    a, b = np.zeros(4), x * 1.0
    for _ in range(3):
        a[1:] = 0.5 * (b[1:] + b[:-1])
        a, b = b, a
    return a, b


def tuple_swap(x):
    a = np.array([x, 2 * x, x**2])
    a[0], a[2] = a[2], a[0]
    return a


def accumulate_rows(x):
    a = np.ones((3, 2))
    a[1] += x
    a[2] = a[1] * a[0]
    a /= a.sum()
    return a


def mask_or(x):
    a = np.zeros(4)
    a[:] = x
    low, high = a < 0, a > 1
    a[low | high] = 0.0
    return a, (low & ~high).sum() * x


def resized(x):
    a = x.reshape(2, 2)
    b = np.zeros_like(a)
    b[0] = a[1]
    b.T[0] = a[:, 1]
    return b


def list_of_rows(x):
    rows = [np.zeros(3) for _ in range(2)]
    rows[0][1] = x
    rows[1][2] = rows[0][1] ** 2
    return np.array(rows)


def integers(x):
    counts = np.zeros(3, dtype=int)
    for v in x:
        counts[int(v > 0)] += 1
    return counts * x[0]


def booleans(x):
    seen = np.zeros(4, dtype=bool)
    seen[x > 0] = True
    return np.where(seen, x, 0.0)


def out_of_sum(x):
    total = np.zeros(3)
    np.sum(x, axis=0, out=total)
    np.cumsum(x[0], out=total)
    return total


def out_of_functions(x):
    y = np.zeros(4)
    np.clip(x, 0.0, 1.0, out=y)
    z = np.zeros(())
    np.mean(x, out=z)
    w = np.zeros((4, 4))
    np.outer(x, x, out=w)
    np.matmul(w, x, out=y)
    np.dot(w, w, out=w)
    return y, z, w


def ufunc_on_slice(x):
    y = np.zeros(6)
    np.multiply(x, 2.0, out=y[1:5])
    y[1:5] += x
    return y


TRIALS = [
    ("put", put, V),
    ("put in what varies", put_in_traced, V),
    ("place", place, V),
    ("copyto", copyto, V),
    ("fill_diagonal", fill_diagonal, V),
    ("putmask", putmask, V),
    ("put_along_axis", put_along_axis, M),
    ("masked store", masked_store, V),
    ("masked store in what varies", masked_store_in_traced, V),
    ("store in a copy", store_in_argument_copy, V),
    (".sort", sort_in_place, V),
    (".sort of columns", sort_rows, M),
    (".partition", partition_in_place, V),
    (".fill", fill, 0.7),
    (".put", put_method, V),
    ("store at fancy places", fancy, V),
    ("store at repeated places", repeated, V),
    (".flat as a target", flat_store, V),
    ("rows as targets", iterated, V),
    ("two buffers swapped", swapped_buffers, V),
    ("two elements swapped", tuple_swap, 0.7),
    ("rows accumulated", accumulate_rows, 0.7),
    ("masks joined", mask_or, V),
    ("views of views", resized, V),
    ("lists of arrays", list_of_rows, 0.7),
    ("whole numbers", integers, V),
    ("truth values", booleans, V),
    ("sum with out", out_of_sum, M),
    ("clip with out", out_of_functions, V),
    ("slice as out", ufunc_on_slice, V),
    ("in-place matrix product", lambda x: (np.eye(3) @ x) @ S, S),
    ("augmented", lambda x: sum(np.add(x, W)), V),
]
