"""scipy.linalg as people call it, exactly and twice."""

from pathlib import Path

import numpy as np
import pytest
import scipy.linalg as la
from trials import refused, right

from dfdx import gradient
from dfdx.capture.known.scipy.linalg import stand_ins

A = np.array([[4.0, 1.0, 0.5], [0.8, 3.0, -0.6], [0.2, -0.4, 5.0]])
S = A @ A.T
H = np.array([[2.0, 0.3, 0.1], [0.3, 1.0, 0.2], [0.1, 0.2, 3.0]])
T = np.array([[0.3, -1.2, 0.4], [1.1, 0.2, 0.7], [-0.5, 0.1, 0.9]])  # a pair of complex eigenvalues
V = np.array([0.7, -1.2, 0.4])
M = np.array([[1.0, 0.5], [-0.3, 2.0], [0.6, 1.1]])
BANDS = np.array([[0.0, 1.0, -0.5], [4.0, 3.0, 5.0], [0.5, 0.2, 0.0]])


def sym(a):
    return (a + a.T) / 2


TRIALS = {
    "solve": (lambda a, b: la.solve(a, b), A, V),
    "solve matrix": (lambda a, b: la.solve(a, b), A, M),
    "solve pos": (lambda a, b: la.solve(sym(a), b, assume_a="pos"), S, V),
    "solve sym": (lambda a, b: la.solve(sym(a), b, assume_a="sym"), S, M),
    "solve sym, lower read": (lambda a: la.solve(a, V, assume_a="sym", lower=True), S),
    "solve pos, upper read": (lambda a: la.solve(a, V, assume_a="pos"), S),
    "solve her": (lambda a: la.solve(a, V, assume_a="her"), S),
    "solve diagonal": (lambda a: la.solve(np.diag(a), V, assume_a="diagonal"), V),
    "solve tridiagonal": (
        lambda a: la.solve(np.diag(a) + np.diag([1.0, 0.5], 1), V, assume_a="tridiagonal"),
        V + 3,
    ),
    "solve upper": (lambda a: la.solve(np.triu(a), V, assume_a="upper triangular"), A),
    "solve lower": (lambda a: la.solve(np.tril(a), V, assume_a="lower triangular"), A),
    "solve transposed": (lambda a, b: la.solve(a, b, transposed=True), A, V),
    "solve keywords": (lambda a, b: la.solve(a=a, b=b, check_finite=False, overwrite_a=True), A, V),
    "inv": (lambda a: la.inv(a), A),
    "inv sym": (lambda a: la.inv(sym(a), assume_a="sym"), S),
    "det": (lambda a: la.det(a), A),
    "solve_triangular": (lambda a, b: la.solve_triangular(a, b, lower=True), A, V),
    "cholesky": (lambda a: la.cholesky(sym(a), lower=True), S),
    "cholesky upper": (lambda a: la.cholesky(sym(a)), S),
    "cho": (lambda a, b: la.cho_solve(la.cho_factor(sym(a)), b), S, V),
    "cho keyword": (lambda a, b: la.cho_solve(la.cho_factor(sym(a), lower=True), b=b), S, V),
    "cho, plain matrix": (lambda b: la.cho_solve(la.cho_factor(S), b), V),
    "cho, log determinant": (lambda a: np.log(np.diag(la.cho_factor(sym(a))[0])), S),
    "cho_solve_banded": (
        lambda d, b: la.cho_solve_banded((la.cholesky_banded([[0.0, 1.0, 0.5], d]), False), b),
        V + 3,
        V,
    ),
    "cho_solve_banded lower": (
        lambda d: la.cho_solve_banded((la.cholesky_banded([d, [1.0, 0.5, 0.0]], lower=True), True), V),
        V + 3,
    ),
    "cholesky_banded": (lambda d: la.cholesky_banded([[0.0, 1.0, 0.5], d]), V + 3),
    "lu": (lambda a: la.lu(a)[1:], A),
    "lu permuted": (lambda a: la.lu(a, permute_l=True), A[[1, 2, 0]]),
    "lu factors": (lambda a: la.lu_factor(a)[0], A[[1, 0, 2]]),
    "lu solve": (lambda a, b: la.lu_solve(la.lu_factor(a), b), A[[2, 0, 1]], V),
    "lu solve, transposed": (lambda a, b: la.lu_solve(la.lu_factor(a), b, trans=1), A, M),
    "lu, plain matrix": (lambda b: la.lu_solve(la.lu_factor(A), b), V),
    "qr": (lambda a: la.qr(a, mode="economic"), M),
    "qr square": (lambda a: la.qr(a), A),
    "qr r": (lambda a: la.qr(a, mode="r"), A),
    "rq": (lambda a: la.rq(a), A),
    "svd": (lambda a: la.svd(a, full_matrices=False)[1], M),
    "svd vectors": (lambda a: [y * y for y in la.svd(a, full_matrices=False)], M),
    "svdvals": (lambda a: la.svdvals(a), M),
    "polar": (lambda a: la.polar(a), A),
    "polar left": (lambda a: la.polar(a, side="left"), A),
    "eigh": (lambda a: la.eigh(sym(a))[0], S),
    "eigh values only": (lambda a: la.eigh(sym(a), eigvals_only=True), S),
    "eigh two": (lambda a, b: la.eigh(sym(a), sym(b))[0], S, H),
    "eigh two, vectors": (lambda a, b: [y * y for y in la.eigh(sym(a), sym(b))], S, H),
    "eigh two, values": (lambda a, b: la.eigh(sym(a), sym(b), eigvals_only=True), S, H),
    "eigvalsh two": (lambda a, b: la.eigvalsh(sym(a), sym(b)), S, H),
    "eigh subset": (lambda a: la.eigh(sym(a), subset_by_index=[1, 2], eigvals_only=True), S),
    "eigh subset, vectors": (lambda a: la.eigh(sym(a), subset_by_index=[0, 0])[1] ** 2, S),
    "eigvalsh": (lambda a: la.eigvalsh(sym(a)), S),
    "eigh_tridiagonal": (lambda d: la.eigh_tridiagonal(d, [0.5, 0.3])[0], V),
    "eigvals real part": (lambda a: la.eigvals(a).real, A),
    "eigvals": (lambda a: np.sum(np.abs(la.eigvals(a))), T),
    "eigvals complex": (lambda a: (la.eigvals(a).real, la.eigvals(a).imag ** 2), T),
    "eig": (lambda a: np.sum(la.eig(a)[0].real ** 2), T),
    "expm": (lambda a: la.expm(a / 4), A),
    "expm of t": (lambda t: la.expm(t * T), 0.7),
    "expm_frechet": (lambda a: la.expm_frechet(a, T), T),
    "logm": (lambda a: la.logm(a), A),
    "sqrtm": (lambda a: la.sqrtm(a), A),
    "sqrtm sym": (lambda a: la.sqrtm(sym(a)), S),
    "fractional power": (lambda a: la.fractional_matrix_power(a, 0.4), A),
    "sinm, cosm": (lambda a: (la.sinm(a / 3), la.cosm(a / 3)), A),
    "sinhm": (lambda a: (la.sinhm(a / 4), la.coshm(a / 4), la.tanhm(a / 4)), A),
    "tanm": (lambda a: la.tanm(a / 9), A),
    "toeplitz": (lambda c: la.toeplitz(c), V),
    "toeplitz two": (lambda c, r: la.toeplitz(c, r), V, V[::-1]),
    "circulant": (lambda c: la.circulant(c), V),
    "hankel": (lambda c, r: la.hankel(c, r), V, V),
    "hankel one": (lambda c: la.hankel(c), V),
    "companion": (lambda c: la.companion(c), V),
    "leslie": (lambda f: la.leslie(f, [0.2, 0.5]), V),
    "block_diag": (lambda a, b: la.block_diag(a, b, [[2.0]]), M, V),
    "hilbert": (lambda x: x * la.hilbert(3), 1.2),
    "khatri_rao": (lambda a: la.khatri_rao(a, M), M),
    "norm": (lambda a: (la.norm(a), la.norm(a, 1), la.norm(a, np.inf)), A),
    "norm 2": (lambda a: (la.norm(a, 2), la.norm(a, "nuc")), A),
    "norm of vector": (lambda v: (la.norm(v), la.norm(v, 3)), V),
    "pinv": (lambda a: la.pinv(a), M),
    "pinvh": (lambda a: la.pinvh(sym(a)), S),
    "lstsq": (lambda a, b: la.lstsq(a, b)[0], M, V),
    "solve_banded": (lambda d: la.solve_banded((1, 1), np.array([BANDS[0], d, BANDS[2]]), V), V + 3),
    "solve_banded all": (lambda ab, b: la.solve_banded((1, 1), ab, b), BANDS, V),
    "solveh_banded": (lambda d, b: la.solveh_banded(np.array([BANDS[0], d]), b), V + 3, V),
    "solveh_banded lower": (
        lambda d, b: la.solveh_banded(np.array([d, [1.0, 0.5, 0.0]]), b, lower=True),
        V + 3,
        M,
    ),
    "solve_toeplitz": (lambda c, b: la.solve_toeplitz(c, b), np.array([4.0, 1.0, 0.3]), V),
    "solve_toeplitz two": (
        lambda c, r, b: la.solve_toeplitz((c, r), b),
        np.array([4.0, 1.0, 0.3]),
        np.array([4.0, 0.2, -0.3]),
        V,
    ),
    "matmul_toeplitz": (lambda c, b: la.matmul_toeplitz(c, b), V, V),
    "solve_circulant": (lambda c, b: la.solve_circulant(c, b), np.array([4.0, 1.0, 0.3]), V),
    "solve_sylvester": (lambda a, b, q: la.solve_sylvester(a, b, q), A, S, T),
    "lyapunov": (lambda a, q: la.solve_continuous_lyapunov(a, q), A, T),
    "discrete lyapunov": (lambda a, q: la.solve_discrete_lyapunov(a / 7, q), A, T),
    "are": (lambda a, b: la.solve_continuous_are(a, b, H, np.eye(2)), A / 4, M),
    "are weights": (lambda q, r: la.solve_continuous_are(A / 4, M, sym(q), sym(r)), H, np.eye(2) + 0.2),
    "discrete are": (lambda a, b: la.solve_discrete_are(a / 5, b, H, np.eye(2)), A, M),
    "orthogonal_procrustes": (lambda a: la.orthogonal_procrustes(a, S)[0], A),
    "bandwidth": (lambda a: a * la.bandwidth(np.eye(3))[0] + a, A),
    "tril of tri": (lambda a: np.tril(a) @ np.triu(a), A),
    "cossin-free kron": (lambda a: np.kron(a, H), M),
}  # fmt: skip


@pytest.mark.parametrize("name", TRIALS)
def test_right(name):
    f, *point = TRIALS[name]
    right(f, *point)


REFUSED = {
    "full qr": (lambda a: la.qr(a)[0], M),
    "pivoted qr": (lambda a: la.qr(a, pivoting=True)[1], A),
    "complex logarithm": (lambda a: la.logm(a), -A),
    "rank": (lambda a: la.pinv(a, return_rank=True)[0], M),
}


@pytest.mark.parametrize("name", REFUSED)
def test_refused(name):
    refused(*REFUSED[name])


def test_errors_are_those_of_scipy():
    for f in (lambda a: la.inv(0 * a), lambda a: la.cholesky(-a), lambda a: la.solve(0 * a, V)):
        with pytest.raises(np.linalg.LinAlgError):
            gradient(lambda a, f=f: np.sum(f(a)))(S)


def test_every_stand_in_is_tried():
    text = Path(__file__).read_text(encoding="utf-8") + " solve_lyapunov eigvalsh_tridiagonal"
    assert [g.__name__ for g in stand_ins() if g.__name__ not in text] == []
