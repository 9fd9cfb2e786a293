"""Abstract classes, generics, containers of one's own, and what surrounds a computation."""

import abc
import collections
import contextlib
import enum
import functools
import itertools
import logging
import math
import operator
import random
import threading
import time
import typing
from collections.abc import Callable, Iterator, Mapping, Sequence

import mpmath as mp
from constructs import Constructs

construct = Constructs()


class Shape(abc.ABC):
    registry: typing.ClassVar[dict] = {}

    def __init_subclass__(cls, *, name="", **options):
        super().__init_subclass__(**options)
        Shape.registry[name] = cls

    @property
    @abc.abstractmethod
    def area(self): ...

    def scaled(self, factor):
        return factor * self.area


class Disc(Shape, name="disc"):
    def __init__(self, r):
        self.r = r

    @property
    def area(self):
        return math.pi * math.pow(self.r, 2)


@construct(0.7, lambda x: 3 * mp.pi * x**2)
def an_abstract_class(x):
    return Shape.registry["disc"](x).scaled(3.0)


class Evaluates(typing.Protocol):
    def __call__(self, t: float) -> float: ...


T = typing.TypeVar("T")


class Box(typing.Generic[T]):
    def __init__(self, value: T):
        self.value = math.fabs(value)

    def map(self, f: Callable[[T], T]) -> "Box[T]":
        return Box(f(self.value))


@construct(0.7, lambda x: mp.exp(mp.sin(x)))
def generics(x):
    f: Evaluates = math.sin
    return Box(x).map(f).map(math.exp).value


class Series(Sequence):
    """A sequence by `__getitem__` and `__len__` alone; the rest is of `collections.abc`."""

    def __init__(self, x, n):
        self.x, self.n = x, n

    def __len__(self):
        return self.n

    def __getitem__(self, k):
        if k >= self.n or k < -self.n:
            raise IndexError(k)
        return math.sin((k % self.n) * self.x)


@construct(0.7, lambda x: 2 * (mp.sin(x) + mp.sin(2 * x)) + mp.sin(2 * x) * 3)
def a_sequence(x):
    s = Series(x, 3)
    first, *rest = s
    return sum(s) + sum(reversed(s)) + s[-1] * 3 + first * len(rest)


class Table(Mapping):
    def __init__(self, x):
        self.x = x

    def __getitem__(self, key):
        return math.exp(self.x * len(key))

    def __iter__(self):
        return iter(("a", "bb"))

    def __len__(self):
        return 2


@construct(0.7, lambda x: 2 * mp.exp(x) + mp.exp(2 * x))
def a_mapping(x):
    table = Table(x)
    total = sum(table[key] for key in table)
    return total + table["a"] if "a" in table else 0.0


class Memory(dict):
    def __missing__(self, n):
        self[n] = value = math.sqrt(n) * self[n - 1] if n > 1 else self.start
        return value


@construct(0.7, lambda x: mp.sqrt(24) * mp.sin(x))
def a_dictionary_with_missing(x):
    memory = Memory()
    memory.start = math.sin(x)
    return memory[4]


class Stack(list):
    def push(self, *values):
        self.extend(math.exp(v) for v in values)
        return self

    @property
    def top(self):
        return math.log(self[-1])


@construct(0.7, lambda x: 2 * x + mp.exp(x))
def a_list_with_methods(x):
    s = Stack().push(x, 2 * x)
    return s.top + s[0]


class Node:
    def __init__(self, value, *children):
        self.value, self.children = value, children

    def __iter__(self) -> Iterator[float]:
        yield math.sin(self.value)
        for child in self.children:
            yield from child


@construct(0.7, lambda x: mp.sin(x) + mp.sin(2 * x) + mp.sin(3 * x))
def a_tree_that_is_walked(x):
    return math.fsum(Node(x, Node(2 * x), Node(3 * x)))


@functools.total_ordering
class Money:
    def __init__(self, amount):
        self.amount = amount

    def _rank(self):
        return math.exp(self.amount)

    def __eq__(self, other):
        return self._rank() == other._rank()

    def __lt__(self, other):
        return self._rank() < other._rank()

    def __hash__(self):
        return 1


@construct(0.7, lambda x: 2 * x + 3)
def total_ordering(x):
    low, high = sorted([Money(2 * x), Money(x)])
    return high.amount + (3.0 if high >= low and low <= high and high != low else 0.0)


class Solver:
    @functools.singledispatchmethod
    def solve(self, problem):
        raise TypeError(problem)

    @solve.register
    def _(self, problem: float):
        return math.sqrt(problem)

    @solve.register
    def _(self, problem: list):
        return sum(self.solve(p) for p in problem)

    half = functools.partialmethod(lambda self, y, factor: factor * math.exp(y), factor=0.5)


@construct(0.7, lambda x: mp.sqrt(x) + mp.sqrt(2 * x) + mp.exp(x) / 2)
def dispatched_and_partial_methods(x):
    return Solver().solve([x, 2 * x]) + Solver().half(x)


class Planet(enum.Enum):
    EARTH = (5.976e24, 6.37814e6)
    MARS = (6.421e23, 3.3972e6)

    def __init__(self, mass, radius):
        self.mass = mass
        self.radius = radius

    def gravity(self, scale):
        return scale * self.mass / math.pow(self.radius, 2)


class Level(enum.IntEnum):
    LOW = 1
    HIGH = 3


@construct(0.7, lambda x: x * mp.mpf(5.976e24) / mp.mpf(6.37814e6) ** 2 * 1e-11 + 3 * x)
def enums_with_methods(x):
    return Planet.EARTH.gravity(x) * 1e-11 + Level.HIGH * x


