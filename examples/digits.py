"""A network that reads handwritten digits (scikit-learn's 8 × 8 images), in plain NumPy."""

import numpy as np
from sklearn.datasets import load_digits

from dfdx import train


def network(p, images):
    return np.tanh(images @ p["W"] + p["b"]) @ p["V"] + p["c"]


def loss(p, images, labels):
    scores = network(p, images)
    scores = scores - scores.max(axis=1, keepdims=True)
    return np.mean(np.log(np.exp(scores).sum(axis=1)) - scores[np.arange(len(labels)), labels])


images, labels = load_digits(return_X_y=True)
images, order = images / 16, np.random.default_rng(0).permutation(len(labels))
learn, test = order[:1500], order[1500:]
random = np.random.default_rng(0)
start = {
    "W": random.normal(0, 0.2, (64, 64)),
    "b": np.zeros(64),
    "V": random.normal(0, 0.2, (64, 10)),
    "c": np.zeros(10),
}
found = train(
    loss, start, (images[learn], labels[learn]), batch=64, epochs=30, rate=0.005, schedule="cosine"
)
print(found)
print("correct:", np.mean(network(found.x, images[test]).argmax(axis=1) == labels[test]))
