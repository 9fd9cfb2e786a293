"""Matrices: numpy.linalg and scipy.linalg as they are called in applications."""

import numpy as np
import scipy.linalg
from numpy.linalg import inv, norm
from scipy.linalg import cho_factor, cho_solve, expm, lu_factor, lu_solve, solve_triangular


def spd(t):
    return np.array([[3.0 + t, 0.5, t], [0.5, 2.0, 0.3 * t], [t, 0.3 * t, 1.5]])


B = np.array([1.0, -0.5, 2.0])


def solved(t):
    return np.linalg.solve(spd(t), B).sum()


def inverted(t):
    return inv(spd(t))[0, 2] + np.trace(inv(spd(t)))


def determinant(t):
    return np.linalg.det(spd(t)) + np.linalg.slogdet(spd(t))[1]


def named_slogdet(t):
    sign, logdet = np.linalg.slogdet(spd(t))
    return sign * logdet


def symmetric_eigenvalues(t):
    w, v = np.linalg.eigh(spd(t))
    return w[-1] + w[0] ** 2 + v[0, 0] ** 2


def eigenvalues_only(t):
    return np.linalg.eigvalsh(spd(t)) @ np.array([1.0, 2.0, 3.0])


def general_eigenvalues(t):
    w, _ = np.linalg.eig(np.array([[1.0, t], [0.5, 3.0]]))
    return np.max(w.real)


def singular_values(t):
    return np.linalg.svd(spd(t) - 1.0, compute_uv=False) @ np.array([1.0, 2.0, 0.5])


def low_rank(t):
    u, s, vt = np.linalg.svd(spd(t))
    return ((u[:, :1] * s[:1]) @ vt[:1])[0, 1]


def orthogonal_factor(t):
    q, r = np.linalg.qr(spd(t))
    return np.abs(r[1, 1]) + q[0, 0] * r[0, 0]


def cholesky_factor(t):
    l = np.linalg.cholesky(spd(t))
    return l[2, 1] + np.log(np.diag(l)).sum()


def least_squares(y):
    a = np.vander([0.0, 1.0, 2.0, 3.0], 2)
    c, *_ = np.linalg.lstsq(a, y, rcond=None)
    return c[0] ** 2 + c[1]


def fitted_line(y):
    slope, intercept = np.polyfit([0.0, 1.0, 2.0, 3.0], y, 1)
    return slope * intercept


def normal_equations(y):
    x = np.column_stack([np.ones(4), [0.0, 1.0, 2.0, 3.5]])
    beta = np.linalg.solve(x.T @ x, x.T @ y)
    r = y - x @ beta
    return r @ r + beta[1]


def pseudo_inverse(t):
    return np.linalg.pinv(np.array([[1.0, t], [2.0, 1.0], [t, t]])).sum()


def norms(x):
    m = np.outer(x, x) + np.eye(len(x))
    return norm(x) + norm(x, 1) + norm(x, np.inf) + norm(m) + np.linalg.norm(m, axis=0).sum()


def spectral_norm(t):
    return norm(spd(t), 2) + np.linalg.cond(spd(t))


def matrix_powers(t):
    return np.linalg.matrix_power(spd(t), 3)[0, 1] + np.linalg.multi_dot([spd(t), spd(t), B])[0]


def exponential(t):
    return expm(t * np.array([[0.0, 1.0], [-1.0, 0.2]]))[0, 1]


def logarithm_of_matrix(t):
    return scipy.linalg.logm(spd(t))[0, 1]


def square_root_of_matrix(t):
    return scipy.linalg.sqrtm(spd(t))[0, 1].real


def cholesky_solve(t):
    return B @ cho_solve(cho_factor(spd(t)), B)


def lu_solved(t):
    return lu_solve(lu_factor(spd(t)), B)[1]


def triangular(t):
    l = np.linalg.cholesky(spd(t))
    return solve_triangular(l, B, lower=True) @ B


def scipy_solve(t):
    return scipy.linalg.solve(spd(t), B, assume_a="pos")[0] + scipy.linalg.det(spd(t))


def generalised_eigenvalues(t):
    return scipy.linalg.eigh(spd(t), np.diag([1.0, 2.0, 3.0]), eigvals_only=True)[0]


def gaussian_log_density(t):
    s = spd(t)
    quad = B @ np.linalg.solve(s, B)
    return -0.5 * (quad + np.linalg.slogdet(2 * np.pi * s)[1])


def gaussian_process(length):
    x = np.linspace(0, 1, 6)
    k = np.exp(-0.5 * (x[:, None] - x) ** 2 / length**2) + 0.1 * np.eye(6)
    y = np.sin(3 * x)
    l = np.linalg.cholesky(k)
    alpha = np.linalg.solve(l.T, np.linalg.solve(l, y))
    return -0.5 * y @ alpha - np.log(np.diag(l)).sum()


def power_iteration(t):
    a, v = spd(t), np.ones(3)
    for _ in range(30):
        v = a @ v
        v = v / np.linalg.norm(v)
    return v @ a @ v


def conjugate_gradients(t):
    a, x = spd(t), np.zeros(3)
    r = B - a @ x
    p = r.copy()
    rs = r @ r
    for _ in range(3):
        ap = a @ p
        alpha = rs / (p @ ap)
        x += alpha * p
        r -= alpha * ap
        new = r @ r
        p = r + (new / rs) * p
        rs = new
    return x.sum()


def jacobi_iteration(t):
    a = spd(t)
    d = np.diag(a)
    x = np.zeros_like(B)
    for _ in range(60):
        x = (B - (a - np.diagflat(d)) @ x) / d
    return x[0]


def mahalanobis(x):
    d = x - np.array([0.1, 0.2, 0.3])
    return np.sqrt(d.T @ np.linalg.inv(spd(0.2)) @ d)


def circulant_and_toeplitz(x):
    return (
        scipy.linalg.toeplitz(x)[0] @ x + scipy.linalg.block_diag(np.outer(x, x), np.eye(2)).sum()
    )


Y = np.array([1.0, 2.2, 2.9, 4.3])
CASES = [
    (solved, 0.4),
    (inverted, 0.4),
    (determinant, 0.4),
    (named_slogdet, 0.4),
    (symmetric_eigenvalues, 0.4),
    (eigenvalues_only, 0.4),
    (general_eigenvalues, 0.8),
    (singular_values, 0.4),
    (low_rank, 0.4),
    (orthogonal_factor, 0.4),
    (cholesky_factor, 0.4),
    (least_squares, Y),
    (fitted_line, Y),
    (normal_equations, Y),
    (pseudo_inverse, 0.4),
    (norms, B),
    (spectral_norm, 0.4),
    (matrix_powers, 0.4),
    (exponential, 0.9),
    (logarithm_of_matrix, 0.4),
    (square_root_of_matrix, 0.4),
    (cholesky_solve, 0.4),
    (lu_solved, 0.4),
    (triangular, 0.4),
    (scipy_solve, 0.4),
    (generalised_eigenvalues, 0.4),
    (gaussian_log_density, 0.4),
    (gaussian_process, 0.5),
    (power_iteration, 0.4),
    (conjugate_gradients, 0.4),
    (jacobi_iteration, 0.3),
    (mahalanobis, B),
    (circulant_and_toeplitz, B),
]
