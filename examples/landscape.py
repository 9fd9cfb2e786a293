"""Gradient descent on a landscape, step by step: `python examples/landscape.py`.

The height is written as it stands in the book; its gradient is not written at all. Two walks start at the
same place. The first goes straight down, from wall to wall of the valley; the second is carried on by its own
momentum.
"""

import numpy as np

from dfdx import gradient
from dfdx.explain.contours import nested
from dfdx.explain.landscape import Path, landscape
from dfdx.explain.window import safe


def height(x, y):
    """A long valley that bends: Rosenbrock's, half as steep as usual."""
    return (1 - x) ** 2 + 50 * (y - x**2) ** 2


def walk(start, rate, steps, keep=0.0):
    """The places of a walk: every step is `rate` times the gradient down, plus `keep` of the step before."""
    uphill = gradient(height)
    here, step = np.array(start), np.zeros(2)
    places = [here]
    for _ in range(steps):
        step = keep * step - rate * uphill(*here)
        here = here + step
        places.append(here)
    return places


if __name__ == "__main__":
    start = (-1.2, 1.0)
    straight, carried = walk(start, 0.003, 100), walk(start, 0.001, 100, keep=0.9)
    for name, places in (("straight down", straight), ("with momentum", carried)):
        x, y = places[-1]
        print(
            f"{name}: after {len(places) - 1} steps at ({x:.3f}, {y:.3f}), height {height(x, y):.2g}"
        )
    paths = [Path(straight, "s", "straight down"), Path(carried, "m", "with momentum")]
    box = (-1.6, 1.6, -0.4, 1.7)
    print(*landscape(safe(height), box, lambda known: nested(known, 7), paths=paths), sep="\n")
