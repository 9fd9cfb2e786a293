"""NumPy as it is used every day: whole arrays, reductions, selections, joins, transforms."""

import numpy as np
from numpy import exp, pi


def mean_square(x):
    return np.mean(x**2)


def softmax_entropy(x):
    p = np.exp(x - x.max())
    p /= p.sum()
    return -(p * np.log(p)).sum()


def variance_and_deviation(x):
    return x.var() + np.std(x, ddof=1) * x.mean()


def gaussian_bumps(x):
    centers = np.linspace(-1, 1, 5)
    return (exp(-((x[:, None] - centers) ** 2) / 0.3) / np.sqrt(2 * pi)).sum()


def array_of_scalars(a, b):
    v = np.array([a, b, a * b])
    return np.dot(v, v) + v[0]


def rotation(angle):
    c, s = np.cos(angle), np.sin(angle)
    r = np.array([[c, -s], [s, c]])
    return (r @ np.array([1.0, 2.0]))[0]


def nested_arrays(t):
    m = np.array([[t, 1.0], [np.sin(t), t**2]])
    return np.trace(m @ m) + m.sum()


def where_branches(x):
    return np.sum(np.where(x > 0, np.sqrt(np.abs(x)), x**2))


def clipped(x):
    return np.clip(x, -0.5, 0.8).sum() + np.maximum(x, 0.1).prod() + np.minimum(x, x**2).sum()


def piecewise(x):
    return np.piecewise(x, [x < 0, x >= 0], [lambda v: -(v**2), lambda v: v**3]).sum()


def selected(x):
    return np.select([x < -0.5, x > 0.5], [x, 2 * x], default=x**2).sum()


def cumulative(x):
    return np.cumsum(x)[-2] * np.cumprod(x + 1.5)[2] + np.diff(x).sum() ** 2


def sorted_weights(x):
    return np.sort(x) @ np.arange(x.size)


def argsorted(x):
    order = np.argsort(x)
    return (x[order] * np.arange(1, len(x) + 1)).sum()


def quantiles(x):
    return np.median(x) + np.percentile(x, 30) + np.quantile(x, 0.8)


def extremes(x):
    return x.max() * x.min() + np.ptp(x) + x[np.argmax(x)] ** 2


def stacked(x):
    a = np.stack([x, x**2])
    b = np.concatenate([a.ravel(), [1.0, 2.0]])
    c = np.vstack((x, x)).T
    d = np.hstack([x, x])
    return b.sum() + (c * c).sum() + np.column_stack([x, d[: len(x)]])[1].sum()


def reshaped(x):
    m = x.reshape(2, -1)
    return (m.T @ m).sum() + m.flatten()[0] + np.transpose(m)[1, 0] + m.mean(axis=1)[0]


def broadcast(x):
    return (x[:, np.newaxis] * x[None, :] - np.eye(len(x))).sum() + np.outer(x, x)[0, 1]


def fancy_indices(x):
    return x[[0, 2, 2]].sum() + x[x > 0].sum() ** 2 + np.take(x, [1, 1]).prod() + x[::-1][0]


def polynomial_value(x):
    return np.polyval([1.0, -2.0, 0.5], x) + np.poly1d([2.0, 0.0, 1.0])(x)


def polynomial_class(x):
    p = np.polynomial.Polynomial([1.0, 2.0, -0.5])
    c = np.polynomial.chebyshev.chebval(x, [0.3, 0.2, 0.1, 0.5])
    return p(x) * c


def interpolated(x):
    xs = np.linspace(0, 4, 9)
    return np.interp(x, xs, np.sin(xs)) * x


def interpolated_values(y):
    return np.interp(1.3, [0.0, 1.0, 2.0, 3.0], y) ** 2


def convolved(x):
    return (np.convolve(x, [0.25, 0.5, 0.25], mode="same") ** 2).sum()


def spectrum(x):
    return (np.abs(np.fft.fft(x)) ** 2)[1:3].sum()


def filtered_by_fft(x):
    f = np.fft.rfft(x)
    f = f * np.exp(-np.arange(len(f)))
    return (np.fft.irfft(f, n=len(x)) ** 2).sum()


def integrated(x):
    return np.trapezoid(x**2, dx=0.1) + np.gradient(x)[1]


def einsums(x):
    m = np.outer(x, x + 1)
    return np.einsum("ii", m) + np.einsum("ij,j->i", m, x)[0] + np.einsum("i,i", x, x)


def tensor_products(x):
    a = x.reshape(2, 2)
    return np.tensordot(a, a, axes=1).sum() + np.kron(a, np.eye(2)).sum() + np.inner(a, a)[0, 1]


