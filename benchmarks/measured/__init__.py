"""Measurements: noise, exact samples, grids, time; the page docs/measurements.md."""