@construct(0.7, lambda x: 2 * x**2)
def x_on_the_left_of_an_object(x):
    class Vector:
        def __init__(self, a):
            self.a = a

        def __rmul__(self, k):
            return Vector(math.prod([k, self.a]))

        def __radd__(self, k):
            return math.fsum([k, self.a])

        def __rtruediv__(self, k):
            return k / self.a

        def __rpow__(self, k):
            return k**self.a

    v = x * Vector(x)
    return (0.0 * x + v) + (x / Vector(1 / x)) + 0.0 * (x ** Vector(2.0)) * (x > 0)


@construct(0.7, lambda x: mp.sin(x) * 2 + x)
def logging_and_timing(x):
    log = logging.getLogger("dfdx.test")
    started = time.perf_counter()
    log.debug("x=%s %.3f", x, x)
    y = math.sin(x) * 2
    log.info("y %s", y)
    print(end="")
    return y + x if time.perf_counter() >= started else 0.0


@construct(0.7, lambda x: mp.sin(x) + mp.exp(x))
def a_lock_around(x):
    lock = threading.Lock()
    with lock:
        y = math.sin(x)
    with contextlib.ExitStack() as stack:
        stack.callback(lambda: None)
        stack.enter_context(contextlib.nullcontext())
        y += math.exp(x)
    return y


@construct(0.7, lambda x: mp.sin(x) + mp.cos(x))
def imports_inside(x):
    import math as m
    from math import cos as c

    return m.sin(x) + c(x)


@construct(0.7, lambda x: mp.sin(x) * mp.cos(x) + mp.tan(x))
def functions_by_name(x):
    y = getattr(math, "sin")(x) * vars(math)["cos"](x)  # noqa: B009
    return y + operator.attrgetter("tan")(math)(x)


@construct(0.7, lambda x: mp.exp(-(x**2) / 2) * 0 + 0)
def zero_with_random_numbers(x):
    rng = random.Random(1)
    return 0.0 * sum(rng.uniform(0.0, x) for _ in range(3))


@construct(0.7, lambda x: 3 * x + x**2 + 2 * x + 3 * x)
def more_of_itertools(x):
    y = sum(a + b for a, b in itertools.zip_longest([x], [x, x], fillvalue=0.0))
    y += sum(a * b for a, b in itertools.combinations([x, x], 2))
    y += sum(itertools.compress([x, 2 * x], [0, 1])) + sum(
        itertools.takewhile(lambda v: v < 1, [x, 2])
    )
    first, second = itertools.tee([x])
    cycle = itertools.cycle([x])
    return y + sum(first) + next(cycle) + 0 * sum(second)


@construct(0.7, lambda x: mp.sin(x) + 6 * x)
def named_tuples_and_deques(x):
    Point = collections.namedtuple("Point", "x y")
    p = Point(x, y=math.sin(x))._replace(x=2 * x)
    history = collections.deque(maxlen=2)
    for k in range(3):
        history.append(k * x)
    groups = collections.defaultdict(list)
    groups["a"].append(x)
    return p.y + p.x + sum(history) + groups["a"][0]


@construct(0.7, lambda x: mp.exp(x) + 1)
def an_exception_that_carries_a_value(x):
    def search():
        try:
            raise StopIteration(math.exp(x))
        except StopIteration as stop:
            return stop.value
        finally:
            trail.append(1.0)

    trail = []
    return search() + trail[0]


@construct(0.7, lambda x: mp.sin(x) + mp.sin(mp.sin(x)))
def a_generator_with_state(x):
    def orbit(y):
        while True:
            y = math.sin(y)
            try:
                yield y
            except GeneratorExit:
                return

    steps = orbit(x)
    total = next(steps) + next(steps)
    steps.close()
    return total


def positional(x, /, y, *, z=1.0):
    return math.sin(x) * y + z


@construct(0.7, lambda x: 2 * mp.sin(x) + x)
def positional_only(x):
    return positional(x, 2.0, z=x)


class Field:
    """Observers: callbacks kept by an object."""

    def __init__(self):
        self.listeners = []
        self._value = 0.0

    def on_change(self, f):
        self.listeners.append(f)
        return f

    @property
    def value(self):
        return self._value

    @value.setter
    def value(self, new):
        self._value = math.log(new)
        for f in self.listeners:
            f(self._value)


@construct(0.7, lambda x: mp.log(x) * mp.exp(2 * mp.log(x)) + mp.log(2 * x))
def observers(x):
    seen = []
    field = Field()

    @field.on_change
    def _(value):
        seen.append(math.exp(2 * value))

    field.value = x
    field.value *= 1.0 if field.value > 0 else 0.0 * x + 1.0 if False else 1.0 if x < 0 else -1.0
    return math.log(x) * seen[0] + math.log(2 * x)


@construct(0.7, lambda x: x**3 / 6 + x)
def slices_of_ones_own(x):
    class Signal:
        def __init__(self, values):
            self.values = values

        def __getitem__(self, key):
            if isinstance(key, slice):
                return Signal([math.fabs(v) for v in self.values[key]])
            if isinstance(key, tuple):
                return math.prod(self.values[k] for k in key)
            return self.values[key]

        def __call__(self):
            return math.fsum(self.values)

    s = Signal([x, x**2 / 2, x**3 / 6])
    return s[::2]() + s[0, 1] * 0 + s[-1] * 0


test_construct = construct.test()