def cross_product(v):
    return np.cross(v, np.array([1.0, 0.5, -2.0])) @ v + np.linalg.norm(np.cross(v, [0, 1, 2.0]))


def rolled(x):
    return (np.roll(x, 1) * x).sum() + np.flip(x)[0] + np.tile(x, 2).sum() + np.repeat(x, 3)[4]


def padded(x):
    return (np.pad(x, 1, mode="edge")[2:] - x).sum() ** 2 + np.pad(x, (1, 2))[1]


def split_parts(x):
    a, b = np.split(x, 2)
    return a @ b + np.array_split(x, 3)[0].sum()


def average_weighted(x):
    return np.average(x, weights=[1, 2, 3, 4]) + np.cov(x, x**2)[0, 1] + np.corrcoef(x, x**3)[0, 1]


def log_domain(x):
    return np.logaddexp(x[0], x[1]) + np.log(np.sum(np.exp(x))) + np.log1p(x**2).sum()


def vectorized(x):
    f = np.vectorize(lambda t: t**2 if t > 0 else -t)
    return f(x).sum()


def apply_along(x):
    m = x.reshape(2, 2)
    return np.apply_along_axis(lambda r: r @ r, 1, m).sum()


def monte_carlo(sigma):
    z = np.random.default_rng(7).normal(size=200)
    return np.mean(np.maximum(np.exp(sigma * z) - 1.0, 0.0))


def meshgrids(a):
    x, y = np.meshgrid(np.linspace(0, 1, 4), np.linspace(0, 1, 3))
    return np.sum(np.sin(a * x) * np.cos(a * y))


def nan_functions(x):
    y = np.append(x, np.nan)
    return np.nansum(y**2) + np.nanmean(y)


def sinc_and_others(x):
    return np.sinc(x) + np.heaviside(x, 0.5) * x + np.sign(x) * x**2 + np.hypot(x, 3.0) + np.cbrt(x)


def angles(x):
    return np.unwrap(np.array([x, x + 6.5]))[1] + np.deg2rad(x) + np.arctan2(x, 1.0)


def complex_arrays(x):
    z = x * np.exp(1j * np.arange(len(x)))
    return np.abs(z.sum()) + np.angle(z[1] + z[0]) + z.real.sum() - z.imag[2]


def matrix_stack(x):
    a = np.array([[x, 1.0], [0.5, x**2]])
    b = np.block([[a, np.zeros((2, 2))], [np.eye(2), a]])
    return np.diag(b).sum() + np.triu(b).sum() * x + b[1:3, 1:3].sum()


def loop_over_array(x):
    total = 0.0
    for k, v in enumerate(x):
        total += v ** (k + 1)
    return total


def float_of_element(x):
    return float(x[0]) * float(np.sum(x))


def list_to_array(values):
    a = np.asarray(values)
    return np.sqrt((a**2).sum())


def errstate(x):
    with np.errstate(all="ignore"):
        return np.where(x > 0, np.log(x), 0.0).sum()


def bessel_window(beta):
    return np.kaiser(11, beta).sum() + np.i0(beta)


V = np.array([0.4, -0.7, 1.1, 0.25])
CASES = [
    (mean_square, V),
    (softmax_entropy, V),
    (variance_and_deviation, V),
    (gaussian_bumps, V),
    (array_of_scalars, 0.5, 1.5),
    (rotation, 0.6),
    (nested_arrays, 0.8),
    (where_branches, V),
    (clipped, V),
    (piecewise, V),
    (selected, V),
    (cumulative, V),
    (sorted_weights, V),
    (argsorted, V),
    (quantiles, V),
    (extremes, V),
    (stacked, V),
    (reshaped, V),
    (broadcast, V),
    (fancy_indices, V),
    (polynomial_value, 1.3),
    (polynomial_class, 0.4),
    (interpolated, 1.7),
    (interpolated_values, np.array([0.1, 1.0, 0.7, 0.2])),
    (convolved, V),
    (spectrum, V),
    (filtered_by_fft, V),
    (integrated, V),
    (einsums, V),
    (tensor_products, V),
    (cross_product, np.array([0.3, 1.0, 0.4])),
    (rolled, V),
    (padded, V),
    (split_parts, V),
    (average_weighted, V),
    (log_domain, V),
    (vectorized, V),
    (apply_along, V),
    (monte_carlo, 0.4),
    (meshgrids, 0.9),
    (nan_functions, V),
    (sinc_and_others, 0.45),
    (angles, 0.3),
    (complex_arrays, V),
    (matrix_stack, 1.2),
    (loop_over_array, V),
    (float_of_element, V),
    (list_to_array, [0.3, 0.4, 1.2]),
    (errstate, V),
    (bessel_window, 2.5),
]
