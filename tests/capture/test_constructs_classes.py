"""Classes: methods, properties, dataclasses, operators of one's own, descriptors, context managers."""

import contextlib
import dataclasses
import enum
import functools
import math
import typing

import mpmath as mp
from constructs import Constructs

construct = Constructs()


class Oscillator:
    scale = 2.0

    def __init__(self, rate, frequency=3.0):
        self.rate = math.fabs(rate)
        self.__frequency = frequency

    def __call__(self, t):
        return self._damping(t) * math.sin(self.__frequency * t)

    def _damping(self, t):
        return math.exp(-self.rate * t)

    @classmethod
    def unit(cls, t):
        return cls(1.0)(t) * cls.scale

    @staticmethod
    def cube(t):
        return math.pow(t, 3)


@construct(0.7, lambda x: mp.exp(-(x**2)) * mp.sin(3 * x) + 2 * mp.exp(-x) * mp.sin(3 * x) + x**3)
def methods(x):
    return Oscillator(x)(x) + Oscillator.unit(x) + Oscillator.cube(x)


class Circle:
    def __init__(self, radius):
        self._radius = radius

    @property
    def radius(self):
        return math.fabs(self._radius)

    @radius.setter
    def radius(self, value):
        self._radius = math.sqrt(value)

    @property
    def area(self):
        return math.pi * math.pow(self.radius, 2)

    @functools.cached_property
    def girth(self):
        return 2 * math.pi * math.hypot(self.radius, 0.0)


@construct(0.7, lambda x: mp.pi * x**2 + 2 * mp.pi * x)
def properties(x):
    circle = Circle(x)
    return circle.area + circle.girth


@construct(0.7, lambda x: mp.pi * x)
def a_property_setter(x):
    circle = Circle(1.0)
    circle.radius = x
    return circle.area


class Base:
    def __init__(self, x):
        self.x = math.sin(x)

    def value(self):
        return self.x

    def twice(self):
        return 2 * self.value()


class Derived(Base):
    __slots__ = ("y",)

    def __init__(self, x):
        super().__init__(x)
        self.y = math.cos(x)

    def value(self):
        return super().value() * math.exp(self.y)


@construct(0.7, lambda x: 2 * mp.sin(x) * mp.exp(mp.cos(x)))
def inheritance(x):
    return Derived(x).twice()


@dataclasses.dataclass
class Spring:
    stiffness: float
    mass: float = 2.0
    parts: list = dataclasses.field(default_factory=list)
    omega: float = dataclasses.field(init=False)
    shift: dataclasses.InitVar[float] = 0.0

    def __post_init__(self, shift):
        self.omega = math.sqrt(self.stiffness / self.mass) + shift

    def energy(self, x):
        return math.pow(self.omega * x, 2)


@construct(0.7, lambda x: (mp.sqrt(x / 2) + x) ** 2 * 9)
def a_dataclass(x):
    return Spring(x, shift=x).energy(3.0)


@dataclasses.dataclass(frozen=True, slots=True, order=True)
class Point:
    x: float
    y: float = 0.0

    def norm(self):
        return math.hypot(self.x, self.y)

    def __add__(self, other):
        return dataclasses.replace(self, x=self.x + other.x, y=self.y + other.y)


@construct(0.7, lambda x: mp.sqrt((x + 1) ** 2 + (x**2 + 2) ** 2))
def a_frozen_dataclass(x):
    return (Point(x, x**2) + Point(1.0, 2.0)).norm()


class Pair(typing.NamedTuple):
    a: float
    b: float = 2.0

    def mixed(self):
        return math.sin(self.a) * math.cos(self.b)


@construct(0.7, lambda x: mp.sin(x) * mp.cos(2) + x)
def a_named_tuple(x):
    pair = Pair(x)
    a, _ = pair
    return pair.mixed() + a


class Kernel(enum.Enum):
    GAUSS = "gauss"
    CAUCHY = "cauchy"

    def __call__(self, t):
        return math.exp(-(t**2)) if self is Kernel.GAUSS else 1 / (1 + t**2)


@construct(0.7, lambda x: mp.exp(-(x**2)) + 1 / (1 + x**2))
def an_enum(x):
    return Kernel.GAUSS(x) + Kernel("cauchy")(x)


