"""What comes back with a period: harmonics whose amplitudes may grow along the record."""

import numpy as np

_HARMONICS = 6
_GROWING = 3  # harmonics whose amplitude may change, linearly


class Season:
    """The columns cos, sin of the harmonics of a period, and of the first ones times the time.

    `start` and `span` are the record's; harmonics that its spacing cannot show are left out.
    """

    def __init__(self, period, start, span, spacing):
        self.rate = 2 * np.pi / period
        most = int(0.5 * period / spacing - 1e-9)
        self.key = (period, start, span, spacing)
        self.harmonics = np.arange(1, max(min(_HARMONICS, most), 1) + 1)
        self.middle, self.half = start + 0.5 * span, 0.5 * span
        self.growing = min(_GROWING, len(self.harmonics)) if span >= 4 * period else 0

    def at(self, t, order):
        """The derivative of that order of every column, a row for each time."""
        rates = self.rate * self.harmonics

        def wave(order):
            turned = np.multiply.outer(t - self.middle, rates) + order * np.pi / 2
            return (
                np.concatenate([np.cos(turned), np.sin(turned)], axis=1)
                * np.tile(rates, 2) ** order
            )

        plain = wave(order)
        if not self.growing:
            return plain
        keep = np.tile(self.harmonics <= self.growing, 2)
        grown = plain * ((t - self.middle) / self.half)[:, None]
        if order:  # Leibniz: (t f)⁽ⁿ⁾ = t f⁽ⁿ⁾ + n f⁽ⁿ⁻¹⁾
            grown = grown + order * wave(order - 1) / self.half
        return np.concatenate([plain, grown[:, keep]], axis=1)
