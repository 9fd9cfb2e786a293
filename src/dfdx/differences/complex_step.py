"""Samples at complex numbers: one of them is a derivative to all digits.

f(x + ih) has the imaginary part h f′(x), and nothing is subtracted. Alone it is silently wrong for
abs, for the real part, for a conjugate: so real samples must confirm it. The same slope at four
neighbours tells its rounding. For higher orders, samples on a circle around x: the
coefficients of their Fourier series are those of the Taylor series, which real samples confirm.

Sources: Squire, Trapp, "Using complex variables to estimate derivatives of real functions", SIAM Review
40 (1998); Lyness, Moler, "Numerical differentiation of analytic functions", SIAM J. Numer. Anal.
4 (1967).
"""

from math import cos, factorial, fsum, hypot, pi, sin, sqrt, ulp

_TINY = 2.0**-140
_NEAR = 2.0**-32  # of the reach: the slope is straight over it
_STUDENT = 8.0  # for three degrees of freedom, and the mean of five
_ROUNDINGS = 12 * 2.0**-53  # that all five neighbours may share
_POINTS = 16  # on the upper half of the circle; the lower one is its mirror


def slope(samples, x, here):
    """`(slope, gap)`: the imaginary part of f(x + ih) over h, and how far the real part is from f(x).

    None where f is not at home in complex numbers.
    """
    h = _TINY * (abs(x) or 1.0)
    if h < 1e-290:
        return None
    z = samples.complex_first(complex(x, h))
    if z is None or abs(z.real - here) > 1e-12 * abs(here):
        return None
    return z.imag / h, abs(z.real - here)


def confirmed(samples, x, here, first, probe):
    """`(value, error)` of the complex step where the real samples of the probe agree; else None."""
    first, gap = first
    real, error = probe.slope()
    if (
        not abs(real - first) <= error
        or not error <= 1e-2 * abs(first) + 64 * probe.noise / probe.h
    ):
        return None
    h = _TINY * (abs(x) or 1.0)
    d = (x + max(_NEAR * probe.reach, 16 * ulp(x))) - x
    points = [complex(x + k * d, h) for k in (-2, -1, 1, 2)]
    seen = samples.complex_at(points)
    if None in seen:
        return None
    off = [z.imag / h - first for z in seen]
    mean = fsum(off) / 5
    tilt = (2 * (off[3] - off[0]) + (off[2] - off[1])) / 10
    steps = (-2, -1, 1, 2)
    rest = [v - mean - k * tilt for v, k in zip(off, steps, strict=True)]
    spread = hypot(*rest, mean) / sqrt(3)
    unlike = 40 * max(gap - 2.0**-52 * abs(here), 0.0) + 2 * gap  # complex functions of their own
    error = _STUDENT / sqrt(5) * spread + _ROUNDINGS * abs(first) + unlike / probe.reach
    return first + mean, error


def circle(samples, x, here, order, probe, tries=3):
    """`(value, error, radius)` by samples on a circle; None where real samples deny it."""
    n = _POINTS
    r = 2.2 * probe.reach
    for _ in range(tries):
        if n < order + 3:
            return None
        angles = [(k + 0.5) * pi / n for k in range(n)]
        values = samples.complex_at([complex(x + r * cos(t), r * sin(t)) for t in angles])
        if None in values:
            return None
        a = [
            fsum(
                z.real * cos(k * t) + z.imag * sin(k * t)
                for z, t in zip(values, angles, strict=True)
            )
            / n
            for k in range(2 * n - 4)
        ]
        size = max(abs(z) for z in values)
        tail = hypot(*a[-6:]) / sqrt(6)
        if tail <= 64 * 2.0**-53 * size:
            break
        if tail > 0.05 * size:
            r *= 0.1
            continue
        if order > 2:  # more points on a larger circle keep more digits
            tail, n = tail * tail / size, 2 * _POINTS
        if tail > 64 * 2.0**-53 * size:  # it falls as the power 2n of the radius
            r *= min(0.9, max((2.0**-53 * size / tail) ** (1 / (1.5 * n)), 0.1))
    else:
        return None
    noise = max(tail, 2.0**-55 * size / sqrt(n))
    for p, y in ((x - 2 * probe.h, None), (x + 2 * probe.h, None), (x, here)):
        if y is None:
            (y,) = samples.at((p,))
        u, value = (p - x) / r, 0.0
        if abs(u) > 0.7:
            continue
        for v in reversed(a):
            value = value * u + v
        if not abs(value - y) <= 30 * sqrt(n) * noise + 2.0**-50 * abs(y):
            return None
    value = factorial(order) * a[order]
    error = factorial(order) * (6 * noise + 2.0**-52 * abs(a[order]))
    for _ in range(order):
        value, error = value / r, error / r
    return value, error, r
