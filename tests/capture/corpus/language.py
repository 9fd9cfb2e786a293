"""Python itself: closures, classes, generators, exceptions, containers, with math in them."""

import functools
import itertools
import math
import operator
from collections import Counter, OrderedDict, defaultdict, deque, namedtuple
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import lru_cache, partial, reduce, singledispatch


def closure(x):
    k = 2.5

    def inner(t):
        return math.sin(k * t) + x

    return inner(x) * inner(1.0)


def nonlocal_counter(x):
    total = 0.0

    def add(v):
        nonlocal total
        total += v * v

    for i in range(5):
        add(x + i)
    return total


two_on_one_line = (lambda x: math.sin(x) * x), (lambda x: math.cos(x) / x)


def defaults(x, scale=3.0, *, shift=0.5, power=2):
    return scale * (x - shift) ** power


def star_arguments(*values):
    return sum(math.exp(-v) for v in values)


def keyword_arguments(x):
    def model(**p):
        return p["a"] * math.exp(-p["b"])

    return model(a=x, b=x**2)


def factorial_like(n, x):
    return 1.0 if n == 0 else factorial_like(n - 1, x) * x / n


def recursion(x):
    return sum(factorial_like(n, x) for n in range(12))


def mutual_recursion(x):
    def even(n, v):
        return v if n == 0 else odd(n - 1, math.sin(v))

    def odd(n, v):
        return v if n == 0 else even(n - 1, v * 1.5)

    return even(6, x)


def powers(x):
    term = 1.0
    while True:
        yield term
        term = term * x


def generator(x):
    return sum(t / (k + 1) for k, t in zip(range(8), powers(x)))


def send_to_generator(x):
    def averager():
        total, n, mean = 0.0, 0, None
        while True:
            v = yield mean
            total += v
            n += 1
            mean = total / n

    g = averager()
    next(g)
    for v in (x, x * x, math.log(x)):
        result = g.send(v)
    return result


def yield_from(x):
    def chain():
        yield from (x * k for k in range(3))
        yield from [math.tan(x)]

    return sum(chain())


def comprehensions(x):
    squares = [x**k for k in range(6) if k % 2 == 0]
    table = {k: math.sqrt(x + k) for k in range(4)}
    return sum(squares) + sum(table.values())


def nested_comprehension(x):
    return sum(math.sin(i * x) * math.cos(j * x) for i in range(3) for j in range(i + 1))


def walrus(x):
    if (y := math.exp(x)) > 1:
        return y * math.log(y + 1)
    return y


def match_statement(x):
    def area(shape):
        match shape:
            case ("circle", r):
                return math.pi * r**2
            case ("rectangle", a, b):
                return a * b
            case {"side": s}:
                return s * s
            case _:
                return 0.0

    return area(("circle", x)) + area(("rectangle", x, 2 * x)) + area({"side": x})


def caught_exception(x):
    try:
        y = math.log(-x)
    except ValueError:
        y = math.log(x)
    return y * x


def own_exception(x):
    class TooBig(Exception):
        pass

    def guarded(v):
        if v > 2:
            raise TooBig
        return v**3

    try:
        return guarded(x) + guarded(x + 5)
    except TooBig:
        return guarded(x) - 1
    finally:
        x = None


@contextmanager
def scaled(x):
    yield 3 * x


def context_manager(x):
    with scaled(x) as y:
        return math.atan(y)


def doubled(f):
    @functools.wraps(f)
    def wrapper(*args, **kwargs):
        return 2 * f(*args, **kwargs)

    return wrapper


@doubled
def decorated(x):
    return math.sinh(x)


class Polynomial:
    def __init__(self, *coefficients):
        self.coefficients = coefficients

    def __call__(self, x):
        total = 0
        for c in reversed(self.coefficients):
            total = total * x + c
        return total


callable_object = Polynomial(1.0, -2.0, 0.5, 3.0)


class Spring:
    def __init__(self, stiffness, length):
        self.stiffness = stiffness
        self._length = length

    @property
    def length(self):
        return self._length

    @length.setter
    def length(self, value):
        self._length = value

    @staticmethod
    def half(v):
        return 0.5 * v

    @classmethod
    def soft(cls, k):
        return cls(k / 10, 1.0)

    def energy(self):
        return self.half(self.stiffness) * self.length**2


def properties(x):
    s = Spring.soft(x)
    s.length = x + 1
    s.length += 0.5
    return s.energy()


class Shape:
    def __init__(self, size):
        self.size = size

    def area(self):
        return self.size**2

    def cost(self):
        return 3.0 * self.area() + self.size


class Disc(Shape):
    def area(self):
        return math.pi * super().area()


def inheritance(x):
    return Disc(x).cost() + Shape(2 * x).cost()


@dataclass
class Body:
    mass: float
    speed: float
    trail: list = field(default_factory=list)

    def kinetic(self):
        return 0.5 * self.mass * self.speed**2


def dataclasses_used(x):
    b = Body(x, 2 * x)
    c = replace(b, speed=x**2)
    c.trail.append(b.kinetic())
    return c.kinetic() + c.trail[0]


