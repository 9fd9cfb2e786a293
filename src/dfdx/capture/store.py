"""The memory behind the handles of one array: its elements, wherever they wait.

Single elements that are stored wait in a dict and are read back from it; they are joined to
the array when it is used as a whole. So a loop that fills an array element by element costs
the same per element whatever its length.
"""

import numpy as np

from ..assembly import Assemble, size_of
from ..primitive import shape_of
from .traced import is_complex, plain


class Store:
    """What all views of one array share: the array (plain or traced) and the elements stored since."""

    __slots__ = ("array", "dtype", "elements", "length", "places")

    def __init__(self, array):
        self.array = array
        self.dtype = plain(array).dtype if not is_complex(array) else np.dtype(complex)
        shape = shape_of(array)
        self.length = shape[0] if len(shape) == 1 else None  # of a vector, for the short way
        self.elements = {}
        self.places = None

    def place(self, index):
        """The place of an element of a vector."""
        if not -self.length <= index < self.length:
            raise IndexError(f"index {index} is out of bounds for axis 0 with size {self.length}")
        return index + self.length if index < 0 else index

    def settled(self):
        """The array with the waiting elements in it."""
        if self.elements:
            places = np.fromiter(self.elements, dtype=np.intp, count=len(self.elements))
            self.array = Assemble(places)(self.array, *self.elements.values())
            self.elements = {}
        return self.array

    def all_places(self):
        """The flat place of every element, in the array's shape."""
        if self.places is None:
            shape = shape_of(self.array)
            self.places = np.arange(size_of(shape)).reshape(shape)
        return self.places


def is_view(index):
    """True for an index whose result shows the same memory."""
    parts = index if isinstance(index, tuple) else (index,)
    return all(p is None or p is Ellipsis or isinstance(p, (int, np.integer, slice)) for p in parts)
