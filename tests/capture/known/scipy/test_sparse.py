"""scipy.sparse: products, matrices of traced data, systems of equations, exactly and twice."""

import numpy as np
import pytest
from scipy import sparse
from scipy.sparse import linalg as sla
from trials import refused, right

D = np.array([[4.0, 0, 2], [0, 3.0, 0.5], [1.0, 0, 5.0]])
S = D @ D.T
A, AA, C = sparse.csr_matrix(D), sparse.csr_array(D), sparse.csc_matrix(D)
LU = sla.splu(C)
SOLVE = sla.factorized(C)
V = np.array([0.5, 1.2, -0.3])
M = np.array([[1.0, 0.5], [-0.3, 2.0], [0.6, 1.1]])
DATA = np.array([4.0, 2.0, 3.0, 0.5, 1.0, 5.0])
ROWS, COLS = [0, 0, 1, 1, 2, 2], [0, 2, 1, 2, 0, 2]
LOW, LEFT = [0, 1, 1, 2, 2, 2], [0, 0, 1, 0, 1, 2]
INDPTR = [0, 2, 4, 6]


def made(d):
    return sparse.csr_matrix((d, (ROWS, COLS)), shape=(3, 3))


TRIALS = {
    "product": (lambda x: A @ x, V),
    "product, array": (lambda x: AA @ x, V),
    "product, star": (lambda x: A * x, V),
    "product, dot": (lambda x: A.dot(x), V),
    "product, matrix": (lambda x: C @ x, M),
    "product, left": (lambda x: x @ A, V),
    "product, left of array": (lambda x: x.T @ AA, M),
    "quadratic form": (lambda x: x @ (A.T @ x), V),
    "product, coo": (lambda x: A.tocoo() @ x, V),
    "product, dia": (lambda x: A.todia() @ x, V),
    "product, lil": (lambda x: A.tolil() @ x, V),
    "product, dok": (lambda x: sparse.dok_array(D) @ x, V),
    "scaled": (lambda t, x: (t * A) @ x, 1.3, V),
    "scaled, array": (lambda t, x: (AA * t + sparse.eye_array(3)) @ x, 1.3, V),
    "sum": (lambda t: ((A + t * sparse.eye(3)) @ V, (A - t * A).sum(axis=0)), 1.3),
    "multiply": (lambda x: A.multiply(x).toarray(), V),
    "coordinates": (lambda d, x: made(d) @ x, DATA, V),
    "coordinates, repeated": (
        lambda d: sparse.coo_array((d, ([0, 0, 1], [1, 1, 0])), shape=(2, 2)).toarray(),
        V,
    ),
    "rows": (lambda d, x: sparse.csr_matrix((d, COLS, INDPTR), shape=(3, 3)) @ x, DATA, V),
    "columns": (lambda d: sparse.csc_array((d, COLS, INDPTR)).toarray(), DATA),
    "of an array": (lambda m, x: sparse.csr_array(m) @ x, D, V),
    "transposed": (lambda d, x: made(d).T @ x, DATA, V),
    "squared": (lambda d: (made(d) @ made(d)).toarray(), DATA),
    "powers": (lambda d: (made(d).power(3).sum(), made(d).mean(), made(d).trace()), DATA),
    "sums": (lambda d: (made(d).sum(), made(d).sum(axis=1), made(d).diagonal()), DATA),
    "element": (lambda d: made(d)[1, 2] * made(d)[0, 0], DATA),
    "negative": (lambda d, x: -(made(d) / 2.0) @ x, DATA, V),
    "diags": (lambda d: sparse.diags(d) @ V, V),
    "diags, offsets": (lambda d, e: sparse.diags([e, d], [1, 0]) @ V, V, V[:2]),
    "diags, numbers": (lambda t: sparse.diags([1.0, -t, t], [-1, 0, 1], shape=(3, 3)) @ V, 0.7),
    "diags_array": (lambda d: sparse.diags_array(d, offsets=0) @ V, V),
    "dia": (lambda d: sparse.dia_matrix((d, [0, 1]), shape=(3, 3)).toarray(), M.T),
    "spdiags": (lambda d: sparse.spdiags(d, [0, -1], 3, 3).toarray(), M.T),
    "kron": (lambda d: sparse.kron(made(d), sparse.eye(2)).toarray(), DATA),
    "stacks": (lambda d: sparse.vstack([made(d), A]).toarray(), DATA),
    "blocks": (lambda d: sparse.bmat([[made(d), None], [A, made(2 * d)]]).toarray(), DATA),
    "block_diag": (lambda d: sparse.block_diag([made(d), D]).toarray(), DATA),
    "spsolve": (lambda b: sla.spsolve(C, b), V),
    "spsolve, matrix": (lambda b: sla.spsolve(C, b), M),
    "spsolve, data": (lambda d, b: sla.spsolve(made(d), b), DATA, V),
    "spsolve, diags": (
        lambda t: sla.spsolve(sparse.diags([[-1.0] * 2, [t] * 3, [-1.0] * 2], [-1, 0, 1]), V),
        4.2,
    ),
    "spsolve_triangular": (
        lambda d, b: sla.spsolve_triangular(sparse.csr_array((d, (LOW, LEFT))), b),
        DATA,
        V,
    ),
    "spsolve_triangular, upper": (
        lambda d, b: sla.spsolve_triangular(sparse.csr_array((d, (LEFT, LOW))), b, lower=False),
        DATA,
        V,
    ),
    "splu": (lambda b: LU.solve(b), V),
    "splu, transposed": (lambda b: LU.solve(b, "T"), M),
    "splu, made": (lambda b: sla.splu(C).solve(b), V),
    "splu, data": (lambda d, b: sla.splu(made(d)).solve(b), DATA, V),
    "factorized": (lambda b: SOLVE(b), V),
    "factorized, data": (lambda d: sla.factorized(made(d))(V), DATA),
    "cg": (lambda b: sla.cg(S, b, rtol=1e-13)[0], V),
    "gmres": (lambda d, b: sla.gmres(made(d), b, rtol=1e-13)[0], DATA, V),
    "bicgstab": (lambda b: sla.bicgstab(A, b, rtol=1e-13)[0], V),
    "expm_multiply": (lambda t: sla.expm_multiply(A * t, V), 0.3),
    "eigsh": (lambda d: sla.eigsh(made(d) @ made(d).T, k=1)[0], DATA),
    "heat": (
        lambda k, u: sla.spsolve(sparse.eye(3) - k * sparse.diags([1.0, -2, 1], [-1, 0, 1], (3, 3)), u),
        0.2,
        V,
    ),
}  # fmt: skip


pytestmark = pytest.mark.filterwarnings("ignore::scipy.sparse.SparseEfficiencyWarning")


@pytest.mark.parametrize("name", TRIALS)
def test_right(name):
    f, *point = TRIALS[name]
    right(f, *point)


REFUSED = {
    "operator": (lambda b: sla.cg(sla.aslinearoperator(S), b)[0], V),
    "bsr": (lambda d: sparse.bsr_matrix((d, [0], [0, 1])).toarray(), np.ones((1, 2, 2))),
}


@pytest.mark.parametrize("name", REFUSED)
def test_refused(name):
    refused(*REFUSED[name])


def test_singular_systems_raise_as_theirs_do():
    with pytest.raises(RuntimeError, match="singular"):
        right(lambda d: sla.splu(made(0 * d)).solve(V), DATA)
