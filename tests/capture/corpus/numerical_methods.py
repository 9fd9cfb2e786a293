"""Numerical methods as textbooks write them: iterations, quadrature, marching, recurrences."""

import math

import numpy as np


def newton_root(a):
    x = 1.0
    while abs(x * x - a) > 1e-14:
        x = x - (x * x - a) / (2 * x)
    return x


def bisection(a):
    lo, hi = 0.0, 3.0
    for _ in range(80):
        mid = (lo + hi) / 2
        if mid**3 - a > 0:
            hi = mid
        else:
            lo = mid
    x = (lo + hi) / 2
    return x - (x**3 - a) / (3 * x**2)


def secant(a):
    x0, x1 = 0.5, 1.5
    while abs(x1 - x0) > 1e-13:
        f0, f1 = math.exp(x0) - a, math.exp(x1) - a
        x0, x1 = x1, x1 - f1 * (x1 - x0) / (f1 - f0)
    return x1


def fixed_point_iteration(a):
    x = 0.5
    for _ in range(200):
        x = math.cos(a * x)
    return x


def runge_kutta(k):
    def f(t, y):
        return -k * y + math.sin(t)

    t, y, h = 0.0, 1.0, 0.05
    for _ in range(40):
        k1 = f(t, y)
        k2 = f(t + h / 2, y + h / 2 * k1)
        k3 = f(t + h / 2, y + h / 2 * k2)
        k4 = f(t + h, y + h * k3)
        y += h / 6 * (k1 + 2 * k2 + 2 * k3 + k4)
        t += h
    return y


def runge_kutta_system(p):
    def lorenz(s):
        x, y, z = s
        return np.array([p[0] * (y - x), x * (p[1] - z) - y, x * y - p[2] * z])

    s, h = np.array([1.0, 1.0, 1.0]), 0.01
    for _ in range(30):
        k1 = lorenz(s)
        k2 = lorenz(s + h * k1 / 2)
        k3 = lorenz(s + h * k2 / 2)
        k4 = lorenz(s + h * k3)
        s = s + h * (k1 + 2 * k2 + 2 * k3 + k4) / 6
    return s[0]


def adaptive_euler(k):
    t, y, h = 0.0, 1.0, 0.1
    while t < 1.0:
        h = min(h, 1.0 - t)
        full = y + h * (-k * y)
        half = y + h / 2 * (-k * y)
        half = half + h / 2 * (-k * half)
        if abs(full - half) < 1e-3:
            t, y = t + h, 2 * half - full
        else:
            h = h / 2
    return y


def trapezoid_rule(a):
    n, f = 50, lambda x: math.exp(-a * x * x)
    h = 1.0 / n
    return h * (0.5 * f(0) + sum(f(i * h) for i in range(1, n)) + 0.5 * f(1))


def simpson_with_variable_limit(b):
    n = 20
    h = b / n
    s = math.sin(0) + math.sin(b)
    for i in range(1, n):
        s += (4 if i % 2 else 2) * math.sin(i * h)
    return s * h / 3


def romberg(b):
    r = [[0.0] * 6 for _ in range(6)]
    f = lambda x: 1 / (1 + x * x)
    h = b
    r[0][0] = 0.5 * h * (f(0.0) + f(b))
    for i in range(1, 6):
        h *= 0.5
        r[i][0] = 0.5 * r[i - 1][0] + h * sum(
            f((2 * k - 1) * h) for k in range(1, 2 ** (i - 1) + 1)
        )
        for j in range(1, i + 1):
            r[i][j] = r[i][j - 1] + (r[i][j - 1] - r[i - 1][j - 1]) / (4**j - 1)
    return r[5][5]


def gauss_legendre(a):
    nodes, weights = np.polynomial.legendre.leggauss(8)
    return np.sum(weights * np.cosh(a * nodes))


def horner(x):
    y = 0.0
    for c in [1.5, -2.0, 0.3, 4.0]:
        y = y * x + c
    return y


def continued_fraction(x):
    v = 0.0
    for k in range(25, 0, -1):
        v = k * x / (1 + v)
    return 1 / (1 + v)


def lentz(x):
    tiny = 1e-30
    f = c = tiny
    d = 0.0
    for k in range(1, 200):
        a, b = (x if k == 1 else -x * x), 2 * k - 1
        d = b + a * d
        d = tiny if d == 0 else d
        c = b + a / c
        c = tiny if c == 0 else c
        d = 1 / d
        f *= c * d
        if abs(c * d - 1) < 1e-15:
            break
    return f


