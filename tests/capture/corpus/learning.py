"""Losses and dynamic programs written by hand."""

import math

import numpy as np

RNG = np.random.default_rng(0)
X = RNG.normal(size=(6, 3))
Y = np.array([1, 0, 1, 1, 0, 0])


def sigmoid(z):
    return 1 / (1 + np.exp(-z))


def logistic_regression(w):
    p = sigmoid(X @ w)
    return -np.mean(Y * np.log(p) + (1 - Y) * np.log(1 - p)) + 0.1 * np.sum(w**2)


def hinge_loss(w):
    return np.mean(np.maximum(0, 1 - (2 * Y - 1) * (X @ w)))


def softmax_cross_entropy(w):
    z = X @ w.reshape(3, 2)
    z = z - z.max(axis=1, keepdims=True)
    log_p = z - np.log(np.exp(z).sum(axis=1, keepdims=True))
    return -log_p[np.arange(6), Y].mean()


def two_layers(p):
    h = np.tanh(X @ p["w1"] + p["b1"])
    out = sigmoid(h @ p["w2"])
    return ((out - Y) ** 2).mean()


class Network:
    def __init__(self, sizes, w):
        self.layers, start = [], 0
        for a, b in zip(sizes[:-1], sizes[1:]):
            self.layers.append(w[start : start + a * b].reshape(a, b))
            start += a * b

    def forward(self, x):
        for layer in self.layers[:-1]:
            x = np.maximum(x @ layer, 0.01 * (x @ layer))
        return x @ self.layers[-1]


def network_class(w):
    return np.mean((Network([3, 2, 1], w).forward(X)[:, 0] - Y) ** 2)


def convolution_layer(k):
    image = np.arange(16.0).reshape(4, 4) / 16
    k = k.reshape(2, 2)
    out = np.zeros((3, 3))
    for i in range(3):
        for j in range(3):
            out[i, j] = np.sum(image[i : i + 2, j : j + 2] * k)
    return np.maximum(out, 0).sum() + out.max()


def attention(q):
    q = q.reshape(2, 3)
    scores = q @ X.T / math.sqrt(3)
    w = np.exp(scores - scores.max(axis=-1, keepdims=True))
    w = w / w.sum(axis=-1, keepdims=True)
    return ((w @ X) ** 2).sum()


def layer_norm(x):
    z = (x - x.mean()) / np.sqrt(x.var() + 1e-5)
    return z @ np.arange(len(x)) + 0.5 * z[0] ** 3


def gelu(x):
    return np.sum(0.5 * x * (1 + np.tanh(np.sqrt(2 / np.pi) * (x + 0.044715 * x**3))))


def recurrent(w):
    h = np.zeros(2)
    for x in [0.5, -0.3, 0.8]:
        h = np.tanh(w[:2] * x + w[2:].reshape(2, 2) @ h)
    return h.sum()


def lstm_cell(w):
    h = c = 0.0
    s = lambda v: 1 / (1 + math.exp(-v))
    for x in (0.3, 0.9, -0.4):
        f, i, o = s(w[0] * x + h), s(w[1] * x - h), s(w[2] * x)
        c = f * c + i * math.tanh(w[3] * x + h)
        h = o * math.tanh(c)
    return h


def contrastive(x):
    e = x.reshape(3, 2)
    e = e / np.linalg.norm(e, axis=1, keepdims=True)
    s = e @ e.T / 0.5
    return -np.mean([s[i, i - 1] - np.log(np.exp(s[i]).sum()) for i in range(3)])


def soft_dtw(gamma):
    a, b = [0.0, 1.0, 2.0, 1.0], [0.5, 1.5, 1.0]
    r = [[math.inf] * 4 for _ in range(5)]
    r[0][0] = 0.0
    for i in range(1, 5):
        for j in range(1, 4):
            costs = [r[i - 1][j], r[i][j - 1], r[i - 1][j - 1]]
            low = min(costs)
            soft = low - gamma * math.log(sum(math.exp((low - c) / gamma) for c in costs))
            r[i][j] = (a[i - 1] - b[j - 1]) ** 2 + soft
    return r[4][3]


def soft_dtw_array(x):
    y = np.array([0.5, 1.5, 1.0])
    d = (x[:, None] - y[None, :]) ** 2
    r = np.full((len(x) + 1, 4), 1e10)
    r[0, 0] = 0
    for i in range(1, len(x) + 1):
        for j in range(1, 4):
            z = np.array([r[i - 1, j], r[i, j - 1], r[i - 1, j - 1]])
            r[i, j] = d[i - 1, j - 1] - 0.3 * np.log(np.exp(-(z - z.min()) / 0.3).sum()) + z.min()
    return r[-1, -1]


