"""pandas: columns with a traced number in them, aligned, grouped and reduced as pandas does."""

import math
import warnings

import numpy as np
import pytest

from dfdx import derivative, gradient
from dfdx.differences.scalar import differentiate

pd = pytest.importorskip("pandas")

TIMES = pd.Series([0.5, 1.0, 2.0, 4.0], name="t")
TABLE = pd.DataFrame(
    {
        "a": [1.0, 2.0, 3.0, 4.0],
        "b": [0.5, 0.1, 0.7, 0.2],
        "n": [1, 2, 3, 4],
        "kind": ["x", "y", "x", "y"],
    }
)


def decay(v, k):
    return math.exp(-k * v)


def residuals_in_a_new_column(k):
    table = TABLE.copy()
    table["model"] = np.exp(-k * table["a"])
    return ((table.model - table.b) ** 2).mean()


def each_group(k):
    parts = [(part.a * k).mean() * part.b.sum() for _, part in TABLE.groupby("kind")]
    return pd.Series(parts).sum()


def in_place(k):
    s = TIMES.copy()
    s *= k
    s += 1
    s -= s.mean()
    return (s**2).sum()


def merged(k):
    weights = pd.DataFrame({"kind": ["x", "y"], "w": [2.0, 3.0]})
    both = pd.merge(TABLE.assign(c=TABLE.a * k), weights, on="kind")
    return (both.c * both.w).sum()


FUNCTIONS = {
    "arithmetic": lambda k: ((k * TIMES - 1) / (TIMES + k) ** 2).sum() + (2 - k * TIMES).mean(),
    "powers": lambda k: (TIMES**k).sum() + (k**TIMES).sum() + (-(TIMES * k)).abs().max(),
    "ufuncs": lambda k: np.exp(-k * TIMES).sum() + np.log(TIMES * k).mean(),
    "whole numbers": lambda k: (TABLE.n * k).sum() + (k / TABLE.n).mean(),
    "spread": lambda k: (TIMES * k).std() + (TIMES * k).var(ddof=0) + (TIMES * k).median(),
    "running": lambda k: (TIMES * k).cumsum().iloc[2] + (TIMES * k).cumprod().iloc[-1],
    "apply": lambda k: TABLE["a"].apply(lambda v: decay(v, k)).mean(),
    "apply math": lambda k: (TABLE["a"] * k).apply(math.exp).sum() + (TIMES * k).map(np.sin).sum(),
    "rows": lambda k: TABLE.apply(lambda row: row["a"] * k + row["b"] ** k, axis=1).sum(),
    "columns": lambda k: TABLE[["a", "b"]].apply(lambda c: (c * k).sum()).sum(),
    "frame": lambda k: (TABLE[["a", "b"]] * k).sum().sum() + TABLE[["a", "b"]].mul(k).mean().max(),
    "along rows": lambda k: (TABLE[["a", "b"]] * k).sum(axis=1).max(),
    "methods": lambda k: TABLE["a"].mul(k).add(1).pow(2).sum() + (TIMES * k).clip(lower=1.0).sum(),
    "choice": lambda k: TABLE["a"].where(TABLE["a"] > 2, k).sum() * (TABLE.a * k)[TABLE.a > 2].sum(),
    "np.where": lambda k: np.where(TABLE["a"] > 2, TABLE["a"] * k, k**2).sum(),
    "moved": lambda k: (TIMES * k).shift(1).fillna(k).prod() + (TIMES * k).diff().dropna().sum(),
    "joined": lambda k: pd.concat([TIMES * k, TIMES]).sum() + pd.Series([k, k * k, 3.0]).mean(),
    "made": lambda k: pd.DataFrame({"p": [k, 2.0], "q": [1.0, k]}).mean().prod(),
    "windows": lambda k: (TABLE.a * k**2).rolling(2).mean().iloc[-1] + (TIMES * k).expanding().sum()[2],
    "grouped": lambda k: TABLE.assign(c=lambda d: d.a * k).groupby("kind").c.agg("mean").iloc[1],
    "group apply": lambda k: TABLE.groupby("kind")[["a", "b"]].apply(
        lambda s: (s["a"] * k).sum() * s["b"].mean()
    ).sum(),
    "sorted": lambda k: (TABLE.a * k).sort_values(ascending=False).iloc[0] * (TIMES * k).iloc[-1],
    "taken out": lambda k: (TABLE.a * k).to_numpy().mean() + sum((TABLE.a * k).to_list()),
    "as an array": lambda k: np.asarray(TABLE.a * k)[1] + np.average(TABLE.a * k, weights=TABLE.b),
    "scaled": lambda k: (TIMES * k).sub((TIMES * k).mean()).div((TIMES * k**2).std()).abs().sum(),
    "new column": residuals_in_a_new_column,
    "each group": each_group,
    "in place": in_place,
    "merged": merged,
}  # fmt: skip


@pytest.mark.parametrize("name", FUNCTIONS)
def test_exactly_and_as_differences_say(name):
    f = FUNCTIONS[name]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # theirs
        found = derivative(f).estimate(1.3)
        slope, error, _ = differentiate(lambda k: float(f(k)), 1.3)
    assert found.method.startswith("exact")
    assert found.value == pytest.approx(slope, rel=1e-8, abs=100 * error)


@pytest.mark.parametrize(
    "f",
    [
        lambda w: (w[0] * TABLE.a + w[1] * TABLE.b).sum() ** 2,
        lambda w: ((TABLE[["a", "b"]].values @ w - TABLE.n) ** 2).mean(),
        lambda w: ((TABLE[["a", "b"]] @ w - TABLE.n) ** 2).mean(),
        lambda w: TABLE[["a", "b"]].dot(w).sum() * (TABLE[["a", "b"]] * w).sum().sum(),
        lambda w: pd.Series(w, index=["p", "q"]).sum() ** 2,
    ],
)
def test_weights_of_columns(f):
    w = np.array([1.2, 0.3])
    expected = gradient(f, method="differences")(w)
    found = gradient(f).estimate(w)
    assert found.method.startswith("exact")
    assert found.value == pytest.approx(expected, rel=1e-8)


def test_what_has_no_rule_is_sampled_and_says_so():
    found = derivative(lambda k: (TIMES * k).ewm(alpha=0.3).mean().iloc[-1]).estimate(1.3)
    assert found.method == "differences"
    assert found.value == pytest.approx(TIMES.ewm(alpha=0.3).mean().iloc[-1], rel=1e-9)


def test_tables_of_plain_numbers_are_left_alone():
    before = TABLE.copy()
    for f in FUNCTIONS.values():
        f(1.3)
        derivative(f)(1.3)
    pd.testing.assert_frame_equal(TABLE, before)
