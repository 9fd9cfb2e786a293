"""The standard library of numbers: math by its plain names, cmath, statistics, fractions of it all."""

import cmath
import statistics
from math import *
from math import exp as e_to
from statistics import fmean


def all_plain_names(x):
    return sin(x) + cos(2 * x) * tan(x / 3) + sqrt(x) - log(x) + exp(-x)


def renamed(x):
    return e_to(-x * x) * x


def inverse_functions(x):
    return asin(x) + acos(x / 2) * atan(3 * x) + atan2(x, 2.0)


def hyperbolic(x):
    return sinh(x) + cosh(x) * tanh(x) + asinh(x) + acosh(x + 2) + atanh(x / 3)


def logarithms(x):
    return log10(x) + log2(x) + log1p(x) + log(x, 3) + expm1(x)


def gamma_family(x):
    return gamma(x) + lgamma(x + 2) + erf(x) - erfc(x / 2)


def distances(x, y):
    return hypot(x, y, 1.0) + dist((x, y), (1.0, -2.0))


def sums(x):
    return fsum([x, x**2, 1e-9 * x]) + prod([x, 2.0, x + 1]) + sum([x] * 3)


def angles(x):
    return degrees(x) / 100 + radians(x) + copysign(x, -1.0)


def powers(x):
    return pow(x, 2.5) + 2**x + x**x + pow(x, 3) + x**-2


def fractional_part(x):
    return x - floor(x) + (x - trunc(x)) ** 2 + ceil(x) * x + fmod(x, 0.7) + modf(x)[0]


def absolute(x):
    return abs(x - 2) + fabs(x + 1) + sqrt(abs(sin(x)))


def checks(x):
    if isnan(x) or isinf(x) or not isfinite(x):
        return 0.0
    return x**2 if isclose(x, 5.0) else x**3


def mantissa(x):
    m, k = frexp(x)
    return m * 2.0**k + ldexp(x, 2) + x


def combinatorics(x):
    return sum(comb(5, k) * x**k for k in range(6)) + factorial(4) * x + gcd(12, 18)


def cube_root(x):
    return cbrt(x) + exp2(x)


def plane_wave(x):
    return abs(cmath.exp(1j * x) + 0.5) ** 2


def complex_square_root(x):
    z = cmath.sqrt(complex(-x, 1.0))
    return z.real * z.imag


def complex_phase(x):
    r, phi = cmath.polar(complex(x, 2 * x**2))
    return r * phi


def transfer_function(w):
    s = 1j * w
    h = 1 / (s**2 + 0.4 * s + 1)
    return 20 * log10(abs(h))


def quadratic_roots(b):
    d = cmath.sqrt(b * b - 4)
    z = (-b + d) / 2
    return (z * z.conjugate()).real + z.real


def sample_statistics(x):
    data = [x, 2.0, x**2, 0.5]
    return statistics.mean(data) + statistics.stdev(data) + statistics.pvariance(data)


def sample_middle(x):
    return statistics.median([x, 3.0, 1.0, x**2]) + fmean([x, 1.0])


def normal_distribution(x):
    n = statistics.NormalDist(0.5, 2.0)
    return n.cdf(x) + n.pdf(x)


def correlation(x):
    return statistics.correlation([1.0, 2.0, x, 4.0], [2.0, x, 3.0, 5.5])


def means(x):
    return statistics.geometric_mean([x, 2.0, 3.0]) + statistics.harmonic_mean([x, 1.0, 4.0])


CASES = [
    (all_plain_names, 1.2),
    (renamed, 0.6),
    (inverse_functions, 0.4),
    (hyperbolic, 0.5),
    (logarithms, 1.7),
    (gamma_family, 2.3),
    (distances, 0.4, 1.1),
    (sums, 0.8),
    (angles, 0.9),
    (powers, 1.3),
    (fractional_part, 2.6),
    (absolute, 1.1),
    (checks, 1.4),
    (mantissa, 3.3),
    (combinatorics, 0.4),
    (cube_root, 1.9),
    (plane_wave, 0.8),
    (complex_square_root, 0.9),
    (complex_phase, 0.7),
    (transfer_function, 1.3),
    (quadratic_roots, 1.0),
    (sample_statistics, 1.3),
    (sample_middle, 1.6),
    (normal_distribution, 0.9),
    (correlation, 2.6),
    (means, 1.9),
]