def hidden_markov(p):
    a = np.array([[p, 1 - p], [0.3, 0.7]])
    b = np.array([[0.9, 0.1], [0.2, 0.8]])
    alpha = np.array([0.5, 0.5])
    ll = 0.0
    for o in [0, 1, 1, 0, 1]:
        alpha = (alpha @ a) * b[:, o]
        ll += np.log(alpha.sum())
        alpha /= alpha.sum()
    return ll


def viterbi(p):
    best = [math.log(0.5), math.log(0.5)]
    trans = [[p, 1 - p], [0.3, 0.7]]
    for o in [0, 1, 1]:
        emit = [0.9, 0.2] if o == 0 else [0.1, 0.8]
        best = [
            max(best[i] + math.log(trans[i][j]) for i in (0, 1)) + math.log(emit[j]) for j in (0, 1)
        ]
    return max(best)


def edit_distance(cost):
    a, b = "kitten", "sitting"
    d = {}
    for i in range(len(a) + 1):
        for j in range(len(b) + 1):
            if i == 0 or j == 0:
                d[i, j] = cost * (i + j)
            else:
                swap = 0 if a[i - 1] == b[j - 1] else cost**2
                d[i, j] = min(d[i - 1, j] + cost, d[i, j - 1] + cost, d[i - 1, j - 1] + swap)
    return d[len(a), len(b)]


def decision_by_softness(x):
    table = {"left": x**2, "right": math.sin(x)}
    weights = {k: math.exp(v) for k, v in table.items()}
    total = sum(weights.values())
    return sum(weights[k] / total * v for k, v in table.items())


def momentum_training(rate):
    w, v = np.zeros(3), np.zeros(3)
    for _ in range(10):
        g = X.T @ (sigmoid(X @ w) - Y) / len(Y)
        v = 0.9 * v - rate * g
        w += v
    return -np.mean(np.log(sigmoid((2 * Y - 1) * (X @ w))))


def adam_training(rate):
    w, m, s = 1.5, 0.0, 0.0
    for t in range(1, 12):
        g = 2 * (w - 0.3)
        m, s = 0.9 * m + 0.1 * g, 0.99 * s + 0.01 * g * g
        w -= rate * (m / (1 - 0.9**t)) / (math.sqrt(s / (1 - 0.99**t)) + 1e-8)
    return (w - 0.3) ** 2


def mixture_em_step(mu):
    data = np.array([0.1, 0.4, 2.2, 2.5])
    a, b = np.exp(-0.5 * (data - mu) ** 2), np.exp(-0.5 * (data - 2.0) ** 2)
    r = a / (a + b)
    return (r * data).sum() / r.sum()


def elbo(p):
    mu, log_sigma = p
    eps = np.random.default_rng(1).standard_normal(8)
    z = mu + np.exp(log_sigma) * eps
    return np.mean(-0.5 * (z - 1) ** 2 - 0.25 * z**4) + log_sigma


def quantile_loss(q):
    r = np.array([0.3, -0.2, 1.1, 0.4]) - q
    return np.mean(np.where(r > 0, 0.8 * r, -0.2 * r))


def kl_divergence(mu, s):
    return math.log(2.0 / s) + (s**2 + (mu - 1) ** 2) / 8 - 0.5


def triplet(x):
    a, p, n = x[:2], x[2:4], x[4:]
    d = lambda u, v: np.sqrt(np.sum((u - v) ** 2) + 1e-12)
    return max(d(a, p) - d(a, n) + 0.9, 0.0)


W = np.array([0.4, -0.3, 0.8])
LAYERS = {"w1": X[:3, :2].copy(), "b1": np.array([0.1, -0.2]), "w2": np.array([0.5, 1.2])}
CASES = [
    (logistic_regression, W),
    (hinge_loss, W),
    (softmax_cross_entropy, np.linspace(-1, 1, 6)),
    (two_layers, LAYERS),
    (network_class, np.linspace(-1, 1, 8)),
    (convolution_layer, np.array([0.3, -0.2, 0.5, 0.7])),
    (attention, np.linspace(-1, 1, 6)),
    (layer_norm, W),
    (gelu, W),
    (recurrent, np.linspace(-0.9, 1, 6)),
    (lstm_cell, [0.4, -0.3, 0.8, 1.1]),
    (contrastive, np.linspace(-1, 1.2, 6)),
    (soft_dtw, 0.5),
    (soft_dtw_array, np.array([0.0, 1.1, 2.0, 0.9])),
    (hidden_markov, 0.7),
    (viterbi, 0.7),
    (edit_distance, 1.3),
    (decision_by_softness, 0.8),
    (momentum_training, 0.5),
    (adam_training, 0.1),
    (mixture_em_step, 0.3),
    (elbo, np.array([0.3, -0.5])),
    (quantile_loss, 0.15),
    (kl_divergence, 0.4, 0.8),
    (triplet, np.linspace(-1, 1.2, 6) ** 2),
]
