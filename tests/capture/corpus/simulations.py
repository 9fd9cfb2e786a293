"""Simulations with classes: state that changes over time."""

import math
import random
from dataclasses import dataclass

import numpy as np


class Particle:
    def __init__(self, position, velocity, mass=1.0):
        self.position = np.array(position, dtype=float)
        self.velocity = np.array(velocity, dtype=float)
        self.mass = mass

    def step(self, force, dt):
        self.velocity = self.velocity + force / self.mass * dt
        self.position = self.position + self.velocity * dt


def particle_thrown(mass):
    p = Particle([0.0, 1.0], [3.0, 4.0], mass)
    for _ in range(20):
        p.step(np.array([0.0, -9.81]) * p.mass - 0.1 * p.velocity, 0.02)
    return p.position[0] + p.position[1]


class InPlaceParticle(Particle):
    def step(self, force, dt):
        self.velocity += force / self.mass * dt
        self.position += self.velocity * dt


def particle_in_place(speed):
    p = InPlaceParticle([0.0, 1.0], [speed, 4.0])
    for _ in range(20):
        p.step(np.array([0.0, -9.81]) - 0.1 * p.velocity, 0.02)
    return p.position[0] * p.position[1]


class Tank:
    def __init__(self, level, outflow):
        self.level = level
        self.outflow = outflow
        self.history = []

    def advance(self, inflow, dt):
        rate = inflow - self.outflow * math.sqrt(max(self.level, 0.0))
        self.level += rate * dt
        self.history.append(self.level)


class Cascade:
    def __init__(self, tanks):
        self.tanks = tanks

    def run(self, inflow, steps):
        for _ in range(steps):
            flow = inflow
            for tank in self.tanks:
                tank.advance(flow, 0.1)
                flow = tank.outflow * math.sqrt(tank.level)
        return self.tanks[-1].level


def cascade(outflow):
    return Cascade([Tank(1.0, outflow), Tank(0.5, 0.4)]).run(0.6, 30)


def history_average(outflow):
    t = Tank(2.0, outflow)
    for _ in range(25):
        t.advance(0.3, 0.1)
    return sum(t.history) / len(t.history)


class Thermostat:
    def __init__(self, target):
        self.target, self.on = target, False

    def __call__(self, temperature):
        if temperature < self.target - 0.5:
            self.on = True
        elif temperature > self.target + 0.5:
            self.on = False
        return 1.0 if self.on else 0.0


def heated_room(power):
    control, temperature = Thermostat(20.0), 15.0
    for _ in range(60):
        temperature += 0.1 * (power * control(temperature) - 0.1 * (temperature - 5.0))
    return temperature


class PID:
    def __init__(self, kp, ki, kd):
        self.kp, self.ki, self.kd = kp, ki, kd
        self.integral = 0.0
        self.previous = None

    def update(self, error, dt):
        self.integral += error * dt
        slope = 0.0 if self.previous is None else (error - self.previous) / dt
        self.previous = error
        return self.kp * error + self.ki * self.integral + self.kd * slope


def pid_cost(gains):
    pid, x, v, cost = PID(*gains), 0.0, 0.0, 0.0
    for _ in range(80):
        e = 1.0 - x
        u = pid.update(e, 0.05)
        v += 0.05 * (u - 0.5 * v)
        x += 0.05 * v
        cost += e * e * 0.05
    return cost


@dataclass
class State:
    s: float
    i: float
    r: float = 0.0

    def __add__(self, other):
        return State(self.s + other.s, self.i + other.i, self.r + other.r)

    def scaled(self, k):
        return State(k * self.s, k * self.i, k * self.r)


def sir_with_states(beta):
    def flow(y):
        return State(-beta * y.s * y.i, beta * y.s * y.i - 0.1 * y.i, 0.1 * y.i)

    y = State(0.9, 0.1)
    for _ in range(20):
        k1 = flow(y)
        k2 = flow(y + k1.scaled(0.5))
        y = y + k2
    return y.r


