"""Which options of `sampled` go together: what does not apply is refused, never ignored."""

import numpy as np

_TAKEN = {  # what each way of reading samples along one axis takes besides y and x
    "exact": ("periodic",),
    "smooth": ("noise", "weights", "robust", "season"),
    "compact": (),
    "spline": (),
    "chebyshev": ("weights",),
    "gcv": ("weights",),
    "savgol": (),
    "tv": ("noise", "weights"),
    "kalman": ("noise", "weights"),
}
SMOOTHING = (
    "chebyshev",
    "gcv",
    "savgol",
    "tv",
    "kalman",
)  # for these noise="auto" says what they do
_WHY = {
    "periodic": "for what comes back in noisy samples there is season=; periodic= is for exact samples",
    "weights": 'weights= is for noisy samples: noise="auto", or a method that smooths',
    "robust": 'robust=True is for noisy samples: noise="auto"',
    "season": 'season= is for noisy samples: noise="auto"',
    "noise": "this method finds the noise itself, or takes the samples as exact",
}


def is_exact(noise):
    """True where noise= says, or leaves it open, that the samples are exact."""
    return noise is None or (isinstance(noise, (int, float)) and noise == 0)


def way_of(method, noise, weights, periodic, robust, season):
    """The name of the way in which samples are read; TypeError for an option that would be ignored."""
    if method is not None and method not in _TAKEN:
        raise ValueError(f"method is one of {', '.join(_TAKEN)}, not {method!r}")
    way = method or ("exact" if is_exact(noise) else "smooth")
    given = {
        "weights": weights is not None,
        "periodic": periodic,
        "robust": robust,
        "season": season,
    }
    if way in (*SMOOTHING, "smooth"):
        if noise is not None and is_exact(noise):
            raise TypeError(f'noise=0 says that the samples are exact; method="{way}" smooths')
        given["noise"] = not is_exact(noise) and not (isinstance(noise, str) and noise == "auto")
    else:
        given["noise"] = not is_exact(noise)
    for name, is_given in given.items():
        if is_given and name not in _TAKEN[way]:
            said = f'method="{method}"' if method else f"{way} samples"
            raise TypeError(f"{name}= does not go with {said}: {_WHY[name]}")
    if weights is not None and isinstance(noise, (list, tuple, np.ndarray)):
        raise TypeError(
            "a noise for each sample is its weight already; weights= beside it says it twice"
        )
    return way
