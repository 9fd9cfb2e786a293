"""Where the picture of a curve in normal noise of one size does not fit: said, with what would help.

Looked for in what the curve leaves: measurements far off, noise that is not the same everywhere, numbers
rounded so coarsely that the rounding is the noise. Levels are such that normal noise sets them off once in
many thousand records.
"""

import numpy as np

_ENOUGH = 40  # samples
_NOTHING = 1e-9  # of the largest measurement: no noise
_FAR = 8.0  # usual deviations from the curve
_FEW = 0.03  # of the samples: so many may stand where the noise changes
_STRETCH = 40  # samples in a stretch, at least
_STRETCHES = 8
_UNEQUAL = 2.5  # between the noise of two stretches
_CLIPPED = 3.0  # medians: what is further away counts as that far
_UNLIKELY = 1e-6
_COARSE = 2.5  # units of rounding, in standard deviations of the noise
_LOOKED_AT = 20_000  # samples
_MANY = 60  # samples: among more, what swings stands out
_ALL = 0.75  # of the deviation of the measurements: noise that leaves little for a curve


def doubts(left, w, y, told, scale):
    """Sentences about one series.

    `left` is y less the curve, both in units of `scale`; `told` whether outliers are known of.
    """
    if len(left) < _ENOUGH:
        return ()
    deviation = float(np.sqrt(np.mean(left**2)))
    unit = unit_of(y)
    if unit > _COARSE * deviation:
        return (
            f"the measurements are multiples of {scale * unit:.3g}, coarser than the noise: errors of "
            "rounding follow the curve, and the band may be too narrow",
        )
    if deviation < _NOTHING:
        return ()
    scaled = left * np.sqrt(w)
    found = []
    far = 0 if told else _far(scaled, unit)
    uneven = _uneven(scaled)
    if far > (_FEW * len(left) if uneven else 0):
        found.append(
            f"{far} of {len(left)} measurements are far from the curve, as normal noise never is; "
            "robust=True lets them count little"
        )
    if uneven:
        low, high = scale * uneven[0], scale * uneven[1]
        found.append(
            f"the noise is not the same everywhere: about {low:.2g} in one stretch, {high:.2g} in another; "
            "noise= or weights= for each sample tells where the measurements are good"
        )
    return tuple(found)


def hidden(noise, y, scale):
    """What is said of few samples of which all is taken for noise: a swift curve looks the same.

    `noise` and y are in units of `scale`.
    """
    if len(y) >= _MANY or noise < max(_ALL * float(np.std(y)), _NOTHING):
        return ()
    return (
        f"neither slope nor bend stands out from noise of about {scale * noise:.2g}; a curve that swings "
        f"between so few samples ({len(y)}) would look the same. Where the noise is known to be smaller, "
        "noise= says it",
    )


def _far(scaled, unit):
    """How many lie many usual deviations of their own stretch away."""
    count = 0
    for part in np.array_split(np.abs(scaled), _stretches(scaled)):
        usual = max(
            1.4826 * float(np.median(part)), unit / 3
        )  # rounding alone makes errors so large
        count += int((part > _FAR * usual).sum()) if usual else 0
    return count


def _stretches(scaled):
    return max(min(_STRETCHES, len(scaled) // _STRETCH), 1)


def unit_of(y):
    """The unit whose multiples all measurements are, where they repeat; 0 where there is none."""
    values = np.unique(y[:: -(-len(y) // _LOOKED_AT)])
    if not 2 <= len(values) <= len(y) // 2:
        return 0.0
    steps = np.diff(values)
    unit = float(steps.min())
    whole = steps / unit
    slack = 1e-6 + 8 * np.finfo(float).eps * float(np.abs(y).max()) / unit
    return unit if np.abs(whole - np.rint(whole)).max() < slack else 0.0


def _uneven(scaled):
    """The noise of the calmest and of the loudest stretch where they differ; None where they do not."""
    from scipy.special import chdtrc

    count = _stretches(scaled)
    if count < 2:
        return None
    # single far measurements are another matter
    bound = _CLIPPED * float(np.median(np.abs(scaled)))
    sizes = [np.minimum(np.abs(part), bound) for part in np.array_split(scaled, count)]
    usual = np.array([1.2533 * part.mean() for part in sizes])
    if not (usual > 0).all() or usual.max() < _UNEQUAL * usual.min():
        return None
    logs = np.log(usual)
    free = len(scaled) / count / 0.57  # the variance of a mean of |z| is 0.57 of its square, once
    statistic = free * float(((logs - logs.mean()) ** 2).sum())
    return (usual.min(), usual.max()) if chdtrc(count - 1, statistic) < _UNLIKELY else None