def power_series(x):
    term, total, n = 1.0, 1.0, 0
    while abs(term) > 1e-17:
        n += 1
        term *= x / n
        total += term
    return total


def arithmetic_geometric_mean(x):
    a, b = 1.0, x
    while abs(a - b) > 1e-15:
        a, b = (a + b) / 2, math.sqrt(a * b)
    return math.pi / 2 / a


def lagrange(x):
    xs, ys = [0.0, 1.0, 2.0, 3.5], [1.0, 3.0, 2.0, 0.0]
    total = 0.0
    for i, yi in enumerate(ys):
        term = yi
        for j in range(len(xs)):
            if j != i:
                term *= (x - xs[j]) / (xs[i] - xs[j])
        total += term
    return total


def newton_divided_differences(y):
    xs = [0.0, 1.0, 2.0, 3.0]
    c = list(y)
    for j in range(1, 4):
        for i in range(3, j - 1, -1):
            c[i] = (c[i] - c[i - 1]) / (xs[i] - xs[i - j])
    v = c[-1]
    for k in range(2, -1, -1):
        v = v * (1.4 - xs[k]) + c[k]
    return v


def thomas_algorithm(d):
    n = 5
    a, b, c, r = [-1.0] * n, [2.0 + d] * n, [-1.0] * n, [1.0] * n
    for i in range(1, n):
        w = a[i] / b[i - 1]
        b[i] -= w * c[i - 1]
        r[i] -= w * r[i - 1]
    x = [0.0] * n
    x[-1] = r[-1] / b[-1]
    for i in range(n - 2, -1, -1):
        x[i] = (r[i] - c[i] * x[i + 1]) / b[i]
    return sum(x)


def aitken(x):
    s = [x]
    for _ in range(6):
        s.append(math.cos(s[-1]))
    return s[-3] - (s[-2] - s[-3]) ** 2 / (s[-1] - 2 * s[-2] + s[-3])


def gradient_descent(rate):
    w = np.array([1.0, -1.0])
    a = np.array([[2.0, 0.3], [0.3, 1.0]])
    for _ in range(15):
        w = w - rate * (a @ w - np.array([1.0, 0.5]))
    return w @ w


def finite_volume(v):
    u = np.exp(-((np.linspace(0, 1, 16) - 0.5) ** 2) / 0.02)
    for _ in range(10):
        flux = v * u
        u = u - 0.5 * (flux - np.roll(flux, 1))
    return np.sum(u[8:] ** 2)


def kalman_filter(q):
    x, p, total = 0.0, 1.0, 0.0
    for z in [0.3, 0.5, 0.4, 0.9, 0.7]:
        p = p + q
        s = p + 0.25
        total += -0.5 * (math.log(2 * math.pi * s) + (z - x) ** 2 / s)
        k = p / s
        x, p = x + k * (z - x), (1 - k) * p
    return total


def matrix_kalman(q):
    f, h = np.array([[1.0, 0.1], [0.0, 1.0]]), np.array([[1.0, 0.0]])
    x, p, r, ll = np.zeros(2), np.eye(2), np.array([[0.2]]), 0.0
    for z in [0.1, 0.3, 0.2, 0.6]:
        x, p = f @ x, f @ p @ f.T + q * np.eye(2)
        s = h @ p @ h.T + r
        e = z - h @ x
        k = p @ h.T @ np.linalg.inv(s)
        ll += -0.5 * (e @ np.linalg.inv(s) @ e + np.log(np.linalg.det(s)))
        x, p = x + k @ e, (np.eye(2) - k @ h) @ p
    return ll


CASES = [
    (newton_root, 2.0),
    (bisection, 4.0),
    (secant, 2.5),
    (fixed_point_iteration, 0.9),
    (runge_kutta, 0.8),
    (runge_kutta_system, np.array([10.0, 28.0, 2.7])),
    (adaptive_euler, 0.9),
    (trapezoid_rule, 0.8),
    (simpson_with_variable_limit, 1.3),
    (romberg, 1.5),
    (gauss_legendre, 0.7),
    (horner, 0.6),
    (continued_fraction, 0.4),
    (lentz, 0.6),
    (power_series, 0.8),
    (arithmetic_geometric_mean, 0.4),
    (lagrange, 1.3),
    (newton_divided_differences, [1.0, 3.0, 2.0, 0.5]),
    (thomas_algorithm, 0.3),
    (aitken, 0.6),
    (gradient_descent, 0.15),
    (finite_volume, 0.8),
    (kalman_filter, 0.1),
    (matrix_kalman, 0.1),
]
