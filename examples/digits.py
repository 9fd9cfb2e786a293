"""A network that reads handwritten digits (scikit-learn's), in plain NumPy: python digits.py [seed]."""

import sys

import numpy as np
from sklearn.datasets import load_digits

from dfdx import train


def network(p, images):
    return np.tanh(images @ p["W"] + p["b"]) @ p["V"]


def loss(p, images, labels):
    scores = network(p, images)
    scores -= scores.max(axis=1, keepdims=True)
    return np.mean(np.log(np.exp(scores).sum(axis=1)) - scores[np.arange(len(labels)), labels])


images, labels = load_digits(return_X_y=True)
learn, test = np.split(np.random.default_rng(0).permutation(len(labels)), [1500])
random = np.random.default_rng(int(sys.argv[1]) if len(sys.argv) > 1 else 0)
start = {
    "W": random.normal(0, 0.01, (64, 64)),
    "b": np.zeros(64),
    "V": random.normal(0, 0.1, (64, 10)),
}
found = train(
    loss, start, (images[learn], labels[learn]), batch=64, epochs=25, rate=0.005, schedule="cosine"
)
print(found)
print("correct:", np.mean(network(found.x, images[test]).argmax(axis=1) == labels[test]))
