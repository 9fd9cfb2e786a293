"""Functions of numbers, element by element, with out=, where= and the methods of ufuncs."""

import numpy as np

from . import C, M, P, V, W

MASK = np.array([True, False, True, True])


def out_written(x):
    y = np.zeros(4)
    np.multiply(x, 2.0, out=y)
    np.add(y, x, y)
    return y * x


def out_tuple(x):
    y = np.empty(4)
    np.sin(x, out=(y,))
    return y


def where_kept(x):
    y = np.ones(4)
    np.exp(x, out=y, where=x > 0)
    return y * x


def where_of_traced(x):
    y = x * 1.0
    np.sqrt(y, out=y, where=y > 0)
    return y


def divided_where(x, y):
    return np.divide(x, y, out=np.zeros_like(x), where=y != 0)


def log_where(x):
    return np.log(x, out=np.full(4, -9.0), where=x > 0)


def maximum_at(x):
    y = np.zeros(3)
    np.maximum.at(y, [0, 2, 0, 1], x)
    return y


def add_at(x):
    y = np.zeros(3)
    np.add.at(y, [0, 2, 0, 1], x)
    return y


def multiply_at(x):
    y = np.ones(3)
    np.multiply.at(y, [0, 2, 0, 1], x)
    return y


def divide_at(x):
    y = x * 2.0
    np.divide.at(y, [0, 2], 3.0)
    np.subtract.at(y, [0, 0], x[:2])
    np.negative.at(y, [1])
    return y


TRIALS = [
    *[
        (name, (lambda g: lambda x: g(x))(getattr(np, name)), P / 2)
        for name in (
            "sin cos tan arcsin arccos arctan sinh cosh tanh arcsinh arctanh exp exp2 expm1 log log2 log10 "
            "log1p sqrt cbrt square reciprocal negative positive absolute abs fabs deg2rad rad2deg degrees "
            "radians sinc i0 sign floor ceil trunc rint conjugate conj signbit isnan isfinite "
            "logical_not nan_to_num real imag angle real_if_close modf"
        ).split()
    ],
    ("arccosh", lambda x: np.arccosh(1.5 + x), P),
    *[
        (name, (lambda g: lambda x, y: g(x, y))(getattr(np, name)), P, P[::-1] + 0.3)
        for name in (
            "add subtract multiply divide true_divide power float_power pow arctan2 hypot maximum minimum "
            "fmax fmin logaddexp logaddexp2 fmod mod remainder floor_divide copysign heaviside divmod "
            "less greater_equal equal logical_and"
        ).split()
        if hasattr(np, name)
    ],
    ("sinc at zero", lambda x: np.sinc(x * 0.0) + np.sinc(x), P),
    ("ldexp", lambda x: np.ldexp(x, 3), V),
    ("frexp", lambda x: np.frexp(x + 0.03)[0], V),
    ("spacing", lambda x: x + np.spacing(x), V),
    ("nextafter", lambda x: np.nextafter(x, 2.0), V),
    ("add with out", out_written, V),
    ("sin with a tuple for out", out_tuple, V),
    ("exp with out and where", where_kept, V),
    ("sqrt with where on what varies", where_of_traced, V),
    ("divide with out and where", divided_where, V, W),
    ("log with out and where", log_where, V),
    ("add.reduce", lambda x: np.add.reduce(x, axis=1), M),
    ("add.reduce with where", lambda x: np.add.reduce(x, where=MASK, initial=2.0), V),
    ("subtract.reduce", lambda x: np.subtract.reduce(x), V),
    ("divide.reduce", lambda x: np.divide.reduce(x, axis=0), M),
    ("hypot.reduce", lambda x: np.hypot.reduce(x), V),
    ("logaddexp.reduce", lambda x: np.logaddexp.reduce(x, axis=1, keepdims=True), M),
    ("fmax.reduce", lambda x: np.fmax.reduce(x), V),
    ("maximum.reduce", lambda x: np.maximum.reduce(x, axis=(0, 1)), M),
    ("add.accumulate", lambda x: np.add.accumulate(x), M),
    ("subtract.accumulate", lambda x: np.subtract.accumulate(x), V),
    ("logaddexp.accumulate", lambda x: np.logaddexp.accumulate(x), V),
    ("hypot.accumulate", lambda x: np.hypot.accumulate(x, axis=1), M),
    ("add.reduceat", lambda x: np.add.reduceat(x, [0, 2, 1]), V),
    ("multiply.reduceat", lambda x: np.multiply.reduceat(x, [0, 2], axis=1), M),
    ("maximum.reduceat", lambda x: np.maximum.reduceat(x, [0, 3]), V),
    ("multiply.outer", lambda x, y: np.multiply.outer(x, y), V, M),
    ("hypot.outer", lambda x: np.hypot.outer(x, x[:2] + 1), V),
    ("add.at", add_at, V),
    ("multiply.at", multiply_at, V),
    ("maximum.at", maximum_at, V),
    ("divide.at", divide_at, V),
    ("where", lambda x: np.where(x > 0, np.sin(x), x**2), V),
    ("where on a number", lambda x: np.where(x > 0, x**2, 1.0), 0.6),
    ("where as places", lambda x: x[np.where(x > 0)] ** 2, V),
    ("select", lambda x: np.select([x < 0, x > 1], [x**2, x], 3 * x), V),
    ("piecewise", lambda x: np.piecewise(x, [x < 0, x > 1], [lambda t: t**2, np.sin, 3.0]), V),
    ("piecewise on a number", lambda x: np.piecewise(x, [x < 0, x >= 0], [np.cos, np.sin]), 0.6),
    ("choose", lambda x: np.choose([0, 1, 1, 0], [x, x**2]), V),
    ("choose with mode", lambda x: np.choose([0, 3, 1, -1], [x, x**2], mode="wrap"), V),
    ("clip", lambda x: np.clip(x, -0.5, 0.5), V),
    ("clip by what varies", lambda x, low: np.clip(x, low, 1.0), V, 0.3),
    ("clip with names", lambda x: np.clip(x, a_min=0.0, a_max=None), V),
    ("round", lambda x: np.round(x * 7.3) * x, V),
    ("around", lambda x: np.around(x) + x, V),
    ("vectorize", lambda x: np.vectorize(lambda t, k: t**k if t > 0 else -t)(x, 3), V),
    ("vectorize with signature", lambda x: np.vectorize(np.dot, signature="(n),(n)->()")(x, x), M),
    (
        "vectorize with excluded",
        lambda x: np.vectorize(lambda t, p: p[0] * t, excluded=[1])(x, [2.0]),
        V,
    ),
    ("vectorize with two results", lambda x: np.vectorize(lambda t: (t, t * t))(x), V),
    ("frompyfunc", lambda x: np.sum(np.frompyfunc(lambda t: t**3, 1, 1)(x)), V),
    ("isclose", lambda x: np.where(np.isclose(x, 0.4, atol=0.1), 2 * x, x), V),
    ("logical_or of masks", lambda x: x[np.logical_or(x < 0, x > 1)], V),
    ("bitwise_and of masks", lambda x: x[(x > 0) & (x < 1)] ** 2 + x[~(x > 0)].sum(), V),
    ("cube", lambda x: np.exp(-x) * x[0, 1, 2], C),
]