class Vector:
    def __init__(self, *parts):
        self.parts = list(parts)

    def __add__(self, other):
        if isinstance(other, (int, float)):
            return Vector(*(p + other for p in self.parts))
        return Vector(*(math.fsum([p, q]) for p, q in zip(self.parts, other.parts, strict=True)))

    __radd__ = __add__

    def __mul__(self, other):
        if not isinstance(other, (int, float)):
            return NotImplemented
        return Vector(*(math.prod([p, other]) for p in self.parts))

    def __rmul__(self, other):
        return self * other

    def __matmul__(self, other):
        return sum(p * q for p, q in zip(self, other, strict=True))

    def __neg__(self):
        return Vector(*(-math.fabs(p) * math.copysign(1.0, p) for p in self.parts))

    def __abs__(self):
        return math.hypot(*self.parts)

    def __len__(self):
        return len(self.parts)

    def __getitem__(self, k):
        return self.parts[k]

    def __setitem__(self, k, value):
        self.parts[k] = math.sin(value)

    def __iter__(self):
        return iter(self.parts)

    def __lt__(self, other):
        return math.hypot(*self.parts) < math.hypot(*other.parts)

    def __eq__(self, other):
        return math.isclose(math.hypot(*self.parts), math.hypot(*other.parts))

    def __bool__(self):
        return math.hypot(*self.parts) > 0

    def __contains__(self, value):
        return any(math.isclose(math.fabs(p), value) for p in self.parts)

    __hash__ = None


@construct(0.7, lambda x: mp.sqrt((2 * x + 1) ** 2 + (2 * x**2 + 2) ** 2))
def operators_of_a_class(x):
    v = 2.0 * Vector(x, x**2) + Vector(1.0, 2.0)
    return abs(-v)


@construct(0.7, lambda x: x + x**2 + x * x**2 + 2)
def items_of_a_class(x):
    v = Vector(x, x**2)
    first, second = v
    return v[0] + v[-1] + v @ Vector(x**2, 0.0) + len(v) + (first - v[0]) * second


@construct(0.7, lambda x: mp.sin(mp.sin(x) + x))
def stores_into_a_class(x):
    v = Vector(0.0, 0.0)
    v[0] = x
    v[0] += x
    return v[0]


@construct(0.7, lambda x: x**3)
def comparisons_of_a_class(x):
    vectors = [Vector(2.0, x), Vector(x, x**3), Vector(1.0, 1.0)]
    smallest = sorted(vectors)[0]
    if smallest == min(vectors) and smallest < max(vectors) and smallest:
        return smallest[1]
    return 0.0


@construct(0.7, lambda x: 3 * x + 3)
def a_sum_of_objects(x):
    total = sum([Vector(x, 1.0), Vector(x, 1.0), Vector(x, 1.0)], start=Vector(0.0, 0.0))
    total += 0.0
    return total[0] + total[1]


class Number:
    """A dual number: the derivative by the user's own means."""

    def __init__(self, re, du=0.0):
        self.re = re
        self.du = du

    def __mul__(self, other):
        other = other if type(other) is Number else Number(other)
        return Number(self.re * other.re, self.re * other.du + self.du * other.re)

    __rmul__ = __mul__

    def __pow__(self, n):
        return Number(math.pow(self.re, n), n * math.pow(self.re, n - 1) * self.du)

    def sin(self):
        return Number(math.sin(self.re), math.cos(self.re) * self.du)


@construct(0.7, lambda x: mp.diff(lambda t: 3.0 * mp.sin(t) ** 3, x))
def dual_numbers(x):
    return (3.0 * Number(x, 1.0).sin() ** 3).du


class Polynomial:
    def __init__(self, coefficients):
        self.coefficients = tuple(coefficients)

    def __call__(self, x):
        return functools.reduce(lambda a, b: a * x + b, reversed(self.coefficients))

    def __mul__(self, other):
        out = [0.0] * (len(self.coefficients) + len(other.coefficients) - 1)
        for i, a in enumerate(self.coefficients):
            for j, b in enumerate(other.coefficients):
                out[i + j] += math.prod((a, b))
        return Polynomial(out)


@construct(0.7, lambda x: (1 + x * 2) * (x + 4 * x))
def polynomials(x):
    p = Polynomial([1.0, x]) * Polynomial([x, 2 * x])
    return p(2.0)


class Matrix:
    def __init__(self, rows):
        self.rows = rows

    def __getitem__(self, place):
        i, j = place
        return self.rows[i][j]

    def __setitem__(self, place, value):
        i, j = place
        self.rows[i][j] = math.fsum([value])

    def __matmul__(self, other):
        n = range(len(self.rows))
        return Matrix([[math.fsum(self[i, k] * other[k, j] for k in n) for j in n] for i in n])


