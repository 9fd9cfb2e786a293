"""scipy.ndimage: filters in every mode, transformations, measurements, exactly and twice."""

import numpy as np
import pytest
from scipy import ndimage
from trials import refused, right

X = np.array([0.5, 1.2, 0.7, 2.1, 1.4, 0.2, 0.9])
M = 3 * np.sin(np.arange(20.0) ** 2).reshape(4, 5)  # no two are close
K = np.array([[1.0, 0.5, 0.2], [-0.3, 2.0, 0.4], [0.1, 0.6, -0.7]])
LABELS = np.array([[1, 1, 0, 2, 2], [1, 0, 0, 2, 2], [3, 3, 3, 0, 2], [3, 0, 3, 1, 1]])
MODES = [
    "reflect",
    "constant",
    "nearest",
    "mirror",
    "wrap",
    "grid-mirror",
    "grid-constant",
    "grid-wrap",
]

TRIALS = {
    "correlate1d": (lambda x, w: ndimage.correlate1d(x, w), X, X[:3]),
    "convolve1d": (lambda x, w: ndimage.convolve1d(x, w), X, X[:3]),
    "convolve1d even": (lambda x, w: ndimage.convolve1d(x, w, origin=-1), X, X[:4]),
    "correlate1d axis": (lambda x: ndimage.correlate1d(x, [1.0, 2.0, 0.5], axis=0), M),
    "correlate": (lambda x, w: ndimage.correlate(x, w), M, K),
    "convolve": (lambda x, w: ndimage.convolve(x, w, mode="constant", cval=0.7), M, K),
    "convolve even": (lambda x, w: ndimage.convolve(x, w, origin=(0, -1)), M, K[:2, :2]),
    "cval": (lambda x, c: ndimage.correlate(x, K, mode="constant", cval=c), M, 0.3),
    "cval 1d": (lambda x, c: ndimage.correlate1d(x, K[0], mode="constant", cval=c), M, 0.3),
    "gaussian_filter1d": (lambda x: ndimage.gaussian_filter1d(x, 1.0), X),
    "gaussian_filter1d, sigma": (lambda x, s: ndimage.gaussian_filter1d(x, s, radius=3), X, 1.1),
    "gaussian_filter1d, order": (lambda x: ndimage.gaussian_filter1d(x, 0.8, order=1), X),
    "gaussian_filter": (lambda x: ndimage.gaussian_filter(x, 0.7), M),
    "gaussian_filter of a constant": (lambda s: ndimage.gaussian_filter(M, s, radius=2), 0.8),
    "gaussian_filter sigmas": (lambda x: ndimage.gaussian_filter(x, [0.7, 0.4], mode="wrap"), M),
    "gaussian_laplace": (lambda x: ndimage.gaussian_laplace(x, 0.7), M),
    "gaussian_gradient_magnitude": (lambda x: ndimage.gaussian_gradient_magnitude(x, 0.7), M),
    "uniform_filter": (lambda x: ndimage.uniform_filter(x, 3), M),
    "uniform_filter even": (lambda x: ndimage.uniform_filter(x, (2, 3), mode="constant"), M),
    "uniform_filter1d": (lambda x: ndimage.uniform_filter1d(x, 4, origin=1), X),
    "sobel": (lambda x: ndimage.sobel(x, axis=0), M),
    "prewitt": (lambda x: ndimage.prewitt(x), M),
    "laplace": (lambda x: ndimage.laplace(x), M),
    "edges": (lambda x: np.hypot(ndimage.sobel(x, 0), ndimage.sobel(x, 1)), M),
    "median_filter": (lambda x: ndimage.median_filter(x, size=3), M),
    "maximum_filter": (lambda x: ndimage.maximum_filter(x, size=(1, 3)), M),
    "minimum_filter": (lambda x: ndimage.minimum_filter(x, footprint=K > 0), M),
    "maximum_filter1d": (lambda x: ndimage.maximum_filter1d(x, 3), X),
    "percentile_filter": (lambda x: ndimage.percentile_filter(x, 30, size=3), M),
    "rank_filter": (lambda x: ndimage.rank_filter(x, 1, size=3), M),
    "shift": (lambda x: ndimage.shift(x, 0.6), X),
    "shift, cval": (lambda x: ndimage.shift(x, 0.6, order=1, cval=2.0), X),
    "zoom": (lambda x: ndimage.zoom(x, 1.6, order=1), M),
    "rotate": (lambda x: ndimage.rotate(x, 20.0, reshape=False), M),
    "map_coordinates": (lambda x: ndimage.map_coordinates(x, [[0.5, 1.2], [1.3, 2.6]]), M),
    "affine_transform": (lambda x: ndimage.affine_transform(x, K[:2, :2], mode="mirror"), M),
    "spline_filter": (lambda x: ndimage.spline_filter(x), M),
    "sum": (lambda x: ndimage.sum(x, LABELS, [1, 3]), M),
    "sum of all": (lambda x: (ndimage.sum(x), ndimage.sum_labels(x, LABELS)), M),
    "mean": (lambda x: ndimage.mean(x, LABELS, index=[2, 1]), M),
    "mean of one": (lambda x: ndimage.mean(x, LABELS, 2), M),
    "variance": (lambda x: ndimage.variance(x, LABELS, [1, 2]), M),
    "standard_deviation": (lambda x: ndimage.standard_deviation(x, LABELS, 2), M),
    "maximum": (lambda x: (ndimage.maximum(x, LABELS, [1, 2]), ndimage.minimum(x, LABELS, 3)), M),
    "center_of_mass": (lambda x: ndimage.center_of_mass(x + 3.0), M),
    "centers": (lambda x: ndimage.center_of_mass(x + 3.0, LABELS, [1, 3]), M),
} | {
    f"{mode} {what}": (f, point)
    for mode in MODES
    for what, f, point in [
        ("1d", lambda x, m=mode: ndimage.gaussian_filter1d(x, 2.0, mode=m, cval=0.4), X),
        ("2d", lambda x, m=mode: ndimage.correlate(x, K, mode=m, cval=0.4), M),
    ]
}  # fmt: skip


@pytest.mark.parametrize("name", TRIALS)
def test_right(name):
    f, *point = TRIALS[name]
    right(f, *point, h=2e-3)


REFUSED = {
    "coordinates": (lambda c: ndimage.map_coordinates(M, [[c], [1.2]]), 0.6),
    "structure": (lambda x: ndimage.grey_dilation(x, structure=K), M),
    "angle": (lambda angle: ndimage.rotate(M, angle), 20.0),
}


@pytest.mark.parametrize("name", REFUSED)
def test_refused(name):
    refused(*REFUSED[name])
