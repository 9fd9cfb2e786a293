"""Code with its operators followed does what it did: Python's protocols, spelled out, are Python's."""
# ruff: noqa: RUF005, F841 (what people write is tested, not what is best)

import configparser
import contextlib
import csv
import dataclasses
import difflib
import functools
import heapq
import io
import json
import math
import operator
import pprint
import shlex
import string
import textwrap
from collections import ChainMap, Counter, UserList, namedtuple
from fractions import Fraction

import pytest

from dfdx.capture import calls
from dfdx.capture.calls import Following


@pytest.fixture(params=[False, True], ids=["calls", "operators"])
def following(request, monkeypatch):
    """Everything that has a source is followed, the standard library too."""
    monkeypatch.setattr(
        calls, "_is_theirs", lambda code: not code.co_filename.startswith("<frozen")
    )
    monkeypatch.setattr(calls, "_theirs", {})
    with Following(deep=request.param) as follow:
        yield follow


def texts():
    old, new = (
        ["one", "two", "three", "four", "five", "six"],
        ["one", "three", "four", "fivee", "seven", "six"],
    )
    yield list(difflib.unified_diff(old, new)), difflib.get_close_matches("appel", ["ape", "apple"])
    yield textwrap.wrap("the quick brown fox jumps over the lazy dog " * 3, 30)
    yield pprint.pformat({"a": [1, 2, {"b": (1, 2, 3) * 10}], "c": set(range(30))}, width=40)
    yield string.Template("$a-${b}").substitute(a=1, b=2), shlex.split("a 'b c' d\\ e")


def numbers():
    F = Fraction
    yield sum(F(1, k) for k in range(1, 20)), F(3, 7) ** 3, divmod(F(17, 3), F(2, 5)), hash(F(1, 3))
    yield F(1, 3) < 0.5, round(F(17, 3), 2), max(F(1, 3), F(2, 3)), sorted([F(1, 2), F(1, 3)])
    yield -F(1, 3), abs(F(-1, 3)), float(F(1, 3)), F(2, 3) * 1.5, 2 ** F(1, 2), math.floor(F(7, 2))


def formats():
    out = io.StringIO()
    writer = csv.DictWriter(out, ["a", "b"])
    writer.writeheader()
    writer.writerow({"a": 1, "b": 2})
    yield out.getvalue(), list(csv.DictReader(io.StringIO("x,y\n1,2\n3,4")))
    config = configparser.ConfigParser()
    config.read_string("[a]\nx=1\ny=%(x)s2\n[b]\nz: hello\n  world\n")
    yield config.get("a", "y"), config.sections(), dict(config["b"])
    yield json.JSONEncoder(indent=2, sort_keys=True).encode({"b": [1, 2.5, None], "a": {"c": ()}})


def containers():
    chain = ChainMap({"a": 1}, {"b": 2})
    chain["z"] = 3
    counts = Counter("abracadabra")
    counts.subtract("ab")
    values = UserList([3, 1, 2])
    values.sort()
    values += [5]
    Point = namedtuple("Point", "x y")
    yield dict(chain), counts.most_common(2), (counts + counts)["a"], values.data
    yield Point(1, 2)._replace(x=5), repr(Point(3, 4)), list(heapq.merge([1, 4], [2, 3]))


@dataclasses.dataclass(order=True)
class Record:
    x: int
    y: list = dataclasses.field(default_factory=list)
    z: int = dataclasses.field(default=5, kw_only=True)

    def __post_init__(self):
        self.y.append(self.x)


def records():
    yield dataclasses.asdict(Record(1)), Record(1) < Record(2), Record(1) == Record(1)
    yield dataclasses.replace(Record(1), x=4), repr(Record(3, z=9)), Record(1, [0], z=2).y


class Left:
    """A class that answers some and refuses others."""

    def __init__(self, tag="L"):
        self.tag = tag

    def _say(self, how, other):
        return (
            f"{self.tag}{how}{getattr(other, 'tag', other)}"
            if how in self.known
            else NotImplemented
        )

    known = ("+", "*", "<", "==", "+=")
    __add__ = lambda self, other: self._say("+", other)
    __sub__ = lambda self, other: self._say("-", other)
    __mul__ = lambda self, other: self._say("*", other)
    __iadd__ = lambda self, other: self._say("+=", other)
    __isub__ = lambda self, other: NotImplemented
    __lt__ = lambda self, other: self._say("<", other)
    __eq__ = lambda self, other: self._say("==", other)
    __repr__ = lambda self: self.tag
    __hash__ = None

    def __getattr__(self, name):
        if name.startswith("_"):
            raise AttributeError(name)
        return f"no {name}"


