"""`array.dfdx.derivative("time")` for xarray: importing this module registers the accessor.

A coordinate that goes round the globe (longitudes in degrees whose steps close the circle) is periodic
without being told.
"""

import numpy as np
import xarray

from .kinds import kind_of
from .samples import Samples


@xarray.register_dataarray_accessor("dfdx")
class Accessor:
    """Derivatives of a DataArray along its dimensions."""

    def __init__(self, array):
        self.array = array

    def derivative(self, dim, *, order=1, noise=None, periodic=None, unit="s", **options):
        """The derivative along one dimension, with names, coordinates, attributes and units kept.

        Options as for `dfdx.sampled`.
        """
        along = self.array.get_axis_num(dim)
        coordinate = self.array.coords.get(dim)
        values = np.moveaxis(self.array.values, along, 0)
        flat = values.reshape(len(values), -1)
        x = np.arange(float(len(values))) if coordinate is None else coordinate
        options = {"weights": None, "robust": False, "season": None, "method": None, **options}
        samples = Samples(flat, x, noise, periodic=periodic, unit=unit, **options)
        found = np.asarray(samples.derivative(order)).reshape(values.shape)
        return kind_of(self.array).back(np.moveaxis(found, 0, along), samples.axis.kind, order)
