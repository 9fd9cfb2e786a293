"""solve_ivp and odeint: every method, events, dense output, times and states that vary."""

import mpmath as mp
import numpy as np
import pytest
from scipy import integrate
from trials import right

from dfdx import derivative, gradient

TIGHT = {"rtol": 1e-7, "atol": 1e-9}
Y0 = np.array([1.0, 0.3])


def oscillator(t, y, k, c):
    return [y[1], -k * y[0] - c * y[1]]


def solved(k, c, method="RK45", **options):
    rough = {"rtol": 1e-5, "atol": 1e-7} if method == "RK23" else TIGHT
    return integrate.solve_ivp(
        oscillator, (0, 2), [1.0, 0.3], args=(k, c), method=method, **rough, **options
    )


def event_time(k):
    def crossing(t, y):
        return y[0]

    crossing.terminal = True
    s = integrate.solve_ivp(
        lambda t, y: [y[1], -k * y[0]], (0, 9), [1.0, 0.0], events=crossing, **TIGHT
    )
    return s.t_events[0][0], s.y_events[0][0], s.t[-1]


def bouncing(g):
    def hits(t, y):
        return y[0]

    hits.direction = -1
    s = integrate.solve_ivp(lambda t, y: [y[1], -g], (0, 1.5), [1.0, 0.5], events=[hits], **TIGHT)
    return s.t_events[0]


def of_start(a, b):
    return integrate.solve_ivp(lambda t, y: -0.5 * y * y, (0, 1), [a, b], **TIGHT).y[:, -1]


def of_times(t0, t1):
    return integrate.solve_ivp(lambda t, y: [np.cos(t) * y[0]], (t0, t1), [1.2], **TIGHT).y[0, -1]


def by_odeint(k, c):
    t = np.linspace(0, 2, 5)
    return integrate.odeint(lambda y, t, k, c: oscillator(t, y, k, c), [1.0, 0.3], t, args=(k, c))


TRIALS = {
    "RK45": (lambda k, c: solved(k, c).y[:, -1], 1.3, 0.2),
    "RK23": (lambda k, c: solved(k, c, "RK23").y[:, -1], 1.3, 0.2),
    "DOP853": (lambda k, c: solved(k, c, "DOP853").y[:, -1], 1.3, 0.2),
    "default tolerance": (
        lambda k: integrate.solve_ivp(lambda t, y: -k * y, (0, 2), [1.0]).y[0, -1],
        1.3,
    ),
    "t_eval": (lambda k, c: solved(k, c, t_eval=[0.5, 1.0, 1.7]).y, 1.3, 0.2),
    "t_eval that moves": (lambda a: solved(1.3, 0.2, t_eval=np.array([0.5, 1.0]) * a).y, 1.1),
    "dense": (lambda k: solved(k, 0.2, dense_output=True).sol(0.7), 1.3),
    "dense at times": (lambda k, t: solved(k, 0.2, dense_output=True).sol([0.4, t]), 1.3, 0.9),
    "start": (of_start, 0.8, 1.2),
    "start vector": (
        lambda y: integrate.solve_ivp(lambda t, y: [y[1], -y[0] ** 3], (0, 1), y, **TIGHT).y[:, -1],
        Y0,
    ),
    "times": (of_times, 0.3, 1.4),
    "backwards": (
        lambda k: integrate.solve_ivp(lambda t, y: -k * y, (1, 0), [1.0], **TIGHT).y[0, -1],
        0.7,
    ),
    "event": (event_time, 1.4),
    "events": (bouncing, 9.81),
    "max_step": (lambda k: solved(k, 0.1, max_step=0.1).y[0, -1], 1.3),
    "vectorized": (
        lambda k: integrate.solve_ivp(lambda t, y: -k * y, (0, 1), [1.0], vectorized=True, **TIGHT).y[0, -1],
        1.3,
    ),
    "matrix": (
        lambda a: integrate.solve_ivp(lambda t, y: a @ y, (0, 1), Y0, **TIGHT).y[:, -1],
        np.array([[0.2, -1.0], [0.7, -0.3]]),
    ),
}  # fmt: skip
LOOSE = {  # what SciPy computes has the error of its tolerance; the derivative is the true one's
    "Radau": (lambda k, c: solved(k, c, "Radau").y[:, -1], 1.3, 0.2),
    "BDF": (lambda k, c: solved(k, c, "BDF").y[:, -1], 1.3, 0.2),
    "LSODA": (lambda k, c: solved(k, c, "LSODA").y[:, -1], 1.3, 0.2),
    "LSODA, t_eval": (lambda k, c: solved(k, c, "LSODA", t_eval=[0.5, 1.5]).y, 1.3, 0.2),
    "odeint": (by_odeint, 1.3, 0.2),
    "odeint, start": (
        lambda a, b: integrate.odeint(lambda y, t: [y[1], -y[0]], [a, b], [0.0, 1.0, 1.6])[-1],
        1.3,
        0.2,
    ),
    "odeint, tfirst": (
        lambda k: integrate.odeint(lambda t, y: -k * y * t, 1.0, [0, 1.0, 2.0], tfirst=True)[-1],
        0.8,
    ),
    "odeint, times": (
        lambda t: integrate.odeint(lambda y, s: -y, [1.0], np.array([0.0, 0.5, 1.0]) * t)[-1],
        1.2,
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", TRIALS)
def test_right(name):
    f, *point = TRIALS[name]
    right(f, *point, rtol=1e-5, h=1e-2, second=name in ("RK45", "start", "event", "LSODA"))


@pytest.mark.parametrize("name", LOOSE)
def test_by_sensitivity_equations(name):
    f, *point = LOOSE[name]
    right(f, *point, rtol=1e-4, h=5e-2, second=name == "odeint, start")


@pytest.mark.parametrize("method", ["RK45", "DOP853", "LSODA", "Radau"])
def test_digits(method):
    """y″ = −k y − c y′ against its closed form."""

    def true(k, c):
        w = mp.sqrt(k - mp.mpf(c) ** 2 / 4)
        decay = mp.exp(-c)  # exp(−c t / 2) at t = 2
        return decay * (mp.cos(2 * w) + (mp.mpf("0.3") + c / 2) / w * mp.sin(2 * w))

    found = gradient(lambda k, c: solved(k, c, method).y[0, -1])(1.3, 0.2)
    wanted = [mp.diff(lambda k: true(k, 0.2), 1.3), mp.diff(lambda c: true(1.3, c), 0.2)]
    np.testing.assert_allclose(found, np.array(wanted, dtype=float), rtol=1e-5)


def test_tight_tolerances():
    def f(g):
        def rhs(t, y):
            return [y[1], -g / 1.5 * np.sin(y[0])]

        return integrate.solve_ivp(rhs, [0, 1.0], [0.5, 0.0], rtol=1e-10, atol=1e-12).y[0][-1]

    e = derivative(f).estimate(9.81)
    assert "exact" in e.method
    near = derivative(f, method="differences").estimate(9.81)
    assert e.value == pytest.approx(near.value, rel=1e-6)