def dataclass_point(b):
    return b.mass * math.exp(-b.speed)


Point = namedtuple("Point", "x y")


def named_tuple(x):
    p = Point(x, x**2)
    q = p._replace(y=1.5)
    return math.hypot(p.x - q.y, p.y)


class Vector:
    def __init__(self, x, y):
        self.x, self.y = x, y

    def __add__(self, other):
        return Vector(self.x + other.x, self.y + other.y)

    def __mul__(self, k):
        return Vector(self.x * k, self.y * k)

    __rmul__ = __mul__

    def __abs__(self):
        return math.sqrt(self.x**2 + self.y**2)

    def __iter__(self):
        return iter((self.x, self.y))

    def __len__(self):
        return 2

    def __getitem__(self, i):
        return (self.x, self.y)[i]


def own_operators(x):
    v = Vector(x, 1.0) + 2 * Vector(0.5, x)
    a, b = v
    return abs(v) + a * v[1] / len(v) + b


class Dual:
    """A person's own dual numbers."""

    def __init__(self, a, b):
        self.a, self.b = a, b

    def __mul__(self, o):
        return Dual(self.a * o.a, self.a * o.b + self.b * o.a)


def own_dual_numbers(x):
    d = Dual(x, 1.0)
    p = d * d * d
    return p.a + p.b


def type_checks(x):
    if not isinstance(x, (int, float)):
        raise TypeError("a number please")
    if type(x) is float:
        return x * math.log(x)
    return 0.0


def float_conversion(x):
    y = float(x)
    return float(math.exp(y)) + float(2)


def extrema(x):
    candidates = [x**2, 2 * x, math.exp(x) - 3]
    return max(candidates) - min(candidates) + max(x, 0.0) + min(1.0, x, 5)


def sorting(x):
    values = sorted([x, 1 / x, x**2, 0.3])
    return sum((k + 1) * v for k, v in enumerate(values))


def sort_by_key(x):
    items = [("a", x), ("b", 3 * x), ("c", x - 1)]
    items.sort(key=lambda item: -item[1])
    return items[0][1] ** 2 + items[-1][1]


def rounding_for_show(x):
    label = f"x = {round(x, 2)} and {x:.3f}"
    y = x**3
    return y if label else 0.0


def partials(x):
    quadratic = partial(lambda a, b, t: a * t * t + b * t, 2.0, b=-1.0)
    return quadratic(t=x)


def reduction(x):
    return reduce(lambda a, b: a * b + x, [1.0, 2.0, 3.0], x)


def reduced_operator(x):
    return reduce(operator.mul, [x, x + 1, x + 2], 1)


@lru_cache(maxsize=None)
def _weights(n):
    return tuple(1 / math.factorial(k) for k in range(n))


def cached_constants(x):
    return sum(w * x**k for k, w in enumerate(_weights(9)))


def cached_recursion(x):
    @lru_cache(None)
    def chebyshev(n):
        if n == 0:
            return 1
        if n == 1:
            return x
        return 2 * x * chebyshev(n - 1) - chebyshev(n - 2)

    return chebyshev(7)


@singledispatch
def _measure(v):
    return v * 2


@_measure.register(list)
def _(v):
    return sum(_measure(p) for p in v)


def dispatched(x):
    return _measure([x, x**2]) + _measure(x)


def iterators(x):
    total = 0
    for a, b in itertools.pairwise([x, x**2, x**3]):
        total += a * b
    for v in itertools.accumulate([x, 2.0, x], operator.mul):
        total += v
    for a, b in itertools.combinations([x, 1.0, x + 1], 2):
        total += abs(a - b)
    return total + sum(itertools.chain([x], (x**2 for _ in range(2))))


def accumulate_plain(x):
    return list(itertools.accumulate([x, x**2, x**3]))[-1] * x


def starmapped(x):
    return sum(itertools.starmap(pow, [(x, 2), (2.0, x), (x, x)]))


def mapped(x):
    return sum(map(math.sin, [x, 2 * x])) + sum(map(lambda a, b: a * b, [x, 1], [3, x]))


def filtered(x):
    return sum(filter(lambda v: v > 0, [x, -x, x - 5, 2 * x]))


def operators_module(x):
    return operator.add(x, operator.truediv(1, x)) ** operator.neg(0.5) + operator.itemgetter(1)(
        [0, x]
    )


def collections_used(x):
    d = deque([x, x**2], maxlen=3)
    d.appendleft(1.0)
    sums = defaultdict(float)
    for k, v in enumerate(d):
        sums[k % 2] += v * v
    o = OrderedDict(a=x)
    o["b"] = o["a"] * 2
    return sum(sums.values()) + o["b"] + Counter("aab")["a"] * x


def unpacking(x):
    a, *rest = [x, x + 1, x + 2]
    (b, c), d = (rest[0], rest[1]), {**{"k": x}, "j": 1.0}
    return a * b - c / d["k"]


def while_else(x):
    n = 0
    while x > 1:
        x = x / 2
        n += 1
        if n > 50:
            break
    else:
        return x**2 + n
    return x


