"""The picture of docs/descent.md: Rosenbrock's valley; drawn by `python -m benchmarks.descents`."""

from io import BytesIO
from pathlib import Path

import matplotlib

matplotlib.use("Agg")
import numpy as np
from matplotlib import pyplot
from PIL import Image

from dfdx import descend

PICTURE = Path(__file__).resolve().parents[1] / "docs" / "descent.png"
START = np.array([-1.2, 1.0])
WAYS = [
    ("gradient, rate 0.001", {"method": "gradient", "rate": 0.001, "steps": 400}),
    ("gradient", {"method": "gradient"}),
    ("momentum", {"method": "momentum", "rate": 0.0005, "steps": 400}),
    ("Adam", {"method": "adam", "rate": 0.05, "steps": 400}),
    ("conjugate gradients", {"method": "conjugate"}),
    ("L-BFGS", {"method": "l-bfgs"}),
    ("Newton", {"method": "newton"}),
]


def valley(p):
    return (1 - p[0]) ** 2 + 100 * (p[1] - p[0] ** 2) ** 2


def draw():
    figure, axes = pyplot.subplots(2, 4, figsize=(10, 5.2), sharex=True, sharey=True, dpi=72)
    x, y = np.meshgrid(np.linspace(-1.7, 1.6, 160), np.linspace(-0.7, 1.7, 160))
    height = np.log10(valley((x, y)) + 1e-3)
    for ax, (name, options) in zip(axes.flat, WAYS, strict=False):
        found = descend(valley, START, **options)
        ax.contour(x, y, height, levels=9, colors="0.6", linewidths=0.6)
        ax.plot(*found.history.points.T, "-o", color="#c44e00", linewidth=0.9, markersize=1.8)
        ax.plot(*START, "o", color="#1060d0", markersize=5)
        ax.plot(1, 1, "*", color="#109040", markersize=9)
        ax.set_title(f"{name}: {found.steps} steps, f = {found.value:.0e}", fontsize=8)
        ax.set(xlim=(-1.7, 1.6), ylim=(-0.7, 1.7))
        ax.tick_params(labelsize=7)
    axes.flat[-1].axis("off")
    axes.flat[-1].text(0, 0.5, "start: blue\nminimum: green\none dot a step", fontsize=9)
    figure.tight_layout(pad=0.6)
    drawn = BytesIO()
    figure.savefig(drawn)
    Image.open(drawn).convert("RGB").quantize(48).save(
        PICTURE, optimize=True
    )  # a fourth of the bytes


if __name__ == "__main__":
    draw()