class Right(Left):
    known = ("+", "r+", "r-", "r*", ">", "==")
    __radd__ = lambda self, other: self._say("r+", other)
    __rsub__ = lambda self, other: self._say("r-", other)
    __rmul__ = lambda self, other: self._say("r*", other)
    __gt__ = lambda self, other: self._say(">", other)

    @property
    def broken(self):
        return self._missing

    @property
    def squared(self):
        return self.tag * 2

    @squared.setter
    def squared(self, value):
        self.tag = value


def attempts(a, b):
    """Every operator on two objects; what it gives, or what it raises."""
    x = y = a
    with contextlib.suppress(TypeError):
        x += b
    with contextlib.suppress(TypeError):
        y -= b
    yield getattr(x, "tag", x), getattr(y, "tag", y)
    for attempt in (
        lambda: a + b, lambda: a - b, lambda: a * b, lambda: a < b, lambda: a > b, lambda: a <= b,
        lambda: a == b, lambda: a != b, lambda: a < b < a, lambda: -a, lambda: a[0],
        lambda: b in [a], lambda: a @ b, lambda: not a, lambda: [a] + b, lambda: a.broken,
        lambda: a.squared, lambda: a.anything, lambda: a._hidden, lambda: len(a),
        lambda: sum([a, b], 1), lambda: max(a, b), lambda: bool(a), lambda: operator.add(a, b),
        lambda: iter(a), lambda: functools.reduce(operator.mul, [a, b]), lambda: f"{a.tag!r:>5}",
        lambda: a is b, lambda: a and b.tag,
    ):  # fmt: skip
        try:
            result = attempt()
            yield getattr(result, "tag", result)
        except (TypeError, AttributeError) as error:
            yield type(error).__name__


def operators():
    for left, right in ((Left, Right), (Right, Left), (Left, Left), (Right, Right)):
        yield list(attempts(left(), right("R")))
    yield list(attempts(Left(), 1)), list(attempts(1, Right())), list(attempts(2.0, Left()))
    r = Right()
    r.squared = "s"
    r.other = "o"
    r.other += "!"
    yield r.tag, r.other, [*map(str, (1, 2))], {"a": 1}


class Grid:
    def __init__(self):
        self.cells, self.log = {}, []

    def __getitem__(self, key):
        self.log.append(("get", key))
        return self.cells.get(str(key), 0)

    def __setitem__(self, key, value):
        self.log.append(("set", key, value))
        self.cells[str(key)] = value

    def __contains__(self, key):
        self.log.append(("in", key))
        return str(key) in self.cells

    def __len__(self):
        return len(self.cells)

    def __call__(self, k):
        self.log.append(("call", k))
        return k

    def __enter__(self):
        self.log.append("enter")
        return self

    def __exit__(self, kind, error, trace):
        self.log.append(("exit", kind and kind.__name__))
        return kind is KeyError


def order_of_things():
    """Objects and indices are found once, in the order of the language."""
    g = Grid()
    g[g(1)] += g(2)
    g[g(1) : g(3), ...] = g(4) - -g(5)
    g[-1], g[2] = g(6), g(7)
    value = g[1:2] if g else g[3]
    with g as h, contextlib.suppress(ValueError):
        raise KeyError(h[1])
    found = 1 in g and 9 not in g
    total = sum(k for k in (g(8), g(9)) if k in (8, 9) or k not in g)
    first, *rest = (lambda: [g[k] for k in range(2)])()
    yield g.log, g.cells, value, found, total, first, rest, len(g)


def private_and_class():
    class Local:
        __hidden = 3
        total = 1
        total += 2

        def __init__(self):
            self.__own = [1, 2]
            self.__own[0] += self.__hidden

        def value(self):
            return self.__own, self.__hidden, self.total, (lambda: self.__own[0])()

    yield Local().value(), sorted(vars(Local())), "total" in vars(Local)


CASES = [
    texts, numbers, formats, containers, records, operators, order_of_things, private_and_class,
]  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_followed_code_does_the_same(case, following):
    assert repr(list(following(case)())) == repr(list(case()))


def test_errors_are_the_same(following):
    def fails(kind):
        match kind:
            case 0:
                return Left() @ 1
            case 1:
                return [1, 2][5]
            case 2:
                a, b = (1, 2, 3)
            case 3:
                return {}["missing"]
            case 4:
                return Left().__missing__
            case 5:
                return 1 / 0
            case 6:
                return next(iter(()))
            case 7:
                return Grid().nothing

    for kind in range(8):
        with pytest.raises(Exception) as plain:
            fails(kind)
        with pytest.raises(plain.type) as followed:
            following(fails)(kind)
        assert str(followed.value) == str(plain.value)
