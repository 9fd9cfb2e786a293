"""Flow of control: loops, match, exceptions, asserts, iterations that converge."""
# ruff: noqa: UP031, UP032, RUF021 (what people write is tested, not what is best)

import json
import math
import numbers

import mpmath as mp
from constructs import Constructs

construct = Constructs()


@construct(0.7, lambda x: mp.sqrt(x))
def newton(x):
    y = x
    while math.fabs(y * y - x) > 1e-15 * x:
        y = 0.5 * (y + x / y)
    return y


@construct(2.0, lambda x: mp.findroot(lambda t: mp.cos(t) - x * t, 0.5))
def a_fixed_point(x):
    t = 0.5
    for _ in range(100):
        new = t - (math.cos(t) - x * t) / (-math.sin(t) - x)
        if abs(new - t) < 1e-15:
            break
        t = new
    else:
        raise RuntimeError("no convergence")
    return new


@construct(0.7, lambda x: mp.exp(x) if x > 0 else x)
def branches(x):
    if x < 0:
        return x
    elif x < 0.5:
        return math.sin(x)
    return math.exp(x) if x < 1 else 0.0


def describe(value):
    match value:
        case {"kind": "gauss", "at": at}:
            return math.exp(-(at**2))
        case [a, b, *rest]:
            return math.hypot(a, b) + sum(rest)
        case str():
            return 0.0
        case float(v) if v > 0:
            return math.log(v)
        case int() | float():
            return 1.0


@construct(0.7, lambda x: mp.exp(-(x**2)) + mp.sqrt(x**2 + 1) + 5 + x + mp.log(x))
def match_statements(x):
    parts = describe({"kind": "gauss", "at": x}), describe([x, 1.0, 5.0, x]), describe(x)
    return sum(parts)


@construct(0.7, lambda x: x**2 * 3 + mp.cos(x))
def exceptions(x):
    def logarithm(v):
        try:
            return math.log(v)
        except ValueError:
            return v**2
        else:
            return 5.0
        finally:
            seen.append(v)

    seen = []
    y = logarithm(-x) * 3
    try:
        y += math.cos(x)
        y /= len(seen) - 1
    except ZeroDivisionError as error:
        assert error.args
    return y


@construct(0.7, lambda x: mp.sin(x) * 4)
def errors_of_ones_own(x):
    class Found(Exception):
        def __init__(self, value):
            super().__init__("found")
            self.value = math.sin(value)

    try:
        for k in range(5):
            if k == 4:
                raise Found(x)
    except Found as found:
        return found.value * k


@construct(0.7, lambda x: mp.sqrt(x) + mp.exp(x))
def assertions(x):
    assert x > 0, f"x is {x}"
    assert isinstance(x, (int, float)), type(x)
    assert math.isfinite(x)
    return math.sqrt(x) + math.exp(x)


@construct(0.7, lambda x: mp.sin(x) + mp.cos(x) + mp.exp(x) + x**2)
def questions_of_type(x):
    y = 0.0
    if isinstance(x, (int, float)):
        y += math.sin(x)
    if isinstance(x, numbers.Real) and isinstance(x, numbers.Number):
        y += math.cos(x)
    if type(x) is float and type(x) == float:  # noqa: E721
        y += math.exp(x)
    if not isinstance(x, (str, int, complex, list)) and callable(getattr(x, "is_integer", None)):
        y += float(x) ** 2
    return y


@construct(0.7, lambda x: mp.exp(x) * 2 + 3)
def text_beside(x):
    y = math.exp(x)
    text = f"{x:.3f} {y!r} {x=}" + "{:8.3e} {}".format(x, y) + "%.3f %s" % (y, x) + str(x)
    log = json.dumps({"x": x, "values": [y, 1.0]})
    return y * 2 + 3 if text and log and len(text) > 3 else 0.0


@construct(0.7, lambda x: x + mp.exp(x))
def rounding(x):
    shown = round(x, 3)
    whole = round(math.exp(x) * 0 + 2.4)
    return shown + math.exp(x) + whole * 0 + int(x) + math.floor(x)


@construct(0.7, lambda x: (x * 7) % 1.0 + (x * 7) % 2.0 + mp.fabs(-x) + x**3)
def builtin_functions(x):
    quotient, rest = divmod(7 * x, 1.0)
    return rest + math.fmod(7 * x, 2.0) + abs(-x) + pow(x, 3) + 0 * quotient


@construct(0.7, lambda x: 3 * x + mp.sin(3 * x) + x + 0.5)
def extremes(x):
    values = [x, 3 * x, 2 * x]
    top = max(values)
    by_key = min(values, key=lambda v: -math.exp(v))
    none = max([], default=x)
    low = sorted(values, key=math.cos, reverse=True)[0]
    return top + math.sin(by_key) + none + 0 * low + min(0.5, x)


@construct(0.7, lambda x: sum(1 / (k + x) ** 2 for k in range(1, 30)))
def a_while_loop(x):
    total, k = 0.0, 1
    while True:
        term = math.pow(k + x, -2)
        if k >= 30:
            break
        k += 1
        if term < 0:
            continue
        total += term
    return total


@construct(0.7, lambda x: mp.sin(x) * 6 + mp.cos(x))
def nested_loops(x):
    total = 0.0
    for i in range(3):
        for _ in range(i + 1):
            total += math.sin(x)
    for name, value in {"c": math.cos(x)}.items():
        total += value if name else 0.0
    return total


def bisect(f, low, high):
    for _ in range(200):
        middle = (low + high) / 2
        if middle in (low, high):
            break
        if f(low) * f(middle) <= 0:
            high = middle
        else:
            low = middle
    return (low + high) / 2


@construct(0.7, lambda x: x * mp.findroot(lambda t: mp.cos(t) - t, 0.7))
def a_bisection_beside(x):
    return x * bisect(lambda t: math.cos(t) - t, 0.0, 1.0)


@construct(0.7, lambda x: mp.quad(lambda t: mp.sin(t * x), [0, 1]))
def gauss_legendre(x):
    nodes = [(-0.9602898564975363, 0.1012285362903763), (-0.7966664774136267, 0.2223810344533745),
             (-0.525532409916329, 0.3137066458778873), (-0.1834346424956498, 0.362683783378362)]  # fmt: skip
    nodes += [(-t, w) for t, w in nodes]
    return sum(w * math.sin((t + 1) / 2 * x) for t, w in nodes) / 2


@construct(0.7, lambda x: 8 * x**3)
def chained_comparison(x):
    return math.pow(2 * x, 3) if 0 < x < 1 <= 1.5 and not x > 2 or x == 100 else 0.0


@construct(0.7, lambda x: mp.sin(x) + 2)
def deleting_and_unpacking(x):
    a, (b, *c), d = math.sin(x), [1.0, 2.0, 3.0], 0.0
    del d
    values = [*c, a]
    first, *_, last = values
    values[0], values[1] = values[1], values[0]
    return last + b * first if values else 0.0


test_construct = construct.test()
