"""Models to differentiate: `dfdx examples/model.py:f --at 0.3`."""

import math

import numpy as np


def f(rate):
    """The share of a town that has had the flu after 60 days; everyone meets `rate` others a day.

    Kermack and McKendrick's model in steps of a quarter of a day; one in ten recovers daily.
    """
    healthy, ill = 0.999, 0.001
    for _ in range(240):
        caught = 0.25 * rate * healthy * ill
        healthy, ill = healthy - caught, ill + caught - 0.25 * 0.1 * ill
    return 1 - healthy


def reach(angle):
    """How far a ball flies that is thrown at 20 m/s at an angle in degrees, from 1.8 m up."""
    up = 20 * np.sin(np.radians(angle))
    along = 20 * np.cos(np.radians(angle))
    return along * (up + np.sqrt(up**2 + 2 * 9.81 * 1.8)) / 9.81


def swing(length, gravity=9.81):
    """The period of a pendulum in seconds, written with `math`."""
    return 2 * math.pi * math.sqrt(length / gravity)


def valley(x, y):
    """Rosenbrock's banana-shaped valley, the classic test of descent."""
    return (1 - x) ** 2 + 100 * (y - x**2) ** 2
