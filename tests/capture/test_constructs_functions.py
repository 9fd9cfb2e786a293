"""Functions in all their forms: closures, decorators, partials, generators, recursion."""
# ruff: noqa: PIE804, UP033 (what people write is tested, not what is best)

import functools
import math
from math import cos, exp, sin

import mpmath as mp
from constructs import Constructs

construct = Constructs()
from math import *  # noqa: E402, F403

sine = math.sin


@construct(0.7, lambda x: mp.sin(x) * mp.exp(x))
def names_from_a_star_import(x):
    return sin(x) * exp(x)


@construct(0.7, lambda x: mp.sin(mp.sin(x)))
def an_alias(x):
    return sine(sine(x))


@construct(0.7, lambda x: mp.sin(x) + mp.sin(2 * x) + mp.cos(2 * x))
def two_lambdas_on_one_line(x):
    f, g = lambda t: math.sin(t), lambda t: math.sin(2 * t) + math.cos(2 * t)
    return f(x) + g(x)


pair = (lambda t: math.sin(t) + 1, lambda t: math.sin(t) + 2, lambda t: math.cos(t) * t)


@construct(0.7, lambda x: (mp.sin(x) + 1) * (mp.sin(x) + 2) * mp.cos(x) * x)
def lambdas_in_a_table(x):
    return pair[0](x) * pair[1](x) * pair[2](x)


@construct(0.7, lambda x: mp.log(x) * mp.log(2) * 3)
def defaults_and_keywords(x):
    def inner(t, base=2.0, *, scale=1.0):
        return scale * math.log(t) * math.log(base)

    return inner(x, scale=3.0)


@construct(0.7, lambda x: mp.sqrt(x) + mp.sqrt(2 * x) + mp.sqrt(3 * x))
def star_arguments(x):
    def total(*values, **named):
        return sum(math.sqrt(v) for v in values) + sum(math.sqrt(v) for v in named.values())

    return total(*[x, 2 * x], **{"third": 3 * x})


@construct(0.7, lambda x: mp.exp(-x) * mp.sin(3 * x))
def a_closure(x):
    def damped(rate, frequency):
        def wave(t):
            return math.exp(-rate * t) * math.sin(frequency * t)

        return wave

    return damped(1.0, 3.0)(x)


@construct(0.7, lambda x: sum(mp.sin(k * x) for k in (1, 2, 3)))
def nonlocal_names(x):
    total = 0.0

    def add(k):
        nonlocal total
        total += math.sin(k * x)

    for k in (1, 2, 3):
        add(k)
    return total


count = 0.0


@construct(0.7, lambda x: mp.exp(x) + mp.exp(2 * x))
def global_names(x):
    global count
    count = math.exp(x)
    count += math.exp(2 * x)
    return count


@construct(0.7, lambda x: x**10 / mp.factorial(10))
def recursion(x):
    def term(n):
        return math.pow(x, 0) if n == 0 else x / n * term(n - 1)

    return term(10)


def is_even(n, x):
    return math.cos(x) if n == 0 else is_odd(n - 1, x) * x


def is_odd(n, x):
    return math.sin(x) if n == 0 else is_even(n - 1, x) + math.sqrt(x)


@construct(0.7, lambda x: ((mp.cos(x) + 0) * x + mp.sqrt(x)) * x)
def mutual_recursion(x):
    return is_odd(1, x) * x if x < 0 else is_even(2, x) - is_even(2, x) + mutual(x)


def mutual(x):
    return (is_even(0, x) * x + math.sqrt(x)) * x


@construct(
    0.7, lambda x: sum((-1) ** k * x ** (2 * k + 1) / mp.factorial(2 * k + 1) for k in range(6))
)
def a_generator(x):
    def terms():
        k, term = 0, x
        while k < 6:
            yield term
            k += 1
            term = -term * math.pow(x, 2) / ((2 * k) * (2 * k + 1))

    return sum(terms())


@construct(0.7, lambda x: (mp.sin(x) + mp.sin(2 * x)) / 2)
def send_to_a_generator(x):
    def averager():
        total, n, mean = 0.0, 0, None
        while True:
            total += math.sin((yield mean))
            n += 1
            mean = total / n

    running = averager()
    next(running)
    running.send(x)
    return running.send(2 * x)


@construct(0.7, lambda x: mp.exp(x) + mp.exp(x**2) + 5 * mp.exp(x**2))
def yield_from(x):
    def inner():
        yield math.exp(x)
        yield math.exp(x**2)
        return 5.0

    def outer():
        scale = yield from inner()
        yield scale * math.exp(x**2)

    return sum(outer())


