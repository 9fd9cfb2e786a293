"""Arrays that are read and written by blocks: the bits of the same array in memory."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dfdx.compat import gradient
from dfdx.measurements.arrays import blockwise


class Stored:
    """An array that is read and written by blocks, as those of Zarr are; it remembers the largest."""

    def __init__(self, values, chunks):
        self.values, self.chunks = values, chunks
        self.shape, self.dtype, self.largest = values.shape, values.dtype, 0

    def __getitem__(self, place):
        part = self.values[place].copy()
        self.largest = max(self.largest, part.size)
        return part

    def __setitem__(self, place, part):
        self.values[place] = part

    def like(self):
        return Stored(np.full(self.shape, np.nan), self.chunks)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(st.integers(3, 30), st.integers(1, 9)), min_size=1, max_size=3),
    st.sampled_from(["none", "step", "linspace", "uneven"]),
    st.sampled_from([1, 2]),
    st.sampled_from([1, 200, 1 << 22]),
)
def test_a_stored_array_is_one_in_memory(axes, kind, edge_order, room):
    rng = np.random.default_rng(0)
    shape, chunks = tuple(n for n, _ in axes), tuple(c for _, c in axes)
    f = Stored(rng.standard_normal(shape), chunks)
    steps = {
        "none": (),
        "step": (0.3,),
        "linspace": tuple(np.linspace(0, 1, n) for n in shape),
        "uneven": tuple(np.cumsum(rng.uniform(0.5, 2, n)) for n in shape),
    }[kind]
    outs = tuple(f.like() for _ in shape)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(blockwise, "_BLOCK", room)
        gradient(f, *steps, edge_order=edge_order, out=outs)
    expected = gradient(f.values, *steps, edge_order=edge_order)
    expected = [expected] if len(shape) == 1 else expected
    for mine, theirs in zip(outs, expected, strict=True):
        assert np.array_equal(mine.values, theirs)


def test_blocks_stay_small(monkeypatch):
    monkeypatch.setattr(blockwise, "_BLOCK", 1000)
    f = Stored(np.random.default_rng(0).standard_normal((60, 70, 40)), (5, 5, 5))
    gradient(f, out=[f.like() for _ in range(3)])
    assert f.largest <= 3000  # with its margins


def test_what_a_stored_array_needs():
    f = Stored(np.arange(12.0), (4,))
    for bad, error in (
        (None, TypeError),
        ((f, f), TypeError),
        (Stored(np.zeros(5), (5,)), ValueError),
    ):
        with pytest.raises(error, match="out"):
            gradient(f, out=bad)
    whole = Stored(np.zeros(12, int), (4,))
    with pytest.raises(TypeError, match="float64, not int"):
        gradient(f, out=whole)
    out = f.like()
    gradient(Stored(np.arange(12) ** 2, (4,)), out=out)
    assert np.array_equal(out.values, np.gradient(np.arange(12) ** 2))


def test_paths_of_zarr(tmp_path):
    zarr = pytest.importorskip("zarr")
    values = np.random.default_rng(0).standard_normal((40, 30))
    here = zarr.create_array(tmp_path / "f.zarr", shape=(40, 30), chunks=(16, 16), dtype="f8")
    here[:] = values
    outs = [tmp_path / "d0.zarr", str(tmp_path / "d1.zarr")]
    found = gradient(tmp_path / "f.zarr", 0.5, out=outs)
    for mine, path, theirs in zip(found, outs, np.gradient(values, 0.5), strict=True):
        assert np.array_equal(mine[:], theirs)
        assert np.array_equal(zarr.open_array(path, mode="r")[:], theirs)
        assert mine.chunks == (16, 16)
    with pytest.raises(TypeError, match="pass out="):
        gradient(str(tmp_path / "f.zarr"))
    with pytest.raises(FileNotFoundError):
        gradient(str(tmp_path / "none.zarr"), out=tmp_path / "new.zarr")
    with pytest.raises(FileExistsError):  # nothing is written over
        gradient(tmp_path / "f.zarr", axis=0, out=outs[0])


def test_shards_of_zarr(tmp_path):
    zarr = pytest.importorskip("zarr")
    values = np.random.default_rng(0).standard_normal((40, 30))
    here = zarr.create_array(
        tmp_path / "f.zarr", shape=(40, 30), chunks=(8, 8), shards=(16, 16), dtype="f4"
    )
    here[:] = values
    found = gradient(here, axis=1, out=tmp_path / "d.zarr")
    assert np.array_equal(found[:], np.gradient(values.astype("f4"), axis=1))


@pytest.mark.parametrize("edge_order", [1, 2])
def test_dask_stays_lazy(edge_order):
    da = pytest.importorskip("dask.array")
    values = np.random.default_rng(0).standard_normal((40, 30))
    x = np.cumsum(np.random.default_rng(1).uniform(0.5, 1, 30))
    f = da.from_array(values, chunks=(7, 30 // 4))
    found = gradient(f, 0.5, x, edge_order=edge_order)
    for mine, theirs in zip(found, np.gradient(values, 0.5, x, edge_order=edge_order), strict=True):
        assert isinstance(mine, da.Array) and mine.chunks == f.chunks
        assert np.array_equal(mine.compute(scheduler="threads"), theirs)
    with pytest.raises(TypeError, match="lazy"):
        gradient(f, out=values)
