"""numpy.linalg."""

import numpy as np

from . import C, M, S, V, W

L = np.linalg
SYM = S @ S.T + np.eye(3)
STACK = np.stack([S, SYM])
TALL = np.array([[1.0, 0.2], [0.4, 1.5], [-0.6, 0.3]])


def up_to_sign(v):
    return np.abs(v)


TRIALS = [
    ("linalg.inv", lambda a: L.inv(a), STACK),
    ("linalg.solve", lambda a, b: L.solve(a, b), S, V[:3]),
    ("linalg.det", lambda a: L.det(a), STACK),
    ("linalg.slogdet", lambda a: L.slogdet(a), S),
    ("linalg.cholesky", lambda a: L.cholesky(a @ a.T + np.eye(3)), S),
    ("linalg.eigh", lambda a: (L.eigh(a + a.T)[0], up_to_sign(L.eigh(a + a.T)[1])), S),
    ("linalg.eigvalsh", lambda a: L.eigvalsh(a, UPLO="U"), S),
    ("linalg.eig", lambda a: (lambda w, v: v * w**2 @ L.inv(v))(*L.eig(a)), SYM + 0.2 * S),
    ("linalg.eigvals", lambda a: np.sort(L.eigvals(a)), SYM + 0.2 * S),
    (
        "linalg.eigvals, complex",
        lambda a: np.abs(L.eigvals(a)).max(),
        np.array([[0.2, 1.0], [-1.3, 0.4]]),
    ),
    (
        "linalg.eig, complex",
        lambda a: L.eig(a)[0].real.sum() + L.eig(a)[0].imag.max(),
        S - S.T + 0.3 * S,
    ),
    ("linalg.svd", lambda a: [up_to_sign(p) for p in L.svd(a, full_matrices=False)], TALL),
    ("linalg.svd of singular values", lambda a: L.svd(a, compute_uv=False), M),
    ("linalg.svd, square", lambda a: (lambda u, s, v: u @ np.diag(s**2) @ v)(*L.svd(a)), S),
    ("linalg.svd, full", lambda a: (lambda u, s, v: u[:, :2] * s @ v)(*L.svd(a)), TALL),
    ("linalg.svd, full values", lambda a: L.svd(a)[1], TALL),
    ("linalg.svd, hermitian", lambda a: L.svd(a + a.T, hermitian=True)[1], S),
    ("linalg.svdvals", lambda a: L.svd(a, compute_uv=False), STACK),
    ("linalg.qr", lambda a: L.qr(a), TALL),
    ("linalg.qr r", lambda a: L.qr(a, mode="r"), M),
    ("linalg.qr complete", lambda a: up_to_sign(L.qr(a, mode="complete")[1]), TALL),
    ("linalg.lstsq", lambda a, b: L.lstsq(a, b, rcond=None)[:2], TALL, V[:3]),
    ("linalg.lstsq with rcond", lambda a: L.lstsq(a, S, rcond=1e-10)[0], TALL),
    ("linalg.lstsq, singular values", lambda a: L.lstsq(a, S, rcond=-1)[3], TALL),
    ("linalg.pinv", lambda a: L.pinv(a), TALL),
    ("linalg.pinv with rcond", lambda a: L.pinv(a, rcond=1e-10), M),
    ("linalg.pinv, hermitian", lambda a: L.pinv(a + a.T, hermitian=True), S),
    ("linalg.matrix_power", lambda a: L.matrix_power(a, 5), S),
    ("linalg.matrix_power, negative", lambda a: L.matrix_power(a, -2), STACK),
    ("linalg.matrix_rank", lambda a: L.matrix_rank(a) * a, S),
    *[
        (f"linalg.norm {o}", (lambda o: lambda a: L.norm(a, o))(o), S)
        for o in (None, "fro", "nuc", 1, -1, 2, -2, np.inf, -np.inf)
    ],
    *[
        (
            f"linalg.norm of a vector {o}",
            (lambda o: lambda a: L.norm(a, o, axis=0, keepdims=True))(o),
            M,
        )
        for o in (None, 0, 1, 2, 3, 0.5, -1, -2, np.inf, -np.inf)
    ],
    ("linalg.norm of a list", lambda x, y: L.norm([x, y, 1.0]), 0.3, 0.4),
    ("linalg.norm of order that varies", lambda p: L.norm(V, p), 2.5),
    *[
        (f"linalg.cond {p}", (lambda p: lambda a: L.cond(a, p))(p), S)
        for p in (None, 1, 2, -2, np.inf, "fro")
    ],
    ("linalg.multi_dot", lambda a, v: L.multi_dot([a, S, a, v]), S, V[:3]),
    (
        "linalg.tensorsolve",
        lambda a: L.tensorsolve(np.eye(6).reshape(2, 3, 6) + 0.1 * a[:, :, None], a),
        M,
    ),
    (
        "linalg.tensorinv",
        lambda a: L.tensorinv((np.eye(4) + 0.1 * np.outer(a, a)).reshape(2, 2, 2, 2)),
        V,
    ),
    ("cross of batches", lambda a: np.cross(a, V[:3]), S),
]
if hasattr(L, "vecdot"):
    TRIALS += [
        ("linalg.solve of columns", lambda a, b: L.solve(a, b), STACK, TALL),
        ("linalg.vecdot", lambda a, b: L.vecdot(a, b), V, W),
        ("linalg.vector_norm", lambda a: L.vector_norm(a, axis=(0, 2), ord=3), C),
        ("linalg.matrix_norm", lambda a: L.matrix_norm(a, ord="nuc"), STACK),
        ("linalg.svdvals of a stack", lambda a: L.svdvals(a), STACK),
        ("linalg.cross", lambda a: L.cross(a, S + 1), S),
        ("linalg.outer", lambda a: L.outer(a, V), W),
        ("linalg.matmul", lambda a: L.matmul(a, a), S),
        ("linalg.tensordot", lambda a: L.tensordot(a, a, axes=1), S),
        ("linalg.trace", lambda a: L.trace(a, offset=1), STACK),
        ("linalg.diagonal", lambda a: L.diagonal(a), STACK),
        ("linalg.matrix_transpose", lambda a: L.matrix_transpose(a), STACK),
        ("linalg.cholesky, upper", lambda a: L.cholesky(a @ a.T + np.eye(3), upper=True), S),
    ]
