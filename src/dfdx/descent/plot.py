"""The way down as a picture: on a contour map for two variables, else the value by the step."""

import numpy as np

_GRID = 80
_TITLE = 60  # characters of the reason that are shown
_MARGIN = 0.25  # of the width of the way, on each side


def descent_plot(minimum, ax=None):
    """Axes of matplotlib with the way of a Minimum; see `Minimum.plot`."""
    if ax is None:
        try:
            from matplotlib import pyplot
        except ImportError:
            raise ImportError(
                "plot needs matplotlib: pip install 'dfdx[plot]'; print(minimum) needs nothing"
            ) from None
        ax = pyplot.subplots()[1]
    points = minimum.history.points
    if points is not None and len(points) and points.shape[1] == 2 and minimum._f is not None:
        return _on_contours(ax, minimum, points)
    return _by_step(ax, minimum)


def _on_contours(ax, minimum, points):
    low, high = points.min(axis=0), points.max(axis=0)
    room = _MARGIN * np.maximum(high - low, 0.2 * max(float((high - low).max()), 1e-12))
    axes = [np.linspace(a - r, b + r, _GRID) for a, b, r in zip(low, high, room, strict=True)]
    heights = np.array([[_height(minimum._f, (x, y)) for x in axes[0]] for y in axes[1]])
    lowest = np.nanmin(heights)
    # contours of equal steps in the logarithm: near the minimum most functions are flat
    rise = np.log10(heights - lowest + 1e-6 * max(np.nanmax(heights) - lowest, 1e-300))
    ax.contour(*axes, rise, levels=18, cmap="Greys_r", linewidths=0.6)
    ax.plot(*points.T, ".-", color="tab:orange", linewidth=1.2, markersize=4, label=minimum.method)
    ax.plot(*points[0], "o", color="tab:blue", label="start")
    ax.plot(*points[-1], "*", color="tab:red", markersize=11, label=f"f = {minimum.value:.4g}")
    ax.set(xlabel="x", ylabel="y", title=minimum.reason)
    ax.legend()
    return ax


def _height(f, point):
    try:
        return f(np.array(point))
    except (ArithmeticError, ValueError):
        return np.nan


def _by_step(ax, minimum):
    value, slope = minimum.history.value, minimum.history.slope
    asked = minimum.history.validation
    good = value[np.isfinite(value)]
    lowest = min([*good, *(v for _, v in asked)], default=0.0)
    ax.plot(value, color="tab:blue", linewidth=0.8, label="loss" if minimum.trained else "f")
    title = minimum.reason if len(minimum.reason) < _TITLE else minimum.reason[:_TITLE] + "…"
    ax.set(xlabel="step", ylabel="f", yscale="log" if lowest > 0 else "linear", title=title)
    if asked:
        ax.plot(*zip(*asked, strict=True), ".-", color="tab:green", label="validation")
    if asked or minimum.trained:
        ax.legend()
    elif len(good) and good.max() > good.min() and (slope > 0).any():
        beside = ax.twinx()
        beside.semilogy(slope, color="tab:orange", linewidth=0.8, label="|∇f|")
        beside.set_ylabel("|∇f|")
    return ax
