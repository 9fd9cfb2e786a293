"""numpy.polynomial: its functions and its classes; poly1d."""

import numpy as np
from numpy import polynomial as npp
from numpy.polynomial import Polynomial

from . import C, M, P, V, W

T = np.linspace(-1, 1, 9)
KINDS = (
    ("Polynomial", "polynomial", "poly"),
    ("Chebyshev", "chebyshev", "cheb"),
    ("Legendre", "legendre", "leg"),
    ("Hermite", "hermite", "herm"),
    ("HermiteE", "hermite_e", "herme"),
    ("Laguerre", "laguerre", "lag"),
)


def of_class(kind):
    """Trials of the class with that name."""
    cls = getattr(npp, kind)
    make = lambda c: cls(c, domain=[-2, 3])
    return [
        (f"{kind} at x", lambda x: cls([1.0, 2.0, -0.5, 0.3])(x), V),
        (f"{kind} of coefficients", lambda c: cls(c)(0.3), V),
        (f"{kind} of a list", lambda a, b: cls([a, b, a * b])(0.3), 0.4, 1.2),
        (f"{kind} with domain", lambda c, x: make(c)(x), V, W),
        (f"{kind} derived", lambda c, x: make(c).deriv(2)(x), V, W),
        (f"{kind} integrated", lambda c, x: make(c).integ(1, k=[0.5], lbnd=0.2)(x), V, W),
        (f"{kind} arithmetic", lambda c, x: (cls(c) * cls([1.0, 2.0]) + 3 - cls(c) / 2)(x), V, 0.3),
        (f"{kind} to a power", lambda c: (cls(c) ** 3)(0.7), V),
        (f"{kind} divided", lambda c: divmod(cls(c), cls([1.0, 0.4]))[0](0.7), V),
        (f"{kind} remainder", lambda c: (cls(c) % cls([1.0, 0.4]))(0.7), V),
        (f"{kind} coef", lambda c: make(c).coef ** 2, V),
        (f"{kind} roots", lambda c: cls([c, -2.0, 0.5]).roots(), 0.7),
        (f"{kind} converted", lambda c: cls(c).convert(kind=Polynomial).coef, V),
        (f"{kind} fitted", lambda y: cls.fit(T, np.concatenate([y, y * y, y[:1]]), 2)(0.3), V),
        (f"{kind} fitted, coef", lambda y: cls.fit(T[:4], y, 2, domain=[]).convert().coef, V),
        (f"{kind} fromroots", lambda r: cls.fromroots(r)(2.0), V),
        (f"{kind} linspace", lambda c: make(c).linspace(4)[1], V),
        (f"{kind} truncated", lambda c: cls(c).truncate(2)(0.4) + cls(c).cutdeg(1)(0.3), V),
        (f"{kind} basis", lambda x: cls.basis(3)(x), V),
        (
            f"{kind} composed",
            lambda c: cls(c)(Polynomial([0.1, 1.0])).coef if kind == "Polynomial" else c,
            V,
        ),
    ]


