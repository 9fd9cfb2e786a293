"""Is the noise of neighbouring samples alike? Found by the evidence, where there is reason to ask."""

from math import sqrt

from .process import Process
from .search import _MANY, _STRETCH, ladder, look, narrow

_ROUGH = 4.0  # spacings: a smoothing length below is suspicious
_RHOS = (0.15, 0.3, 0.45, 0.6, 0.7, 0.8, 0.87, 0.93, 0.97)
_PERSUADED = 4.0  # nats that correlated noise must explain better
_SLOW = 0.05  # of 1 / span: a rate that is as good as none
_NEAR, _KEPT = 2.5, 3  # nats from the best; and how many
_LASTING = 8.0  # the record is at least so many times as long as the noise remembers


def suspicious(left, best, points):
    """Whether what one series leaves is alike, or its curve so rough that it may be noise itself."""
    if points.variance is not None:
        return False
    if best.length < _ROUGH * points.spacing:
        return True
    alike = float(left[1:] @ left[:-1]) / max(float(left @ left), 1e-300)
    return alike > 2.5 / sqrt(points.count)


def correlations(points, best):
    """The ρ from one sample to the next that explain one series well, the best first.

    None of them where independent noise will do.
    """
    top = best.evidence
    tried = {Process(2), Process(3, _SLOW / points.span), best.process}

    def height(rho):
        found = look(points, cells, rho)
        return max(float(found.scan(p, p.m)[1][0]) for p in tried)

    if points.count > _MANY:
        points = points.part(0, 2 * _STRETCH)
        cells = ladder(points)
        top = height(0.0)
    cells = narrow(points, ladder(points))
    found = {rho: height(rho) for rho in _RHOS if points.count * (1 - rho) >= _LASTING}
    ranked = sorted(found, key=found.get, reverse=True)
    if not ranked or found[ranked[0]] < top + _PERSUADED:
        return []
    least = max(found[ranked[0]] - _NEAR, top)
    return [rho for rho in ranked if found[rho] >= least][:_KEPT]
