"""How well parameters are known: covariance from slopes, and what cannot be told apart.

The slopes of the model say how far the parameters may go before the data object. Where two columns of slopes
are proportional, only a combination of the parameters is known, and the singular vectors name it.
"""

import numpy as np

_ALIKE = 1e-10  # singular values below this share of the largest count as none
_SHARE = 0.05  # of a combination: less does not name a parameter


class Spread:
    """The covariance of parameters, up to the variance of the residuals, and which are not determined.

    matrix   (JᵀJ)⁻¹, infinite where a parameter is not determined, zero for those that are held
    unknown  for every combination that is not determined, the places of its parameters
    """

    def __init__(self, slopes, free):
        n = slopes.shape[1]
        self.matrix = np.zeros((n, n))
        self.unknown = []
        at = np.flatnonzero(free)
        if not at.size:
            return
        length = np.linalg.norm(slopes[:, at], axis=0)
        scale = np.where(length > 0, length, 1.0)
        _, values, turned = np.linalg.svd(slopes[:, at] / scale, full_matrices=True)
        values = np.concatenate([values, np.zeros(at.size - values.size)])
        known = values > _ALIKE * values[0] if values[0] else np.zeros(at.size, dtype=bool)
        part = turned[known] / values[known, None] / scale
        self.matrix[np.ix_(at, at)] = part.T @ part
        for row in turned[~known]:
            self.unknown.append(at[np.abs(row) > _SHARE])
        loose = np.unique(np.concatenate(self.unknown)).astype(int) if self.unknown else at[:0]
        self.matrix[loose, :] = self.matrix[:, loose] = np.inf

    def notes(self, name):
        """Sentences about what is not determined; `name(k)` is what the user calls parameter k."""
        found = []
        for places in self.unknown:
            names = [name(k) for k in places]
            if len(names) == 1:
                found.append(f"{names[0]} has no influence here: its standard error is infinite")
            else:
                joined = " and ".join([", ".join(names[:-1]), names[-1]])
                found.append(
                    f"{joined} cannot be told apart: only a combination of them is determined"
                )
        return found


def sandwich(slopes, values, first, second, scale, spread):
    """The covariance under a loss that is not a square (Huber 1973): bread · filling · bread.

    `first` and `second` are ρ′ and ρ″ at z = (r/scale)²; ψ = ρ′ r is the pull of a residual, ψ′ its change.
    """
    pull = first * values
    change = first + 2 * second * (values / scale) ** 2
    bread = slopes.T @ (np.maximum(change, 0.0)[:, None] * slopes)
    filling = slopes.T @ (pull[:, None] ** 2 * slopes)
    if not np.isfinite(spread).all():
        return spread
    try:
        inverse = np.linalg.inv(bread)
    except np.linalg.LinAlgError:
        return np.full_like(spread, np.inf)
    return inverse @ filling @ inverse


def correlation(covariance):
    """The covariance in units of the standard errors; nan where one is zero or infinite."""
    with np.errstate(all="ignore"):
        size = np.sqrt(np.diag(covariance))
        found = covariance / np.outer(size, size)
    found[~np.isfinite(found)] = np.nan
    return found
