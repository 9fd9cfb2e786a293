"""Data, the curve that was fitted, and its band, as a picture."""

import numpy as np


def fit_plot(fit, ax, level, grid):
    """Axes of matplotlib with a Fit; see `Fit.plot`."""
    if ax is None:
        try:
            from matplotlib import pyplot
        except ImportError:
            raise ImportError(
                "plot needs matplotlib: pip install 'dfdx[plot]'; print(fit) needs nothing"
            ) from None
        ax = pyplot.subplots()[1]
    x, y = fit._model.x, fit.data
    if not isinstance(x, np.ndarray) or x.shape != np.shape(y):
        ax.plot(fit.residuals, ".", color="tab:blue")
        ax.axhline(0.0, color="grey", linewidth=0.8)
        ax.set(xlabel="datum", ylabel="y − f")
        return ax
    fine = np.linspace(np.nanmin(x), np.nanmax(x), grid)
    low, high = fit.band(fine, level)
    ax.fill_between(fine, low, high, color="tab:orange", alpha=0.25, label=f"{100 * level:g} %")
    ax.plot(fine, fit(fine), color="tab:orange", label="fit")
    ax.plot(x, y, ".", color="tab:blue", label="data")
    ax.legend()
    return ax
