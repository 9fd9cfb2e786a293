"""scipy.integrate, optimize and interpolate: solvers inside a function."""

import numpy as np
from scipy import integrate, interpolate, optimize
from scipy.integrate import odeint, quad, solve_ivp
from scipy.interpolate import CubicSpline, PchipInterpolator, interp1d
from scipy.optimize import brentq, fsolve, minimize, minimize_scalar


def integral_parameter(a):
    return quad(lambda t: np.exp(-a * t**2), 0, 2)[0]


def integral_limits(x):
    value, _ = quad(lambda t: np.sin(t) / (1 + t), 0, x**2)
    return value


def integral_arguments(a):
    def integrand(t, p, q):
        return t**p * np.exp(-q * t)

    return quad(integrand, 0, np.inf, args=(2.0, a))[0]


def double_integral(a):
    return integrate.dblquad(lambda y, x: np.exp(-a * x * y), 0, 1, 0, 1)[0]


def sampled_integral(a):
    t = np.linspace(0, 1, 21)
    y = np.exp(-a * t)
    return integrate.simpson(y, x=t) + integrate.trapezoid(y, t)


def cumulative_integral(a):
    t = np.linspace(0, 1, 11)
    return integrate.cumulative_trapezoid(np.cos(a * t), t, initial=0)[-2]


def fixed_quadrature(a):
    return integrate.fixed_quad(lambda t: np.cos(a * t), 0.0, 1.0, n=5)[0]


def decay(k):
    s = solve_ivp(lambda t, y: -k * y, (0, 2), [1.0], rtol=1e-10, atol=1e-12)
    return s.y[0, -1]


def pendulum(gravity):
    def rhs(t, y):
        return [y[1], -gravity / 1.5 * np.sin(y[0])]

    s = solve_ivp(rhs, [0, 1.0], [0.5, 0.0], rtol=1e-10, atol=1e-12)
    return s.y[0][-1]


def predator_prey(p):
    def rhs(t, y):
        return np.array([p[0] * y[0] - p[1] * y[0] * y[1], 0.1 * y[0] * y[1] - p[2] * y[1]])

    s = solve_ivp(rhs, (0, 3), [10.0, 5.0], t_eval=[1.0, 3.0], rtol=1e-10, atol=1e-12)
    return s.y[0].sum()


def odeint_growth(r):
    t = np.linspace(0, 2, 5)
    y = odeint(lambda y, t: r * y * (1 - y / 10), 1.0, t, rtol=1e-11, atol=1e-12)
    return y[-1, 0]


def odeint_arguments(k):
    def rhs(y, t, k, c):
        return [y[1], -k * y[0] - c * y[1]]

    y = odeint(rhs, [1.0, 0.0], [0.0, 0.5, 1.5], args=(k, 0.3), rtol=1e-11, atol=1e-12)
    return y[-1][0] ** 2


def root_by_brent(a):
    return brentq(lambda x: x**3 + a * x - 2, 0, 5, xtol=1e-14)


def root_with_arguments(a):
    def f(x, p):
        return np.cos(x) - p * x

    return brentq(f, 0, 2, args=(a,), xtol=1e-14) ** 2


def newton_of_scipy(a):
    return optimize.newton(lambda x: x**2 - a, 1.0, tol=1e-14)


def root_scalar(a):
    return optimize.root_scalar(lambda x: np.exp(x) - a, bracket=[0, 3], xtol=1e-14).root


def system_of_equations(a):
    def f(v):
        x, y = v
        return [x**2 + y**2 - a, x - y * 0.5]

    return fsolve(f, [1.0, 1.0], xtol=1e-13)[0]


def root_of_system(a):
    s = optimize.root(lambda v: [v[0] + v[1] - a, v[0] * v[1] - 1.0], [2.0, 0.5], tol=1e-13)
    return s.x[0] ** 2


def fixed_point(a):
    return float(optimize.fixed_point(lambda x: np.cos(a * x), 0.7, xtol=1e-13))


def smallest_value(a):
    return minimize(lambda x: (x[0] - a) ** 2 + (x[1] + a * x[0]) ** 2 + x[1] ** 4, [0.1, 0.1]).fun


def place_of_minimum(a):
    r = minimize(
        lambda x: (x[0] - a) ** 2 + np.exp(x[0]), [0.0], method="BFGS", options={"gtol": 1e-12}
    )
    return r.x[0]


def scalar_minimum(a):
    return minimize_scalar(lambda x: (x - a) ** 2 + 0.1 * x**4, method="brent").x


