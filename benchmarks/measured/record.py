"""A real record: carbon dioxide at Mauna Loa, weekly, with gaps (the set that comes with statsmodels)."""

from pathlib import Path

import numpy as np

from dfdx import derivative, sampled
from dfdx.cli.show_measured import measured_text
from dfdx.cli.terminal import Terminal

from ..report import Section

_YEAR = 365.25
_PICTURE = Path(__file__).parents[2] / "docs" / "carbon_dioxide.png"
_NEAR = (1994.0, 1999.0)  # the years in which the season is shown


def carbon_dioxide():
    """The slope of the trend by decades, of the season within a year, and a picture."""
    from statsmodels.datasets import co2

    data = co2.load_pandas().data["co2"]
    days = (data.index - data.index[0]).days.to_numpy() / _YEAR
    s = sampled(data.to_numpy(), days, noise="auto", season=1.0)
    trend, whole = derivative(s.trend).estimate(days), derivative(s).estimate(days)
    rows = [("years", "trend, ppm a year", "±", "steepest rise in a year", "steepest fall")]
    years = data.index.year.to_numpy()
    for first in range(1960, 2000, 10):
        part = (years >= first) & (years < first + 10)
        rows.append(
            (
                f"{first} to {first + 9}",
                f"{trend.value[part].mean():.2f}",
                f"{trend.error[part].mean():.2f}",
                f"{whole.value[part].max():.0f}",
                f"{whole.value[part].min():.0f}",
            )
        )
    answer = {
        "input": "co2.csv", "x": "year", "y": "co2", "name": "trend's slope", "rows": len(days),
        "missing": int(np.isnan(data.to_numpy()).sum()), "method": trend.method,
        "notes": list(trend.notes),
        "at": (data.index[0].year + days).tolist(), "places": (data.index[0].year + days).tolist(),
        "values": data.to_list(), "derivative": trend.value.tolist(), "error": trend.error.tolist(),
        "out": None,
    }  # fmt: skip
    lines = measured_text(answer, Terminal(width=88))
    picture = "\n".join(_picture(lines))
    text = (
        f"{len(days)} weeks from {data.index[0]:%B %Y} to {data.index[-1]:%B %Y}, {answer['missing']} "
        f'missing, `sampled(y, t, noise="auto", season=1.0)`: {"; ".join(trend.notes)}. '
        "`derivative(s)` is the slope of all, `derivative(s.trend)` that of the trend beside the season, "
        "in ppm a year."
    )
    draw(data, s, days, trend, whole)
    shown = f"![trend and season of the record, with their slopes]({_PICTURE.name})"
    return Section("A record: CO₂ at Mauna Loa", text, rows, f"{shown}\n\n```text\n{picture}\n```")


def draw(data, s, days, trend, whole):
    """The record with its trend, the trend's slope, and the slope of all in a few years, as one picture."""
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot
    from PIL import Image

    blue, red, grey = "#1f5fa8", "#c4511a", "#8c96a3"
    years = data.index[0].year + (data.index[0].dayofyear - 1) / _YEAR + days
    near = (years >= _NEAR[0]) & (years <= _NEAR[1])
    with pyplot.rc_context({"font.size": 9, "axes.spines.top": False, "axes.spines.right": False}):
        figure, axes = pyplot.subplots(3, 1, figsize=(7.2, 6.6), layout="constrained")
        axes[0].plot(years, data, ".", markersize=1.6, color=grey, label="weekly samples")
        axes[0].plot(years, s.trend(days), color=red, linewidth=1.3, label="trend")
        axes[0].set_ylabel("CO₂ [ppm]")
        axes[0].legend(frameon=False, loc="upper left")
        for ax, part, found, colour, label in (
            (axes[1], slice(None), trend, red, "slope of the trend"),
            (axes[2], near, whole, blue, "slope with the season"),
        ):
            value, error = found.value[part], found.error[part]
            ax.fill_between(
                years[part], value - error, value + error, color=colour, alpha=0.2, linewidth=0,
                label="its 95 % band",
            )  # fmt: skip
            ax.plot(years[part], value, color=colour, linewidth=1.3, label=label)
            ax.axhline(0.0, color="black", linewidth=0.6, alpha=0.5)
            ax.set_ylabel("ppm a year")
            ax.legend(frameon=False, loc="upper left", ncols=2)
            low, high = (value - error).min(), (value + error).max()
            ax.set_ylim(low, high + 0.25 * (high - low))  # room for the legend
        axes[2].set_xlabel("year")
        axes[2].set_xticks(range(int(_NEAR[0]), int(_NEAR[1]) + 1))
        for ax in axes:
            ax.margins(x=0.01)
        figure.savefig(_PICTURE, dpi=110)
        pyplot.close(figure)
    Image.open(_PICTURE).convert("RGB").quantize(48).save(
        _PICTURE, optimize=True
    )  # a third as large


def _picture(lines):
    first = next(k for k, line in enumerate(lines) if "┤" in line or "│" in line)
    return lines[first:]
