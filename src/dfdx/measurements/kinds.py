"""The arrays people have: numbers taken out of them, and answers put back into the same kind.

Known by the package they come from, so none of them is imported: pandas (index), xarray (coordinates, names,
attributes), pint (units), torch, and everything that follows the array API standard.
"""

import numpy as np


class Kind:
    """Plain arrays, lists and numbers: what comes out is NumPy's."""

    def __init__(self, given):
        self.given = given

    def numbers(self):
        """The values, as a NumPy array."""
        return np.asarray(self.given)

    def axes(self):
        """The coordinates that the array itself carries, or None."""
        return None

    def within(self, values):
        """Other values of this kind, in its unit."""
        return values

    def back(self, values, per=None, order=0):
        """An answer of the same shape as this kind of array; `per` is the kind of the coordinates."""
        return values

    def elsewhere(self, values, at, per=None, order=0):
        """An answer at other places than the array's own; `at` is the kind of the places."""
        return at.back(values) if isinstance(at, _Series) else values


class _Series(Kind):
    """pandas: Series and Index."""

    def numbers(self):
        return self.given.to_numpy()

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

    def back(self, values, per=None, order=0):
        found = self.given.copy(data=values)
        units, below = self.given.attrs.get("units"), _units(per)
        if order and units and below:
            found.attrs["units"] = (
                f"{units} / {below}" if order == 1 else f"{units} / {below}**{order}"
            )
        return found


class _Coordinate(Kind):
    """xarray: a coordinate on its own."""

    def numbers(self):
        return self.given.values


class _Quantity(Kind):
    """pint: a quantity; the derivative has the unit of the one over that of the other."""

    def numbers(self):
        return np.asarray(self.given.magnitude)

    def elsewhere(self, values, at, per=None, order=0):
        return self.back(values, per, order)

    def within(self, values):
        return values.to(self.given.units) if hasattr(values, "to") else values

    def back(self, values, per=None, order=0):
        unit = self.given.units
        if order and isinstance(per, _Quantity):
            unit = unit / per.given.units**order
        return type(self.given)(values, unit)


class _Tensor(Kind):
    """torch: a tensor, on its device and of its type."""

    def numbers(self):
        return self.given.detach().cpu().numpy()

    def elsewhere(self, values, at, per=None, order=0):
        return self.back(values)

    def back(self, values, per=None, order=0):
        import torch

        return torch.as_tensor(np.ascontiguousarray(values), device=self.given.device).to(
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
        return self.given.__array_namespace__().asarray(np.ascontiguousarray(values))


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
            return _Quantity(given)
        if package == "torch" and name == "Tensor":
            return _Tensor(given)
    if hasattr(given, "__array_namespace__") and not isinstance(given, (np.ndarray, np.generic)):
        return _Standard(given)
    return Kind(given)


def _units(per):
    given = getattr(per, "given", None)
    attributes = getattr(given, "attrs", None) or {}
    return attributes.get("units")
