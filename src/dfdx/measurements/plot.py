"""Pictures of measurements with matplotlib: samples and curve, derivative and band, maps with gradient."""

import numpy as np

_MANY = 2_000  # times at which a curve is drawn
_TILES, _ARROWS = 200, 16  # places along each side of a map, and arrows
_TIMES = {"D": "day", "W": "week", "Y": "year", "m": "min"}
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_DATA, _LINE = "#8c96a3", ("#1f5fa8", "#c4511a", "#2f7d4f", "#7a4ba0", "#a8851f", "#3a8f98")


def axes_for(ax):
    """The axes to draw on: those given, or new ones.

    Raises ImportError where matplotlib is not installed.
    """
    if ax is not None:
        return ax
    try:
        from matplotlib import pyplot
    except ImportError:
        raise ImportError("plot needs matplotlib: pip install 'dfdx[plot]'") from None
    return pyplot.subplots(layout="constrained")[1]


def plot_samples(samples, ax=None):
    """The samples as dots, the curve through or among them, its band."""
    ax = axes_for(ax)
    given = samples.axis.places()
    times = samples.axis.between(_MANY)
    values, bands = samples.plain(times, 0)
    for k, (column, value, band) in enumerate(_columns(samples, values, bands)):
        colour = _LINE[k % len(_LINE)]
        ax.plot(
            given, column, ".", markersize=_dot(len(given)), alpha=0.8, zorder=1,
            color=_DATA if not samples.many else colour,
        )  # fmt: skip
        _line(ax, times, value, band, colour, _label(samples, k, "curve"))
    _limits(ax, values, bands, samples.y.ravel())
    _named(ax, samples, 0)
    return ax


def plot_derivative(samples, order, ax=None):
    """The derivative as a line with its 95 % band."""
    ax = axes_for(ax)
    times = samples.axis.between(_MANY)
    values, bands = samples.plain(times, order)
    for k, (_, value, band) in enumerate(_columns(samples, values, bands)):
        _line(ax, times, value, band, _LINE[k % len(_LINE)], _label(samples, k, "derivative"))
    _limits(ax, values, bands)
    ax.axhline(0.0, color="black", linewidth=0.6, alpha=0.5, zorder=0)
    _named(ax, samples, order)
    return ax


def plot_field(field, ax=None):
    """A map of a field of two coordinates: filled contours, and arrows along the gradient."""
    if field.dimensions != 2 or field.many:
        raise TypeError("plot draws one quantity of two coordinates; this has more")
    ax = axes_for(ax)
    sides = [np.linspace(low, high, _TILES) for low, high in field.ends]
    values = _plain(field(*np.meshgrid(*sides, indexing="ij")))
    map_ = ax.contourf(*sides, values.T, levels=14, cmap="viridis")
    ax.contour(*sides, values.T, levels=map_.levels, colors="white", linewidths=0.4, alpha=0.5)
    inner = [low + (high - low) * (np.arange(_ARROWS) + 0.5) / _ARROWS for low, high in field.ends]
    mesh = np.meshgrid(*inner, indexing="ij")
    slopes = [_plain(field.read(mesh, unit)[0]) for unit in ((1, 0), (0, 1))]
    spans = [high - low for low, high in field.ends]
    flow = [slope * span for slope, span in zip(slopes, spans, strict=True)]  # as the eye sees it
    length = np.sqrt(flow[0] ** 2 + flow[1] ** 2).max()
    if length > 0:
        ax.quiver(
            *mesh, *flow, angles="uv", scale=length * _ARROWS / 1.8, scale_units="width", width=0.003,
            color="white", edgecolor="#20303c", linewidth=0.4,
        )  # fmt: skip
    names = [
        _with(kind.named() or name, kind.unit())
        for kind, name in zip(field.kinds, ("x", "z", "y"), strict=True)
    ]
    ax.set(xlabel=names[0], ylabel=names[1], title="arrows: uphill, longer where steeper")
    ax.title.set_fontsize("medium")
    ax.figure.colorbar(map_, ax=ax, label=names[2], pad=0.02)
    return ax


def _plain(values):
    """The numbers of a quantity."""
    return getattr(values, "magnitude", values)


def _columns(samples, values, bands):
    """For each quantity its samples, values and bands."""
    if not samples.many:
        return [(samples.y, values, bands)]
    return [(samples.y[:, k], values[:, k], bands[:, k]) for k in range(samples.y.shape[1])]


def _line(ax, times, value, band, colour, label):
    """A line with its band; where a band explodes the picture ends."""
    ax.plot(times, value, color=colour, linewidth=1.5, label=label, zorder=3)
    known = np.isfinite(band)
    if known.any():
        low, high = value - band, value + band
        ax.fill_between(
            times, low, high, where=known, color=colour, alpha=0.18, linewidth=0, zorder=2
        )


def _limits(ax, values, bands, shown=()):
    """Room for all values, all samples shown, and as much of the bands as the values span."""
    low, high = np.nanmin(values), np.nanmax(values)
    size = (high - low) or abs(high) or 1.0
    bands = np.where(np.isfinite(bands), bands, 0.0)
    ends = [max(np.min(values - bands), low - size), min(np.max(values + bands), high + size)]
    known = np.asarray(shown)[np.isfinite(shown)]
    low, high = min([ends[0], *known]), max([ends[1], *known])
    margin = 0.05 * ((high - low) or 1.0)
    ax.set_ylim(low - margin, high + margin)


def _dot(count):
    return float(np.clip(60 / np.sqrt(count), 2, 6))


def _label(samples, k, what):
    names = getattr(samples.kind.given, "columns", None)
    if samples.many:
        return str(names[k]) if names is not None else f"{what} {k}"
    return what


def _named(ax, samples, order):
    """Labels from the names and units that the measurements carry."""
    name, above = samples.kind.named() or "y", samples.kind.unit()
    across, below = samples.axis.kind.named() or "x", samples.axis.kind.unit()
    if samples.axis.origin is not None:
        from matplotlib import dates

        place = dates.AutoDateLocator()
        ax.xaxis.set_major_locator(place)
        ax.xaxis.set_major_formatter(dates.ConciseDateFormatter(place))
        below = _TIMES.get(samples.axis.unit, samples.axis.unit)
    ax.set_xlabel(_with(across, None if samples.axis.origin is not None else below))
    if order:
        raised = "" if order == 1 else str(order).translate(_RAISED)
        gap = " " * (len(name) > 1 or len(across) > 1)
        name = f"d{raised}{gap}{name}{gap}/{gap}d{gap}{across}{raised}"
        above = f"{above or '1'}/{below}{raised}" if below else None
    ax.set_ylabel(_with(name, above))
    if samples.many:
        ax.legend(frameon=False)
    ax.spines[["top", "right"]].set_visible(False)


def _with(name, unit):
    return f"{name} [{unit}]" if unit else name
