"""SciPy's functions of arrays, called as users call them: by SciPy's own names, followed by identity."""

from operator import attrgetter

import numpy as np
import pytest
import scipy.integrate
import scipy.linalg
import scipy.special
from arrays_laws import laws

from dfdx import gradient, jacobian
from dfdx.capture.calls import call
from dfdx.errors import NotTraceable
from dfdx.graph import Operand
from dfdx.rules import arrays_scipy_linalg  # noqa: F401 (it fills SCIPY)
from dfdx.rules.arrays_scipy import SCIPY

L, S = scipy.linalg, scipy.special
T = np.array([0.0, 0.3, 0.7, 1.5])


def by_table(name, *args, **options):
    """SciPy's function, by the table where an argument is traced."""
    if any(isinstance(a, Operand) for a in args):
        return SCIPY[name](*args, **options)
    return attrgetter(name)(scipy)(*args, **options)


def regular(x):
    return x + 3 * np.eye(3)


def spd(x):
    return x @ x.T + np.eye(3)


CASES = {
    "inv": (lambda x: L.inv(regular(x), check_finite=False), [(3, 3)]),
    "det": (lambda x: L.det(x), [(3, 3)]),
    "solve": (lambda x, b: L.solve(regular(x), b, transposed=True), [(3, 3), (3,)]),
    "solve_triangular": (
        lambda x, b: L.solve_triangular(regular(x), b, lower=True),
        [(3, 3), (3,)],
    ),
    "solve_triangular, unit": (
        lambda x, b: L.solve_triangular(regular(x), b, trans="T", unit_diagonal=True),
        [(3, 3), (3, 2)],
    ),
    "cholesky": (lambda x: L.cholesky(spd(x)), [(3, 3)]),
    "cho_solve": (lambda x, b: L.cho_solve(L.cho_factor(spd(x), lower=True), b), [(3, 3), (3,)]),
    "cho_solve, upper": (lambda x, b: L.cho_solve(L.cho_factor(spd(x)), b), [(3, 3), (3,)]),
    "eigh": (lambda x: L.eigh(spd(x))[0], [(3, 3)]),
    "eigvalsh": (lambda x: L.eigvalsh(spd(x)), [(3, 3)]),
    "svd": (lambda x: [y * y for y in L.svd(x, full_matrices=False)], [(4, 3)]),
    "svdvals": (lambda x: L.svdvals(x), [(4, 3)]),
    "pinv": (lambda x: L.pinv(x), [(4, 3)]),
    "qr": (lambda x: L.qr(x, mode="economic"), [(4, 3)]),
    "lstsq": (lambda x, b: L.lstsq(x, b)[0], [(4, 3), (4,)]),
    "norm": (lambda x: L.norm(x + 5 * np.eye(4, 3), ord=2), [(4, 3)]),
    "expm": (lambda x: L.expm(x / 2), [(3, 3)]),
    "logsumexp": (lambda x: S.logsumexp(x, axis=1, b=np.arange(1.0, 4.0)), [(2, 3)]),
    "logsumexp, all": (lambda x: S.logsumexp(x + 1000.0), [(2, 3)]),
    "softmax": (lambda x: S.softmax(x, axis=0), [(2, 3)]),
    "log_softmax": (lambda x: S.log_softmax(x), [(4,)]),
    "trapezoid": (lambda y: by_table("integrate.trapezoid", y, T), [(4,)]),
    "cumulative_trapezoid": (
        lambda y: by_table("integrate.cumulative_trapezoid", y, T, axis=0, initial=0),
        [(4, 2)],
    ),
    "cumulative_trapezoid, dx": (
        lambda y, x: by_table("integrate.cumulative_trapezoid", y, x),
        [(2, 4), (2, 4)],
    ),
    "lambertw": (lambda x: S.lambertw(x * x).real, [(3,)]),
    "zeta": (lambda x: S.zeta(x * x + 2), [(3,)]),
}


@pytest.mark.parametrize("name", CASES)
def test_laws(name):
    f, shapes = CASES[name]
    rng = np.random.default_rng(sum(map(ord, name)))
    laws(lambda *xs: call(f, *xs), [rng.normal(size=s) for s in shapes], rtol=1e-8)


def test_from_the_operators():
    a = np.array([[2.0, 1.0], [0.0, 3.0]])
    g = gradient(lambda b: np.sum(L.solve(a, b) ** 2))(np.array([1.0, 2.0]))
    inverse = np.linalg.inv(a)
    np.testing.assert_allclose(g, 2 * inverse.T @ inverse @ [1.0, 2.0], rtol=1e-14)
    np.testing.assert_allclose(
        jacobian(lambda x: S.softmax(x))(np.zeros(2)), [[0.25, -0.25], [-0.25, 0.25]]
    )


def test_plain_arguments_go_to_scipy_itself():
    assert call(L.solve, np.eye(2), np.ones(2), assume_a="pos").tolist() == [1.0, 1.0]


def test_options_that_are_not_followed_are_refused():
    with pytest.raises(NotTraceable, match="pivoting"):
        gradient(lambda a: L.qr(a, pivoting=True)[0][0, 0], method="exact")(np.eye(2))
