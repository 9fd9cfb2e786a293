"""Models of finance, physics, chemistry and ecology."""

import math
from math import exp, log, sqrt

import numpy as np
from scipy.stats import norm


def black_scholes(s, sigma):
    k, r, t = 100.0, 0.03, 0.5
    d1 = (log(s / k) + (r + sigma**2 / 2) * t) / (sigma * sqrt(t))
    d2 = d1 - sigma * sqrt(t)
    cdf = lambda x: 0.5 * (1 + math.erf(x / sqrt(2)))
    return s * cdf(d1) - k * exp(-r * t) * cdf(d2)


def black_scholes_scipy(s):
    d1 = (np.log(s / 100) + 0.03) / 0.2
    return s * norm.cdf(d1) - 100 * np.exp(-0.01) * norm.cdf(d1 - 0.2)


def binomial_tree(sigma):
    n, dt = 20, 0.05
    u = exp(sigma * sqrt(dt))
    p = (exp(0.02 * dt) - 1 / u) / (u - 1 / u)
    values = [max(100 * u ** (2 * j - n) - 97, 0) for j in range(n + 1)]
    for step in range(n, 0, -1):
        values = [
            max(
                exp(-0.02 * dt) * (p * values[j + 1] + (1 - p) * values[j]),
                100 * u ** (2 * j - step + 1) - 97,
            )
            for j in range(step)
        ]
    return values[0]


def bond_duration(y):
    flows = [5, 5, 5, 105]
    price = sum(c / (1 + y) ** (t + 1) for t, c in enumerate(flows))
    return sum((t + 1) * c / (1 + y) ** (t + 1) for t, c in enumerate(flows)) / price


def internal_rate(cost):
    flows = [-cost, 30.0, 40.0, 60.0]
    r = 0.1
    for _ in range(50):
        value = sum(c / (1 + r) ** t for t, c in enumerate(flows))
        slope = sum(-t * c / (1 + r) ** (t + 1) for t, c in enumerate(flows))
        step = value / slope
        r -= step
        if abs(step) < 1e-14:
            break
    return r


def implied_volatility(price):
    sigma = 0.3
    for _ in range(30):
        d1 = sigma / 2
        model = 100 * math.erf(d1 / sqrt(2))
        vega = 100 * exp(-d1 * d1 / 2) / sqrt(2 * math.pi)
        sigma = sigma - (model - price) / vega
    return sigma


def portfolio_risk(w):
    c = np.array([[0.04, 0.01, 0.0], [0.01, 0.09, 0.02], [0.0, 0.02, 0.16]])
    return np.sqrt(w @ c @ w) / (w @ np.array([0.05, 0.08, 0.12]))


def mortgage(rate):
    monthly = rate / 12
    return 200000 * monthly / (1 - (1 + monthly) ** -360)


def planck(temperature):
    h, c, k = 6.62607015e-34, 299792458.0, 1.380649e-23
    wavelength = 5e-7
    return (
        2 * h * c**2 / wavelength**5 / (math.exp(h * c / (wavelength * k * temperature)) - 1) / 1e13
    )


def lennard_jones(x):
    p = x.reshape(3, 2)
    e = 0.0
    for i in range(3):
        for j in range(i):
            r2 = ((p[i] - p[j]) ** 2).sum()
            e += 4 * (r2**-6 - r2**-3)
    return e


def projectile_range(angle):
    v, g, drag, dt = 20.0, 9.81, 0.02, 0.01
    x, y, vx, vy = 0.0, 0.0, v * math.cos(angle), v * math.sin(angle)
    for _ in range(150):
        speed = math.hypot(vx, vy)
        vx -= drag * speed * vx * dt
        vy -= (g + drag * speed * vy) * dt
        x += vx * dt
        y += vy * dt
    return x + y


def verlet_orbit(v0):
    x, y, vx, vy, dt = 1.0, 0.0, 0.0, v0, 0.02
    for _ in range(60):
        r3 = (x * x + y * y) ** 1.5
        vx, vy = vx - dt * x / r3, vy - dt * y / r3
        x, y = x + dt * vx, y + dt * vy
    return math.sqrt(x * x + y * y)


def kepler(e):
    m = 1.2
    big_e = m
    for _ in range(20):
        big_e = big_e - (big_e - e * math.sin(big_e) - m) / (1 - e * math.cos(big_e))
    return 2 * math.atan2(
        math.sqrt(1 + e) * math.sin(big_e / 2), math.sqrt(1 - e) * math.cos(big_e / 2)
    )


def lens(n):
    r1, r2, d = 0.1, -0.15, 0.01
    return 1 / ((n - 1) * (1 / r1 - 1 / r2 + (n - 1) * d / (n * r1 * r2)))


def van_der_waals(v):
    a, b, r, t = 1.36, 0.0318, 0.08206, 300.0
    return r * t / (v - b) - a / v**2


def colebrook(re):
    f = 0.02
    for _ in range(40):
        f = (-2 * math.log10(1e-4 / 3.7 + 2.51 / (re * math.sqrt(f)))) ** -2
    return f * 100


def arrhenius(p):
    return p["A"] * math.exp(-p["Ea"] / (8.314 * p["T"]))


