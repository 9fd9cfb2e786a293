"""Nested arguments: what goes in comes out."""

from collections import OrderedDict, namedtuple
from dataclasses import dataclass

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dfdx.trees import describe, flatten, real

Pair = namedtuple("Pair", "a b")


@dataclass(frozen=True)
class Checked:
    n: float

    def __post_init__(self):
        assert self.n > 0


def number(x, where):
    return isinstance(x, float)


trees = st.recursive(
    st.floats(allow_nan=False),
    lambda part: st.one_of(
        st.lists(part, max_size=3),
        st.tuples(part, part),
        st.dictionaries(st.text(max_size=3), part, max_size=3),
        st.builds(Pair, part, part),
    ),
    max_leaves=20,
)


@given(trees)
def test_rebuild_undoes_flatten(tree):
    leaves, rebuild = flatten(tree, number)
    again = rebuild(leaves)
    assert again == tree
    assert type(again) is type(tree)


def test_kinds_are_kept():
    leaves, rebuild = flatten(OrderedDict(b=1.0, a=Checked(2.0)), number)
    assert leaves == [1.0, 2.0]
    again = rebuild([5.0, -1.0])  # a derivative need not pass the class's checks
    assert type(again) is OrderedDict
    assert again["a"].n == -1.0


def test_errors_name_the_place():
    with pytest.raises(TypeError, match=r"the point\['a'\]\[1\] is the text 'x'"):
        flatten({"a": [1.0, "x"]}, number, "the point")
    deep = 1.0
    for _ in range(200):
        deep = [deep]
    with pytest.raises(ValueError, match="100 deep"):
        flatten(deep, number)


def test_real_promotes_and_refuses():
    assert type(real(3)) is float
    assert type(real(np.float32(0.5))) is float
    assert real(np.array([1, 2])).dtype == np.float64
    for bad in (True, 1j, "1", None, np.array([1j]), np.array(["a"]), object()):
        with pytest.raises(TypeError):
            real(bad)
    assert describe(None) == "None"


def test_what_is_no_number_can_stay_as_it_is():
    leaf = lambda x, where: None if isinstance(x, str) else isinstance(x, float)
    leaves, rebuild = flatten(Pair("height", [1.0, "m"]), leaf)
    assert leaves == [1.0]
    assert rebuild([2.0]) == Pair("height", [2.0, "m"])
