"""The arrays people have: numbers taken out of them, and answers put back into the same kind.

Known by the package they come from, so none of them is imported: pandas (index), xarray (coordinates, names,
attributes), pint (units), torch, and everything that follows the array API standard. Answers have double
precision, except in torch and the array API, which do not mix precisions: there that of the samples.
"""

import numpy as np


class Kind:
    """Plain arrays, lists and numbers: what comes out is NumPy's."""

    time = None  # the unit of time in which dates are counted

    def __init__(self, given):
        self.given = given

    def numbers(self):
        """The values, as a NumPy array; what is masked is missing."""
        if isinstance(self.given, np.ma.MaskedArray) and self.given.dtype.kind in "biuf":
            return self.given.astype(float).filled(np.nan)
        return np.asarray(self.given)

    @property
    def aware(self):
        """True for dates that know their time zone; their numbers are UTC."""
        return False

    def axes(self):
        """The coordinates that the array itself carries, or None."""
        return None

    def named(self):
        """The name that the array carries, or None."""
        name = getattr(self.given, "name", None)
        return None if name is None or callable(name) else str(name)

    def unit(self):
        """The unit that the array carries, as text, or None."""
        return self.time

    def within(self, values):
        """Other values of this kind, in its unit."""
        return values

    def back(self, values, per=None, order=0):
        """An answer of the same shape as this kind of array; `per` is the kind of the coordinates."""
        if order and isinstance(per, Quantity):  # numbers by seconds have a unit
            return type(per.given)(values, per.given.units**-order)
        return values

    def elsewhere(self, values, at, per=None, order=0):
        """An answer at other places than the array's own; `at` is the kind of the places."""
        return at.back(values) if isinstance(at, _Series) else Kind.back(self, values, per, order)


class _Series(Kind):
    """pandas: Series and Index."""

    def numbers(self):
        given = self.given
        if self.aware:
            given = given if hasattr(given, "tz_convert") and not hasattr(given, "dt") else given.dt
            given = given.tz_convert("UTC").tz_localize(None)
        elif type(given).__name__ == "PeriodIndex":
            given = given.to_timestamp()
        return _known(given)

    @property
    def aware(self):
        return getattr(getattr(self.given, "dtype", None), "tz", None) is not None

    def axes(self):
        index = getattr(self.given, "index", None)
        return None if index is None else (index,)

    def back(self, values, per=None, order=0):
        import pandas

        if isinstance(self.given, pandas.Index):
            return pandas.Series(values, index=self.given)
        return pandas.Series(values, index=self.given.index, name=self.given.name)


class _Frame(_Series):
    """pandas: one quantity in each column of a DataFrame."""

    aware = False

    def numbers(self):
        columns = [_known(self.given.iloc[:, k]) for k in range(self.given.shape[1])]
        return np.stack(columns, axis=1) if columns else self.given.to_numpy()

    def back(self, values, per=None, order=0):
        import pandas

        return pandas.DataFrame(values, index=self.given.index, columns=self.given.columns)


class _Labelled(Kind):
    """xarray: DataArray. Units in the attributes follow the derivative."""

    def numbers(self):
        return self.given.values

    def axes(self):
        given = self.given
        return tuple(given.coords[d].variable if d in given.coords else None for d in given.dims)

    def elsewhere(self, values, at, per=None, order=0):
        if not isinstance(at, _Labelled) or np.shape(values) != at.given.shape:
            return super().elsewhere(values, at, per, order)
        found = at.given.copy(data=values)
        found.attrs = self._attributes(per, order)
        return found.rename(self.given.name)

    def back(self, values, per=None, order=0):
        if np.shape(values) != self.given.shape:
            return values
        found = self.given.copy(data=values)
        found.attrs = self._attributes(per, order)
        return found

    def _attributes(self, per, order):
        """Those of the array, with the unit of the derivative; without one where that is not known."""
        attributes = dict(self.given.attrs)
        above, below = attributes.get("units"), per and per.unit()
        if order and above:
            raised = f"**{order}" if order > 1 else ""
            attributes["units"] = f"{above} / {below}{raised}"
            if not below:
                del attributes["units"]
        return attributes

    def unit(self):
        return self.given.attrs.get("units") or self.time


class _Coordinate(Kind):
    """xarray: a coordinate on its own."""

    def numbers(self):
        return self.given.values

    def named(self):
        return str(self.given.dims[0]) if self.given.dims else None

    def unit(self):
        return self.given.attrs.get("units") or self.time


class Quantity(Kind):
    """pint: a quantity; the derivative has the unit of the one over that of the other."""

    def numbers(self):
        return np.asarray(self.given.magnitude)

    def unit(self):
        return f"{self.given.units:~P}" or None

    def elsewhere(self, values, at, per=None, order=0):
        return self.back(values, per, order)

    def within(self, values):
        return values.to(self.given.units) if hasattr(values, "to") else values

    def back(self, values, per=None, order=0):
        unit = self.given.units
        if order:  # a difference of degrees Celsius is not a temperature
            one = type(self.given)(1.0, unit)
            unit = (one - one).units
        if order and isinstance(per, Quantity):
            unit = unit / per.given.units**order
        return type(self.given)(values, unit)


class _Tensor(Kind):
    """torch: a tensor, on its device and of its type."""

    def numbers(self):
        given = self.given.detach().cpu()
        return (given.double() if given.dtype.is_floating_point else given).numpy()

    def elsewhere(self, values, at, per=None, order=0):
        return self.back(values)

    def back(self, values, per=None, order=0):
        import torch

        return torch.as_tensor(np.array(values, order="C"), device=self.given.device).to(
            self.given.dtype if self.given.dtype.is_floating_point else torch.float64
        )


class _Standard(Kind):
    """Arrays of the array API standard (cupy, array-api-strict, …)."""

    def numbers(self):
        given = self.given
        if hasattr(given, "get"):  # cupy copies from its device only when asked
            return given.get()
        return np.from_dlpack(given) if hasattr(given, "__dlpack__") else np.asarray(given)

    def elsewhere(self, values, at, per=None, order=0):
        return self.back(values)

    def back(self, values, per=None, order=0):
        space, made = self.given.__array_namespace__(), np.array(values, order="C")
        if space.isdtype(self.given.dtype, "real floating"):
            return space.asarray(made, dtype=self.given.dtype)
        return space.asarray(made)


def kind_of(given):
    """How to take the numbers out of an array, and put answers back."""
    for base in type(given).__mro__:
        package = base.__module__.partition(".")[0]
        name = base.__name__
        if package == "pandas" and name in ("Series", "Index", "DataFrame"):
            return _Frame(given) if name == "DataFrame" else _Series(given)
        if package == "xarray" and name in ("DataArray", "Variable"):
            return _Labelled(given) if name == "DataArray" else _Coordinate(given)
        if package == "pint" and hasattr(given, "magnitude"):
            return Quantity(given)
        if package == "torch" and name == "Tensor":
            return _Tensor(given)
    if hasattr(given, "__array_namespace__") and not isinstance(given, (np.ndarray, np.generic)):
        return _Standard(given)
    return Kind(given)


def _known(given):
    """A pandas Series or Index as NumPy's array: numbers as floats where some are missing."""
    if given.dtype.kind in "iuf" and not isinstance(given.dtype, np.dtype):
        return given.to_numpy(dtype=float, na_value=np.nan)
    return given.to_numpy()