def titration(volume):
    ka, c = 1.8e-5, 0.1
    lo, hi = 0.0, 14.0

    def balance(ph):
        h = 10.0**-ph
        return h + c * volume / (50 + volume) - 1e-14 / h - c * 50 / (50 + volume) * ka / (ka + h)

    for _ in range(200):
        mid = 0.5 * (lo + hi)
        if balance(mid) > 0:
            lo = mid
        else:
            hi = mid
    return 0.5 * (lo + hi)


def logistic_growth(r):
    n, history = 10.0, []
    for _ in range(25):
        n = n + r * n * (1 - n / 100)
        history.append(n)
    return sum(history) / len(history)


def lotka_volterra(a):
    prey, hunters = 10.0, 5.0
    for _ in range(100):
        prey, hunters = (
            prey + 0.01 * (a * prey - 0.1 * prey * hunters),
            hunters + 0.01 * (0.05 * prey * hunters - 0.4 * hunters),
        )
    return prey * hunters


def epidemic(beta):
    s, i, r = 0.99, 0.01, 0.0
    peak = 0.0
    for _ in range(60):
        new, healed = beta * s * i, 0.2 * i
        s, i, r = s - new, i + new - healed, r + healed
        peak = max(peak, i)
    return peak + r


def leslie_matrix(f):
    m = np.array([[0.0, f, 1.2], [0.5, 0.0, 0.0], [0.0, 0.7, 0.0]])
    return np.max(np.abs(np.linalg.eigvals(m)))


def michaelis_menten(km):
    s = np.array([0.1, 0.5, 1.0, 2.0])
    v = np.array([0.2, 0.55, 0.7, 0.85])
    return np.sum((v - s / (km + s)) ** 2)


def nernst_and_goldman(k):
    return 26.7 * math.log((k + 0.04 * 145 + 0.45 * 10) / (140 + 0.04 * 15 + 0.45 * 120))


def hodgkin_huxley(current):
    v, n, m, h, dt = -65.0, 0.317, 0.053, 0.596, 0.01
    for _ in range(100):
        an, bn = 0.01 * (v + 55) / (1 - math.exp(-(v + 55) / 10)), 0.125 * math.exp(-(v + 65) / 80)
        am, bm = 0.1 * (v + 40) / (1 - math.exp(-(v + 40) / 10)), 4 * math.exp(-(v + 65) / 18)
        ah, bh = 0.07 * math.exp(-(v + 65) / 20), 1 / (1 + math.exp(-(v + 35) / 10))
        ion = 36 * n**4 * (v + 77) + 120 * m**3 * h * (v - 50) + 0.3 * (v + 54.4)
        v += dt * (current - ion)
        n += dt * (an * (1 - n) - bn * n)
        m += dt * (am * (1 - m) - bm * m)
        h += dt * (ah * (1 - h) - bh * h)
    return v


def haversine(lat):
    a = math.sin((math.radians(lat) - 0.7) / 2) ** 2
    a += math.cos(math.radians(lat)) * math.cos(0.7) * math.sin(0.3) ** 2
    return 2 * 6371 * math.asin(math.sqrt(a))


def ising_energy(t):
    total = 0.0
    for bits in range(16):
        spins = [1 if bits >> k & 1 else -1 for k in range(4)]
        e = -sum(spins[k] * spins[(k + 1) % 4] for k in range(4))
        total += math.exp(-e / t)
    return -t * math.log(total)


def quantum_well(v):
    n, h = 12, 0.2
    d = np.diag(np.full(n, 2.0)) - np.diag(np.ones(n - 1), 1) - np.diag(np.ones(n - 1), -1)
    return np.linalg.eigvalsh(d / h**2 / 2 + np.diag(v * np.linspace(-1, 1, n) ** 2))[0]


def beam_deflection(p):
    e_module, width, height = p
    inertia = width * height**3 / 12
    return 1000 * 2**3 / (48 * e_module * 1e9 * inertia)


def circuit(r):
    z1 = complex(r, 2 * math.pi * 50 * 0.1)
    z2 = 1 / complex(0, 2 * math.pi * 50 * 1e-4)
    return abs(z1 * z2 / (z1 + z2))


CASES = [
    (black_scholes, 105.0, 0.2),
    (black_scholes_scipy, 105.0),
    (binomial_tree, 0.3),
    (bond_duration, 0.04),
    (internal_rate, 100.0),
    (implied_volatility, 15.0),
    (portfolio_risk, np.array([0.3, 0.5, 0.2])),
    (mortgage, 0.045),
    (planck, 5800.0),
    (lennard_jones, np.array([0.0, 0.0, 1.1, 0.1, 0.4, 1.0])),
    (projectile_range, 0.7),
    (verlet_orbit, 1.1),
    (kepler, 0.3),
    (lens, 1.5),
    (van_der_waals, 0.5),
    (colebrook, 1e5),
    (arrhenius, {"A": 1e3, "Ea": 2e4, "T": 350.0}),
    (titration, 20.0),
    (logistic_growth, 0.3),
    (lotka_volterra, 1.1),
    (epidemic, 0.6),
    (leslie_matrix, 1.5),
    (michaelis_menten, 0.4),
    (nernst_and_goldman, 5.0),
    (hodgkin_huxley, 10.0),
    (haversine, 48.0),
    (ising_energy, 1.7),
    (quantum_well, 3.0),
    (beam_deflection, [210.0, 0.05, 0.1]),
    (circuit, 10.0),
]
