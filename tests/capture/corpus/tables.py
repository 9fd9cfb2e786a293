"""pandas: columns, apply, groupby, with a parameter in the formula."""

import numpy as np
import pandas as pd

FRAME = pd.DataFrame(
    {"t": [0.0, 1.0, 2.0, 3.0], "y": [2.0, 1.3, 0.7, 0.5], "kind": ["a", "b", "a", "b"]}
)


def apply_to_column(k):
    return FRAME["t"].apply(lambda t: t * k**2).sum()


def column_arithmetic(k):
    r = FRAME["y"] - 2.0 * FRAME["t"] * k
    return (r**2).sum()


def row_by_row(k):
    return FRAME.apply(lambda row: (row["y"] - k * row["t"]) ** 2, axis=1).sum()


def values_taken_out(k):
    t, y = FRAME["t"].to_numpy(), FRAME.y.values
    return ((y - 2 * np.exp(-k * t)) ** 2).mean()


def iterated_rows(k):
    total = 0.0
    for _, row in FRAME.iterrows():
        total += k ** row["t"]
    return total


def tuples(k):
    return sum(np.exp(-k * r.t) * r.y for r in FRAME.itertuples())


def numpy_on_series(k):
    return np.exp(-k * FRAME["t"]).sum()


def grouped(k):
    total = 0.0
    for _, part in FRAME.groupby("kind"):
        total += (part["y"].values * k).sum() ** 2
    return total


def new_column(k):
    f = FRAME.copy()
    f["model"] = [2 * np.exp(-k * t) for t in f["t"]]
    return ((f["model"] - f["y"]) ** 2).sum()


def dot_product(w):
    return (FRAME[["t", "y"]].values @ w).sum() ** 2


CASES = [
    (apply_to_column, 0.6),
    (column_arithmetic, 0.6),
    (row_by_row, 0.6),
    (values_taken_out, 0.6),
    (iterated_rows, 0.6),
    (tuples, 0.6),
    (numpy_on_series, 0.6),
    (grouped, 0.6),
    (new_column, 0.6),
    (dot_product, np.array([0.5, 1.5])),
]