@construct(
    0.7,
    lambda x: sum(mp.sin(k * x) * 2 for k in (1, 2, 3)) + mp.sin(x) + mp.sin(2 * x) + mp.sin(3 * x),
)
def comprehensions(x):
    a = [math.sin(k * x) for k in (1, 2, 3)]
    b = {k: math.sin(k * x) for k in (1, 2, 3)}
    c = {math.sin(k * x) for k in (1, 2, 3)}
    return sum(a) + sum(b.values()) + sum(v for v in c)


@construct(0.7, lambda x: mp.sin(x) ** 2 + mp.sin(x))
def walrus(x):
    return (s := math.sin(x)) ** 2 + s if (n := 3) > 2 else n


def logged(f):
    @functools.wraps(f)
    def wrapper(*args, **named):
        return 2 * f(*args, **named)

    return wrapper


def unwrapped(f):
    def wrapper(x):
        return f(x) + math.sin(x)

    return wrapper


class Scaled:
    def __init__(self, f):
        self.f = f

    def __call__(self, x):
        return 3 * self.f(x)


def scaled_by(factor):
    def decorate(f):
        return lambda x: factor * f(x)

    return decorate


@construct(0.7, lambda x: 2 * mp.exp(mp.sin(x)))
@logged
def a_decorator_with_wraps(x):
    return math.exp(math.sin(x))


@unwrapped
def plain_decorated(x):
    return math.exp(x)


@Scaled
def class_decorated(x):
    return math.cos(x)


@scaled_by(5.0)
def factory_decorated(x):
    return math.tan(x)


@construct(0.7, lambda x: (mp.exp(x) + mp.sin(x)) * 3 * mp.cos(x) + 5 * mp.tan(x))
def decorators(x):
    return plain_decorated(x) * class_decorated(x) + factory_decorated(x)


@construct(0.7, lambda x: mp.log(x, 3) + x**2.5)
def partials(x):
    cube_log = functools.partial(math.log, x)
    power = functools.partial(lambda t, n: math.pow(t, n), n=2.5)
    return cube_log(3) + power(x)


@construct(0.7, lambda x: mp.hypot(mp.hypot(x, 2 * x), 3.0) * x * 2)
def reduce(x):
    return functools.reduce(math.hypot, [x, 2 * x, 3.0]) * functools.reduce(
        lambda a, b: a * b, [x, 2.0]
    )


@functools.lru_cache(maxsize=None)
def legendre(n, x):
    if n == 0:
        return math.cos(0.0) * x**0
    if n == 1:
        return x
    return ((2 * n - 1) * x * legendre(n - 1, x) - (n - 1) * legendre(n - 2, x)) / n


@construct(0.7, lambda x: (63 * x**5 - 70 * x**3 + 15 * x) / 8)
def a_cache(x):
    return legendre(5, x)


@construct(0.7, lambda x: mp.sin(x) ** 12)
def a_cache_inside(x):
    @functools.cache
    def power(n):
        return math.sin(x) if n == 1 else power(n // 2) * power(n - n // 2)

    return power(12)


@functools.singledispatch
def area(shape):
    raise TypeError(shape)


@area.register
def _(shape: float):
    return math.pi * math.pow(shape, 2)


@area.register(tuple)
def _(shape):
    return math.prod(shape)


@construct(0.7, lambda x: mp.pi * x**2 + x * 3.0)
def single_dispatch(x):
    return area(x) + area((x, 3.0))


@construct(0.7, lambda x: mp.sin(mp.cos(mp.exp(x))))
def composition(x):
    def compose(*functions):
        return functools.reduce(lambda f, g: lambda t: f(g(t)), functions)

    return compose(math.sin, math.cos, math.exp)(x)


@construct(0.7, lambda x: mp.sin(x) + mp.cos(x))
def functions_in_a_dictionary(x):
    table = {"sin": math.sin, "cos": cos}
    return sum(table[name](x) for name in ("sin", "cos"))


@construct(0.7, lambda x: mp.exp(x) - 1 + mp.log(1 + x))
def assigned_to_a_default(x, f=math.expm1, g=math.log1p):
    return f(x) + g(x)


def euler(slope, y, t, steps=8):
    h = t / steps
    for k in range(steps):
        y += h * slope(k * h, y)
    return y


@construct(0.7, lambda x: (1 - x / 8) ** 8)
def a_callback(x):
    return euler(lambda t, y: -y * math.cos(0 * t), 1.0, x)


@construct(0.7, lambda x: mp.sin(x) * 4)
def called_through_its_name(x, calls=0):
    if calls == 2:
        return math.sin(x)
    return 2 * called_through_its_name(x, calls + 1)


test_construct = construct.test()