def of_module(module, word):
    """Trials of the functions in a module of numpy.polynomial."""
    m = getattr(npp, module)

    def g(name):
        return getattr(m, word + name)

    return [
        (f"{module}.{word}val", lambda x, c: g("val")(x, c), M, V),
        (f"{module}.{word}val of columns", lambda x, c: g("val")(x, c, tensor=False), W, C[0]),
        (f"{module}.{word}val2d", lambda x, c: g("val2d")(x, x * x, c), V, C[0]),
        (f"{module}.{word}val3d", lambda x: g("val3d")(x, x * x, x, C), V),
        (f"{module}.{word}grid2d", lambda x, c: g("grid2d")(x, V, c), W, C[0]),
        (f"{module}.{word}grid3d", lambda x: g("grid3d")(x, V, x, C), W),
        (f"{module}.{word}add", lambda c: g("add")(c, [1.0, 2.0]), V),
        (f"{module}.{word}sub", lambda c: g("sub")([1.0, 2.0], c), V),
        (f"{module}.{word}mul", lambda c, d: g("mul")(c, d), V, W),
        (f"{module}.{word}mulx", lambda c: g("mulx")(c), V),
        (f"{module}.{word}div", lambda c: g("div")(c, [1.0, 0.4]), V),
        (f"{module}.{word}pow", lambda c: g("pow")(c, 2), V),
        (f"{module}.{word}der", lambda c: g("der")(c, 1, scl=2.0), V),
        (f"{module}.{word}int", lambda c: g("int")(c, 2, k=[1.0, 2.0], lbnd=0.3), V),
        (f"{module}.{word}vander", lambda x: g("vander")(x, 3), V),
        (f"{module}.{word}vander2d", lambda x: g("vander2d")(x, x * x, [1, 2]), V),
        (f"{module}.{word}fit", lambda y: g("fit")(T[:4], y, 2), V),
        (f"{module}.{word}fit in x", lambda x: g("fit")(x, V, 1), W),
        (f"{module}.{word}fit with weights", lambda y: g("fit")(T[:4], y, [0, 2], w=P), V),
        (f"{module}.{word}fromroots", lambda r: g("fromroots")(r), V),
        (f"{module}.{word}roots", lambda c: g("roots")(np.array([c, -2.0, 0.5])), 0.7),
        (f"{module}.{word}companion", lambda c: g("companion")(c), V),
        (f"{module}.{word}line", lambda a: g("line")(a, a * a), 0.7),
    ]


def poly1d(name, f, *args):
    return (f"poly1d {name}", f, *args)


TRIALS = [
    *[t for kind, _, _ in KINDS for t in of_class(kind)],
    *[t for _, module, word in KINDS for t in of_module(module, word)],
    ("cheb2poly", lambda c: npp.chebyshev.cheb2poly(c), V),
    ("poly2cheb", lambda c: npp.chebyshev.poly2cheb(c), V),
    ("leg2poly", lambda c: npp.legendre.leg2poly(c), V),
    ("chebweight", lambda x: npp.chebyshev.chebweight(x / 2), V),
    ("hermweight", lambda x: npp.hermite.hermweight(x / 2), V),
    ("lagweight", lambda x: npp.laguerre.lagweight(x / 2), V),
    ("chebinterpolate", lambda a: npp.chebyshev.chebinterpolate(lambda t: np.exp(a * t), 3), 0.7),
    (
        "leggauss",
        lambda a: (lambda x, w: np.sum(w * np.exp(a * x)))(*npp.legendre.leggauss(5)),
        0.7,
    ),
    ("polyvalfromroots", lambda x, r: npp.polynomial.polyvalfromroots(x, r), V, W),
    poly1d("at x", lambda x: np.poly1d([1.0, 2.0, -0.5])(x), V),
    poly1d("of coefficients", lambda c: np.poly1d(c)(0.3), V),
    poly1d("of a list", lambda a: np.poly1d([a, 1.0, a**2])(0.3), 0.7),
    poly1d("derived", lambda c, x: np.poly1d(c).deriv(2)(x), V, W),
    poly1d("integrated", lambda c: np.poly1d(c).integ(k=2.0)(0.3), V),
    poly1d(
        "arithmetic",
        lambda c: (np.poly1d(c) * np.poly1d([1.0, 2.0]) + 3 - np.poly1d(c) ** 2)(0.3),
        V,
    ),
    poly1d("divided", lambda c: (np.poly1d(c) / np.poly1d([1.0, 2.0]))[0](0.3), V),
    poly1d("roots", lambda c: np.sort(np.poly1d([1.0, c, -2.0]).roots), 0.7),
    poly1d("of roots", lambda r: np.poly1d(r, True)(0.3), V),
    poly1d("coefficients", lambda c: np.poly1d(c).coeffs * np.poly1d(c).c[0] + np.poly1d(c)[1], V),
    poly1d("fitted", lambda y: np.poly1d(np.polyfit(T[:4], y, 2))(0.4), V),
]