def ternary_chain(x):
    return 0.0 if x < 0 else x**2 if x < 1 else 2 * x - 1 if x < 3 else 5.0


def boolean_short_circuit(x):
    return (x > 0 and math.log(x)) or x**2


def augmented(x):
    y = x
    y += 1
    y *= x
    y -= 0.5 * x
    y /= 2
    y **= 2
    return y


def integer_division(x):
    return x % 0.7 + x - 0.7 * (x // 0.7)


def divided_modulo(x):
    q, r = divmod(x, 0.4)
    return r**2 + q


def string_keys(p):
    return p["mass"] * p["g"] * p["height"] + 0.5 * p["mass"] * p["v"] ** 2


def nested_structure(p):
    total = 0.0
    for layer in p["layers"]:
        total += math.tanh(layer["w"] * 0.7 + layer["b"])
    return total * p["scale"]


def made_by_exec(x):
    space = {"math": math}
    exec("def f(t):\n    return math.sin(t) * t", space)
    return space["f"](x)


def evaluated_text(x):
    return eval("x**2 * math.exp(-x)", {"x": x, "math": math})


class Memo:
    def __init__(self):
        self.known = {}

    def __getattr__(self, name):
        if name.startswith("k"):
            return float(name[1:])
        raise AttributeError(name)

    def __contains__(self, key):
        return key in self.known


def dynamic_attributes(x):
    m = Memo()
    m.known["a"] = x
    return m.k3 * x**2 if "a" in m else x


def slots_and_chaining(x):
    class Builder:
        __slots__ = ("value",)

        def __init__(self, value):
            self.value = value

        def plus(self, v):
            self.value = self.value + v
            return self

        def times(self, v):
            self.value = self.value * v
            return self

    return Builder(x).plus(2).times(x).plus(math.sqrt(x)).value


def late_binding(x):
    functions = [lambda v, k=k: v**k for k in range(1, 4)]
    return sum(f(x) for f in functions)


def assertion(x):
    assert x > 0, "positive"
    return math.sqrt(x) ** 3


def comparison_chain(x):
    return x * 2 if 0 < x <= 1 < 2 else x**2


def list_building(x):
    out = []
    for k in range(4):
        out.append(x * k)
        out.extend([x**k])
    out.insert(0, 1.0)
    del out[2]
    out[1] = out[-1] * out.pop()
    return sum(out[::2]) + sum(reversed(out)) / len(out)


def any_all(x):
    return x**2 if all(v > 0 for v in (x, x + 1)) and not any(v > 10 for v in (x,)) else 0.0


CASES = [
    (closure, 0.7),
    (nonlocal_counter, 1.3),
    (two_on_one_line[0], 0.9),
    (two_on_one_line[1], 0.9),
    (defaults, 1.1),
    (star_arguments, 0.3, 0.8, -0.2),
    (keyword_arguments, 0.6),
    (recursion, 0.8),
    (mutual_recursion, 0.4),
    (generator, 0.6),
    (send_to_generator, 1.7),
    (yield_from, 0.5),
    (comprehensions, 0.9),
    (nested_comprehension, 0.31),
    (walrus, 0.4),
    (match_statement, 1.2),
    (caught_exception, 1.8),
    (own_exception, 1.1),
    (context_manager, 0.45),
    (decorated, 0.35),
    (callable_object, 0.65),
    (properties, 1.4),
    (inheritance, 0.8),
    (dataclasses_used, 0.9),
    (dataclass_point, Body(2.0, 0.4)),
    (named_tuple, 0.8),
    (own_operators, 1.2),
    (own_dual_numbers, 0.7),
    (type_checks, 1.5),
    (float_conversion, 0.25),
    (extrema, 0.55),
    (sorting, 1.35),
    (sort_by_key, 0.4),
    (rounding_for_show, 1.237),
    (partials, 0.3),
    (reduction, 0.6),
    (reduced_operator, 0.7),
    (cached_constants, 0.5),
    (cached_recursion, 0.37),
    (dispatched, 0.8),
    (iterators, 1.6),
    (accumulate_plain, 0.6),
    (starmapped, 1.2),
    (mapped, 0.9),
    (filtered, 1.1),
    (operators_module, 0.8),
    (collections_used, 0.7),
    (unpacking, 1.9),
    (while_else, 5.3),
    (ternary_chain, 0.6),
    (ternary_chain, 1.7),
    (boolean_short_circuit, 2.4),
    (augmented, 0.8),
    (integer_division, 1.9),
    (divided_modulo, 1.5),
    (string_keys, {"mass": 2.0, "g": 9.81, "height": 1.5, "v": 3.0}),
    (nested_structure, {"layers": [{"w": 0.3, "b": 0.1}, {"w": -0.6, "b": 0.2}], "scale": 1.7}),
    (made_by_exec, 0.7),
    (evaluated_text, 0.7),
    (dynamic_attributes, 0.9),
    (slots_and_chaining, 1.44),
    (late_binding, 0.7),
    (assertion, 0.6),
    (comparison_chain, 0.6),
    (list_building, 0.85),
    (any_all, 0.9),
]