@construct(0.7, lambda x: x**2 + mp.sin(x) + mp.log(x))
def matrices(x):
    a = Matrix([[x, 1.0], [math.sin(x), 2.0]])
    b = a @ a
    b[1, 1] = math.log(x)
    return b[0, 0] + b[1, 1]


class Positive:
    def __set_name__(self, owner, name):
        self.name = "_" + name

    def __get__(self, instance, owner):
        return math.exp(getattr(instance, self.name))

    def __set__(self, instance, value):
        setattr(instance, self.name, math.log(value))


class Model:
    width = Positive()

    def __init__(self, width):
        self.width = width

    def __getattr__(self, name):
        if name == "double":
            return math.fsum([self.width, self.width])
        raise AttributeError(name)


@construct(0.7, lambda x: x * 2 * x)
def descriptors(x):
    model = Model(x)
    return model.width * model.double


class Ratio:
    def __init__(self, top, bottom):
        self.top, self.bottom = top, bottom

    def __float__(self):
        return math.exp(self.top) / self.bottom

    def __round__(self, n=None):
        return math.sin(self.top)

    def __format__(self, spec):
        return format(math.sin(self.top), spec)


@construct(0.7, lambda x: mp.exp(x) / 2 + mp.sin(x))
def conversions(x):
    ratio = Ratio(x, 2.0)
    assert f"{ratio:.3f}"
    return float(ratio) + round(ratio, 2)


class Timer:
    def __init__(self, x):
        self.x = x

    def __enter__(self):
        self.started = math.sin(self.x)
        return self

    def __exit__(self, *exc):
        self.elapsed = math.exp(self.started)
        return False


@construct(0.7, lambda x: mp.exp(mp.sin(x)) + mp.sin(x))
def a_context_manager(x):
    with Timer(x) as timer:
        y = timer.started
    return timer.elapsed + y


@contextlib.contextmanager
def shifted(x):
    state = {"x": math.log(x)}
    try:
        yield state
    finally:
        state["x"] = math.exp(state["x"])


@construct(0.7, lambda x: mp.log(x) * x)
def a_context_manager_from_a_generator(x):
    with shifted(x) as state, contextlib.suppress(KeyError):
        inside = state["x"]
    return inside * state["x"]


class Steps:
    """An iterator of one's own."""

    def __init__(self, x, n):
        self.x, self.n = x, n

    def __iter__(self):
        return self

    def __next__(self):
        if self.n == 0:
            raise StopIteration
        self.n -= 1
        return math.sin(self.n * self.x)


@construct(
    0.7, lambda x: mp.sin(2 * x) + mp.sin(x) + (mp.sin(2 * x) - mp.sin(x)) * 3 + mp.sin(x) * 2
)
def an_iterator(x):
    total = 0.0
    for value in Steps(x, 3):
        total += value
    a, b = [v for v in Steps(x, 3) if v]
    return total + (a - b) * 3 + sum(Steps(x, 2)) + next(Steps(x, 2))


class Config:
    """A global object that the function reads and writes."""

    rate = 0.5
    table: typing.ClassVar = {"a": 2.0, "b": 3.0}


config = Config()


@construct(0.7, lambda x: mp.exp(0.5 * x) * 2 + 3)
def a_global_object(x):
    config.last = math.exp(config.rate * x)
    return config.last * config.table["a"] + config.table["b"]


class Meta(type):
    def __call__(cls, *args):
        made = super().__call__(*args)
        made.extra = math.sin(args[0])
        return made


class Single(metaclass=Meta):
    def __new__(cls, x):
        made = super().__new__(cls)
        made.y = math.cos(x)
        return made

    def __init__(self, x):
        self.z = math.exp(x)


@construct(0.7, lambda x: mp.sin(x) + mp.cos(x) + mp.exp(x))
def metaclass_and_new(x):
    one = Single(x)
    return one.extra + one.y + one.z


class Chain:
    """A fluent interface."""

    def __init__(self, x):
        self.x = x

    def then(self, f):
        return Chain(f(self.x))

    def __or__(self, f):
        return Chain(f(self.x))


@construct(0.7, lambda x: mp.exp(mp.sin(x)) + mp.log(mp.cos(x)))
def chains(x):
    return Chain(x).then(math.sin).then(math.exp).x + (Chain(x) | math.cos | math.log).x


@construct(0.7, lambda x: mp.sin(x) * 2 + mp.exp(x))
def a_class_inside(x):
    class Local:
        factor = math.sqrt(4.0)

        def __init__(self):
            self.y = math.sin(x)

        def value(self):
            return self.factor * self.y + math.exp(x)

    return Local().value()


test_construct = construct.test()
