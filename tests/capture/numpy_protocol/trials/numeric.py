"""Small methods: windows, unwrapping, polynomials by coefficients, fits."""

import numpy as np

from . import C, M, P, V, W

T = np.linspace(-1, 1, 9)

TRIALS = [
    ("unwrap", lambda x: np.unwrap(x * 9), V),
    ("unwrap with period", lambda x: np.unwrap(x * 8.6, period=4, axis=0), M),
    ("unwrap in degrees", lambda x: np.unwrap(x * 870, discont=200, period=360), V),
    ("kaiser", lambda b: np.kaiser(7, b), 2.5),
    ("hamming", lambda x: np.hamming(4) * np.hanning(4) * x, V),
    ("bartlett", lambda x: np.bartlett(4) * np.blackman(4) * x, V),
    ("polyval", lambda p, x: np.polyval(p, x), V, M),
    ("polyval of a list", lambda a, x: np.polyval([a, 1.0, a**2], x), 0.3, 0.7),
    ("polyder", lambda p: np.polyder(p, 2), V),
    ("polyint", lambda p: np.polyint(p, 2, k=[1, 2]), V),
    ("polyadd", lambda p: np.polyadd(p, [1.0, 2.0]), V),
    ("polysub", lambda p: np.polysub([1.0, 2.0], p), V),
    ("polymul", lambda p: np.polymul(p, p), V),
    ("polydiv", lambda p, q: np.polydiv(p, q), V, W[:2]),
    ("polyfit", lambda y: np.polyfit(T[:4], y, 2), V),
    ("polyfit in x", lambda x: np.polyfit(x, V, 1), W),
    ("polyfit with weights", lambda y: np.polyfit(T[:4], y, 1, w=[1, 2, 1, 0.5]), V),
    ("polyfit of columns", lambda y: np.polyfit(T[:4], y, 1), C[0].T),
    (
        "polyfit with cov",
        lambda y: np.polyfit(T, np.concatenate([y, y * y, y[:1]]), 2, cov=True),
        V,
    ),
    ("polyfit, full", lambda y: np.polyfit(T[:4], y, 1, full=True)[:2], V),
    ("poly", lambda r: np.poly(r), V),
    ("roots", lambda p: np.sort(np.roots([1.0, p, -2.0, -(p**2)])), 0.7),
    (
        "roots of what varies",
        lambda p: np.sort(np.roots(np.array([1.0, p[0], p[1]]))),
        np.array([-3.0, 1.0]),
    ),
    ("roots, complex", lambda p: np.abs(np.roots([1.0, p, 3.0])), 0.7),
    ("vander", lambda x: np.vander(x, 3), V),
    ("linspace", lambda a, b: np.linspace(a, b, 5), 0.3, 2.0),
    ("linspace of arrays", lambda a: np.linspace(a, a**2, 3, endpoint=False, axis=1), V),
    ("linspace, step", lambda b: np.linspace(0, b, 5, retstep=True), 2.0),
    ("logspace", lambda a: np.logspace(a, 2.0, 4), 0.3),
    ("geomspace", lambda a: np.geomspace(a, 8.0, 4), 0.3),
    ("arange", lambda b: np.arange(4) * b, 0.3),
    ("arange by what varies", lambda b: np.arange(0.0, 4.6 * b, b), 0.31),
    ("exp of an outer product", lambda a: np.exp(-(np.subtract.outer(P, a) ** 2)), P),
]
