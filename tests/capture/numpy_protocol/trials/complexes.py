"""Complex numbers on the way."""

import cmath

import numpy as np

from . import C, M, P, V, W

K = np.arange(4)
Z = np.exp(1j * K)


def impedance(r, l, c):
    w = np.linspace(0.5, 2, 5)
    z = r + 1j * w * l + 1 / (1j * w * c)
    return np.abs(z), np.angle(z), 20 * np.log10(np.abs(1 / z))


def transfer(a):
    s = 1j * np.logspace(-1, 1, 4)
    h = 1 / (s**2 + a * s + 1)
    return np.abs(h), np.unwrap(np.angle(h)), h.real, h.imag


def filled(x):
    z = np.zeros(4, dtype=complex)
    z[0] = x[0] + 1j * x[1]
    z[1:] = 1j * x[1:]
    z += x
    z[2] *= 1j
    return np.abs(z), z.conj()


def filled_from_what_varies(x):
    z = np.exp(1j * x)
    z[0] = 0
    z[x > 1] *= 2
    return z


def parts_set(x):
    z = np.zeros(4, dtype=complex)
    z.real = x
    z.imag[:] = x**2
    return z


def mandelbrot(x, y):
    c = complex(x, y)
    z = 0
    for _ in range(5):
        z = z * z + c
    return abs(z)


def dft(x):
    n = len(x)
    k = np.arange(n)
    return np.abs(np.exp(-2j * np.pi * np.outer(k, k) / n) @ x)


def multiplied(x, y):
    z, w = x + 1j * y, np.array([y[0] + 1j, 2.0, 1j * x[1], x[2] * (1 + 1j)])
    return z * w, z / w, z - w, z @ w, np.dot(z, w), np.vdot(z, w), np.outer(z, w), np.inner(z, w)


def solved(x):
    a = np.array([[x[0] + 1j, 0.3], [1j * x[1], 2.0 - 1j * x[2]]])
    return np.linalg.solve(a, np.array([1.0, 1j])), np.linalg.inv(a), np.linalg.det(a)


def hermitian(x):
    a = np.array([[x[0], x[1] + 1j * x[2]], [x[1] - 1j * x[2], 2.0 + x[3]]])
    return np.linalg.eigvalsh(a), np.trace(a).real, np.linalg.norm(a)


def moved(x):
    z = x + 1j * x**2
    return (
        z.reshape(2, 2).T, np.roll(z, 1), np.concatenate([z, [1j, 2.0]]), np.stack([z, z]), z[::-1],
        np.where(x > 0, z, 0), np.tile(z, 2), np.flip(z), np.diff(z), np.cumsum(z), z[:, None] * z,
    )  # fmt: skip


def summed(x):
    z = x + 1j * x**2
    m = z.reshape(2, 2)
    return (
        z.sum(),
        np.mean(z),
        np.prod(z),
        m.sum(axis=0),
        m.mean(1),
        np.var(z),
        np.std(z),
        np.max(np.abs(z)),
    )


TRIALS = [
    ("complex: exp of 1j", lambda w: np.exp(1j * w * K), 0.7),
    ("complex: array of complex", lambda x: np.array([1 + 1j * x, x, 2j]), 0.7),
    ("complex: array of complex, abs", lambda x: np.abs(np.array([1 + 1j * x, x**2])), 0.7),
    ("complex: array of complex, nested", lambda x: np.array([[1, 1j * x], [x, 2]]) @ Z[:2], 0.7),
    ("complex: asarray with dtype complex", lambda x: np.abs(np.asarray(x, dtype=complex) * Z), V),
    ("complex: astype complex", lambda x: (x.astype(complex) * 1j).imag, V),
    ("complex: impedance", impedance, 1.0, 0.4, 2.0),
    ("complex: transfer function", transfer, 0.7),
    ("complex: filled", filled, V),
    ("complex: filled from what varies", filled_from_what_varies, V),
    ("complex: parts set", parts_set, V),
    ("complex: complex()", mandelbrot, 0.2, 0.3),
    ("complex: cmath", lambda x: cmath.exp(1j * x) + cmath.sqrt(x - 2), 0.7),
    ("complex: dft", dft, V),
    ("complex: arithmetic", multiplied, V, W),
    ("complex: linear algebra", solved, V),
    ("complex: hermitian", hermitian, V),
    ("complex: moves", moved, V),
    ("complex: sums", summed, V),
    ("complex: power", lambda x: (1 + 1j * x) ** 2.5 + (x * Z) ** 2 + 2 ** (1j * x), V),
    (
        "functions",
        lambda x: [f(0.3 + 1j * x) for f in (np.sin, np.cos, np.tanh, np.sqrt, np.log)],
        V,
    ),
    (
        "functions, inverse",
        lambda x: [f(0.3 + 1j * x) for f in (np.arctan, np.arcsin, np.log1p, np.expm1)],
        V,
    ),
    ("complex: angle in degrees", lambda x: np.angle(x + 1j, deg=True), V),
    ("complex: real and imag", lambda x: np.real(x * Z) * np.imag(x * Z) + (x * Z).real.sum(), V),
    ("complex: conj", lambda x: np.conj(x * Z) + (x * Z).conjugate() + np.conjugate(x * Z), V),
    ("complex: abs2", lambda x: ((x * Z) * np.conj(x * Z)).real, V),
    ("complex: isreal", lambda x: np.iscomplexobj(x * Z) * x + np.isrealobj(x) * x, V),
    ("complex: real_if_close", lambda x: np.real_if_close((x * Z) * np.conj(x * Z)), V),
    ("complex: comparison", lambda x: np.where((x * Z).real > 0, np.abs(x * Z), 0.0), V),
    ("complex: polyval at complex", lambda c: np.polyval(c, 1j), V),
    ("complex: polyval in what varies", lambda x: np.abs(np.polyval([1.0, 2.0, 3.0], 1j * x)), P),
    ("complex: einsum of complex", lambda x: np.einsum("ij,j", np.outer(Z, x), Z), V),
    ("complex: matmul of complex", lambda x: (x * (1 + 2j)) @ (x.T * 1j), M),
    ("complex: norm of complex", lambda x: np.linalg.norm(x * Z), V),
    ("complex: quantum state", lambda t: np.abs(np.array([np.cos(t), 1j * np.sin(t)])) ** 2, 0.6),
    ("complex: rotation", lambda t: (np.exp(1j * t) * (V + 1j * W)).imag, 0.6),
    ("complex: sum over an axis", lambda x: np.abs(np.sum(x * (1 + 1j), axis=(0, 1))), C),
]
