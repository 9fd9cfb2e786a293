"""scipy.interpolate: at traced places, of traced data, integrals and derivatives, exactly."""

import numpy as np
import pytest
from scipy import interpolate as ip
from trials import refused, right

T = np.array([0.0, 0.7, 1.5, 2.2, 3.1, 4.0])
Y = np.array([0.3, 1.2, 0.8, -0.4, 0.1, 0.9])
UP = np.array([0.1, 0.4, 1.3, 1.5, 2.8, 3.0])
P = np.array([0.35, 1.2, 2.9])  # on no knot, nor half way
GRID = np.outer(np.sin(T), np.cos(T[:5])) + 0.1 * np.arange(30).reshape(6, 5)
TCK = ip.splrep(T, Y)
CUBIC = ip.CubicSpline(T, Y)
SMOOTH = ip.UnivariateSpline(T, Y, s=0.05)

KINDS = {
    "CubicSpline": lambda t, y: ip.CubicSpline(t, y),
    "CubicSpline natural": lambda t, y: ip.CubicSpline(t, y, bc_type="natural"),
    "CubicSpline clamped": lambda t, y: ip.CubicSpline(t, y, bc_type="clamped"),
    "pchip": lambda t, y: ip.PchipInterpolator(t, y),
    "akima": lambda t, y: ip.Akima1DInterpolator(t, y),
    "hermite": lambda t, y: ip.CubicHermiteSpline(t, y, np.cos(T)),
    "interp1d": lambda t, y: ip.interp1d(t, y),
    "barycentric": lambda t, y: ip.BarycentricInterpolator(t, y),
    "krogh": lambda t, y: ip.KroghInterpolator(t, y),
}
FIXED = {  # interpolants whose places are fixed
    "make_interp_spline": lambda y: ip.make_interp_spline(T, y, k=3),
    "interp1d cubic": lambda y: ip.interp1d(T, y, kind="cubic"),
    "interp1d quadratic": lambda y: ip.interp1d(T, y, kind="quadratic"),
    "InterpolatedUnivariateSpline": lambda y: ip.InterpolatedUnivariateSpline(T, y),
    "make_smoothing_spline": lambda y: ip.make_smoothing_spline(T, y, lam=0.1),
}

TRIALS = (
    {f"{name}, places": (lambda p, m=make: m(T, Y)(p), P) for name, make in KINDS.items()}
    | {f"{name}, values": (lambda y, m=make: m(T, y)(P), Y) for name, make in KINDS.items()}
    | {f"{name}, values": (lambda y, m=make: m(y)(P), Y) for name, make in FIXED.items()}
    | {f"{name}, places": (lambda p, m=make: m(Y)(p), P) for name, make in FIXED.items()}
    | {
        "at a number": (lambda p: CUBIC(p), 1.3),
        "derivative": (lambda p: CUBIC(p, 1) + CUBIC.derivative(2)(p), P),
        "derivative, values": (lambda y: ip.CubicSpline(T, y).derivative()(P), Y),
        "integral": (lambda a, b: CUBIC.integrate(a, b), 0.4, 2.6),
        "integral, values": (lambda y: ip.CubicSpline(T, y).integrate(0.4, 2.6), Y),
        "antiderivative": (lambda p: CUBIC.antiderivative()(p), P),
        "knots": (lambda t, y: ip.CubicSpline(t, y)(P), T, Y),
        "knots, natural": (lambda t: ip.CubicSpline(t, Y, bc_type="natural")(P), T),
        "knots, clamped": (lambda t: ip.CubicSpline(t, Y, bc_type="clamped")(P, 1), T),
        "places of a polynomial": (lambda t, p: ip.BarycentricInterpolator(t, Y)(p), T, P),
        "barycentric_interpolate": (lambda y: ip.barycentric_interpolate(T, y, P), Y),
        "columns": (lambda y: ip.CubicSpline(T, y)(P), np.stack([Y, UP], 1)),
        "smoothing": (lambda p: (SMOOTH(p), SMOOTH(p, 1)), P),
        "smoothing, integral": (lambda a: SMOOTH.integral(a, 2.2), 0.4),
        "splev": (lambda p: ip.splev(p, TCK), P),
        "splev, weights": (lambda c: ip.splev(P, (TCK[0], c, 3)), TCK[1]),
        "splev, der": (lambda p: ip.splev(p, TCK, der=1), P),
        "splrep": (lambda y: ip.splev(P, ip.splrep(T, y)), Y),
        "splint": (lambda a, b: ip.splint(a, b, TCK), 0.4, 2.6),
        "BSpline": (lambda c: ip.BSpline(TCK[0], c, 3)(P), TCK[1]),
        "BSpline, places": (lambda p: ip.BSpline(*TCK)(p), P),
        "PPoly": (lambda c: ip.PPoly(c, [0.0, 1.0, 3.0])(P), GRID[:4, :2]),
        "fill": (lambda p: ip.interp1d(T, Y, bounds_error=False, fill_value=0.3)(p), P + 2.05),
        "extrapolated": (lambda p: ip.interp1d(T, Y, fill_value="extrapolate")(p), P + 2.05),
        "np.interp": (lambda p, y: np.interp(p, T, y), P, Y),
        "grid, places": (
            lambda p: ip.RegularGridInterpolator((T, T[:5]), GRID)(p),
            P.repeat(2).reshape(3, 2),
        ),
        "grid, values": (lambda g: ip.RegularGridInterpolator((T, T[:5]), g)([[0.4, 1.1]]), GRID),
        "interpn": (lambda g: ip.interpn((T, T[:5]), g, [[0.4, 1.1]]), GRID),
        "RectBivariateSpline": (
            lambda x, y: ip.RectBivariateSpline(T, T[:5], GRID).ev(x, y),
            0.4,
            1.3,
        ),
        "lagrange": (lambda p: ip.lagrange(T[:4], Y[:4])(p), 0.9),
        "pchip_interpolate": (lambda y: ip.pchip_interpolate(T, y, P), Y),
        "inverted": (lambda y: ip.PchipInterpolator(UP, y)(0.9) ** 2, T),
    }
)


@pytest.mark.parametrize("name", TRIALS)
def test_right(name):
    f, *point = TRIALS[name]
    right(f, *point, rtol=1e-7, h=2e-3)


NODES = np.array([[0.1, 0.9], [1.3, 0.2], [0.7, 1.8], [2.1, 1.1], [0.9, 0.8], [1.9, 0.1]])
POINTS = np.array([[0.5, 0.6], [1.1, 1.3]])
KERNELS = [
    "thin_plate_spline",
    "linear",
    "cubic",
    "quintic",
    "multiquadric",
    "inverse_multiquadric",
    "gaussian",
]


@pytest.mark.parametrize("kernel", KERNELS)
def test_radial(kernel):
    options = {"kernel": kernel, "epsilon": 0.8, "smoothing": 0.1}
    right(lambda y, p: ip.RBFInterpolator(NODES, y, **options)(p), Y, POINTS)
    plain = ip.RBFInterpolator(NODES, np.stack([Y, UP], 1), degree=2, **options)
    right(lambda p: plain(p), POINTS)


REFUSED = {
    "knots of a spline": (lambda t: ip.splev(P, (t, TCK[1], 3)), TCK[0]),
    "places of splrep": (lambda t: ip.splrep(t, Y)[1], T),
}


@pytest.mark.parametrize("name", REFUSED)
def test_refused(name):
    refused(*REFUSED[name])