class Account:
    interest = 0.02

    def __init__(self, balance):
        self._balance = balance

    def deposit(self, amount):
        self._balance += amount
        return self

    @property
    def balance(self):
        return self._balance

    def grow(self, years):
        for _ in range(years):
            self._balance *= 1 + self.interest
        return self


def savings(monthly):
    account = Account(100.0)
    for _ in range(12):
        account.deposit(monthly).grow(1)
    return account.balance


class Tree:
    def __init__(self, value, children=()):
        self.value, self.children = value, children

    def total(self, depth=0):
        return self.value / (depth + 1) + sum(c.total(depth + 1) for c in self.children)


def tree_total(x):
    leaf = Tree(x**2)
    return Tree(x, [leaf, Tree(math.sin(x), [leaf, Tree(2.0)])]).total()


class Event:
    def __init__(self, time, kind):
        self.time, self.kind = time, kind

    def __lt__(self, other):
        return self.time < other.time


def event_queue(service):
    import heapq

    queue = [Event(0.3 * k, "arrive") for k in range(5)]
    heapq.heapify(queue)
    free, waited = 0.0, 0.0
    while queue:
        e = heapq.heappop(queue)
        if e.kind == "arrive":
            start = max(free, e.time)
            waited += start - e.time
            free = start + service
            heapq.heappush(queue, Event(free, "leave"))
    return waited


def random_walk(sigma):
    rng = random.Random(4)
    s, total = 1.0, 0.0
    for _ in range(30):
        s *= math.exp(sigma * rng.gauss(0, 1) - sigma**2 / 2)
        total += max(s - 1, 0)
    return total


class Market:
    def __init__(self, seed):
        self.rng = np.random.RandomState(seed)

    def paths(self, sigma, n=50, steps=10):
        z = self.rng.randn(n, steps)
        return 100 * np.exp(np.cumsum(sigma * z * 0.1 - sigma**2 * 0.005, axis=1))


def asian_option(sigma):
    p = Market(5).paths(sigma)
    return np.maximum(p.mean(axis=1) - 100, 0).mean()


def cellular_flow(p):
    grid = [[0.0] * 4 for _ in range(4)]
    grid[1][1] = p
    for _ in range(4):
        new = [row[:] for row in grid]
        for i in range(1, 3):
            for j in range(1, 3):
                new[i][j] = 0.5 * grid[i][j] + 0.125 * sum(
                    grid[i + a][j + b] for a, b in ((0, 1), (1, 0), (0, -1), (-1, 0))
                )
        grid = new
    return grid[2][2] * grid[1][1]


class Chain:
    def __init__(self, n, stiffness):
        self.x = np.linspace(0, 1, n)
        self.v = np.zeros(n)
        self.k = stiffness

    def force(self):
        f = np.zeros_like(self.x)
        stretch = np.diff(self.x) - 0.15
        f[:-1] += self.k * stretch
        f[1:] -= self.k * stretch
        return f

    def energy(self):
        return 0.5 * (self.v @ self.v) + 0.5 * self.k * np.sum((np.diff(self.x) - 0.15) ** 2)


def chain_motion(k):
    c = Chain(6, k)
    for _ in range(12):
        c.v += 0.05 * c.force()
        c.x += 0.05 * c.v
    return c.x[0] + c.energy()


CASES = [
    (particle_thrown, 1.4),
    (particle_in_place, 3.0),
    (cascade, 0.5),
    (history_average, 0.5),
    (heated_room, 3.0),
    (pid_cost, [2.0, 0.5, 0.3]),
    (sir_with_states, 0.5),
    (savings, 10.0),
    (tree_total, 0.8),
    (event_queue, 0.5),
    (random_walk, 0.2),
    (asian_option, 0.3),
    (cellular_flow, 1.5),
    (chain_motion, 4.0),
]
