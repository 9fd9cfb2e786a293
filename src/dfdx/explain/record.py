"""A record: values under names, that do not change."""


class Record:
    """Subclasses name their fields in `__slots__`; all are given, in that order or by name.

    >>> class Point(Record):
    ...     __slots__ = ("x", "y")
    >>> Point(1, y=2)
    Point(x=1, y=2)
    """

    __slots__ = ()

    def __init__(self, *values, **named):
        given = dict(zip(self.__slots__, values, strict=False), **named)
        if len(given) != len(self.__slots__) or len(values) > len(self.__slots__):
            raise TypeError(f"{type(self).__name__} has the fields {', '.join(self.__slots__)}")
        for name in self.__slots__:
            object.__setattr__(self, name, given[name])

    def __setattr__(self, name, value):
        raise AttributeError(f"a {type(self).__name__} does not change; {name} is fixed")

    def __repr__(self):
        fields = ", ".join(f"{name}={getattr(self, name)!r}" for name in self.__slots__)
        return f"{type(self).__name__}({fields})"

    def __reduce__(self):
        return type(self), tuple(getattr(self, name) for name in self.__slots__)