def fitted_curve(y):
    def model(t, a, b):
        return a * np.exp(-b * t)

    p, _ = optimize.curve_fit(
        model, np.array([0.0, 1.0, 2.0, 3.0]), y, p0=[2.0, 0.5], xtol=1e-14, ftol=1e-14
    )
    return p[0] + p[1]


def least_squares_fit(y):
    t = np.array([0.0, 1.0, 2.0, 3.0])
    r = optimize.least_squares(
        lambda p: p[0] * np.exp(-p[1] * t) - y, [2.0, 0.5], xtol=1e-14, ftol=1e-14, gtol=1e-14
    )
    return r.x[1]


def nonnegative(b):
    x, rnorm = optimize.nnls(np.array([[1.0, 0.5], [0.2, 1.0], [0.3, 0.1]]), b)
    return x.sum()


def linear_program(c):
    r = optimize.linprog([1.0, c], A_ub=[[-1.0, -1.0], [1.0, -1.0]], b_ub=[-2.0, 1.0])
    return r.fun


def cubic_spline(x):
    return CubicSpline([0.0, 1.0, 2.0, 3.0], [1.0, 0.5, 2.0, 1.5])(x) ** 2


def cubic_spline_values(y):
    return float(CubicSpline([0.0, 1.0, 2.0, 3.0], y, bc_type="natural")(1.4))


def spline_derivative(x):
    return CubicSpline([0.0, 1.0, 2.0, 3.0], [1.0, 0.5, 2.0, 1.5]).derivative()(x)


def monotone_interpolant(x):
    return PchipInterpolator([0.0, 1.0, 2.0, 4.0], [0.0, 0.5, 2.0, 2.5])(x)


def linear_interpolant(x):
    return interp1d([0.0, 1.0, 2.0], [1.0, 3.0, 2.0])(x) + interp1d(
        [0.0, 1, 2, 3], [1.0, 3, 2, 0], kind="cubic"
    )(x)


def smoothing_spline(x):
    t = np.linspace(0, 3, 12)
    return interpolate.UnivariateSpline(t, np.sin(t), s=0)(x) * x


def b_spline(x):
    tck = interpolate.splrep(np.linspace(0, 3, 8), np.cos(np.linspace(0, 3, 8)))
    return interpolate.splev(x, tck)


def grid_interpolant(x, y):
    f = interpolate.RegularGridInterpolator(
        ([0.0, 1.0, 2.0], [0.0, 1.0]), np.array([[0.0, 1], [2, 3], [5, 8]])
    )
    return f([[x, y]])[0]


def rbf_interpolant(x):
    r = interpolate.RBFInterpolator([[0.0], [1.0], [2.5]], [1.0, 0.2, 0.7])
    return r(np.array([[x]]))[0]


def barycentric(x):
    return interpolate.BarycentricInterpolator([0.0, 1.0, 2.0, 3.0], [1.0, 0.5, 2.0, 1.5])(x)


def akima(x):
    return interpolate.Akima1DInterpolator([0.0, 1.0, 2.0, 3.0, 4.0], [1.0, 0.5, 2.0, 1.5, 3.0])(x)


T = np.array([2.0, 1.3, 0.7, 0.5])
CASES = [
    (integral_parameter, 0.8),
    (integral_limits, 1.2),
    (integral_arguments, 1.4),
    (double_integral, 0.7),
    (sampled_integral, 0.9),
    (cumulative_integral, 1.3),
    (fixed_quadrature, 1.3),
    (decay, 0.6),
    (pendulum, 9.81),
    (predator_prey, np.array([0.8, 0.2, 0.5])),
    (odeint_growth, 0.7),
    (odeint_arguments, 2.0),
    (root_by_brent, 1.0),
    (root_with_arguments, 1.1),
    (newton_of_scipy, 2.0),
    (root_scalar, 4.0),
    (system_of_equations, 3.0),
    (root_of_system, 3.0),
    (fixed_point, 0.9),
    (smallest_value, 0.8),
    (place_of_minimum, 0.8),
    (scalar_minimum, 0.8),
    (fitted_curve, T),
    (least_squares_fit, T),
    (nonnegative, np.array([1.0, 0.8, 0.4])),
    (linear_program, 2.0),
    (cubic_spline, 1.4),
    (cubic_spline_values, T),
    (spline_derivative, 1.4),
    (monotone_interpolant, 1.4),
    (linear_interpolant, 1.4),
    (smoothing_spline, 1.4),
    (b_spline, 1.4),
    (grid_interpolant, 0.6, 0.3),
    (rbf_interpolant, 0.6),
    (barycentric, 1.4),
    (akima, 1.4),
]
