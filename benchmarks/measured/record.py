"""A real record: carbon dioxide at Mauna Loa, weekly, with gaps (the set that comes with statsmodels)."""

import numpy as np

from dfdx import derivative, sampled
from dfdx.cli.show_measured import measured_text
from dfdx.cli.terminal import Terminal

from ..report import Section

_YEAR = 365.25


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
    return Section("A record: CO₂ at Mauna Loa", text, rows, f"```text\n{picture}\n```")


def _picture(lines):
    first = next(k for k, line in enumerate(lines) if "┤" in line or "│" in line)
    return lines[first:]
