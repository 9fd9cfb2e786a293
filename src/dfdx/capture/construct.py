"""Objects made in the user's code: `__new__`, `__init__` and `__post_init__` are followed.

A class is called as the language calls it, step by step, where one of the steps is a
function that the user wrote; any other class is called as it is.
"""

from types import FunctionType, MethodType


def maker(cls, follow, is_users):
    """What to call in place of a class."""
    hook = type(cls).__call__
    if type(hook) is FunctionType:  # of a metaclass
        return MethodType(follow(hook), cls) if is_users(hook) else cls
    return instance_maker(cls, follow, is_users)


def instance_maker(cls, follow, is_users):
    """The same, past the metaclass."""
    new, start = cls.__new__, cls.__init__
    new_followed = type(new) is FunctionType and is_users(new)
    start_followed = type(start) is FunctionType and is_users(start)
    if not (new_followed or start_followed):
        return cls
    if start_followed and _is_written(start, cls):
        if not hasattr(cls, "__post_init__"):
            return cls
        from .known.dataclasses import initializer

        start = initializer(cls, start, follow)
    elif start_followed:
        start = follow(start)
    make = follow(new) if new_followed else new
    if make is new and start is cls.__init__:  # nothing in them needs to be followed
        return cls

    def begin(*args, **kwargs):
        made = make(cls)
        start(made, *args, **kwargs)
        return made

    def construct(*args, **kwargs):
        made = make(cls, *args, **kwargs)
        if type(made) is cls:
            start(made, *args, **kwargs)
        elif isinstance(made, cls):
            follow(type(made).__init__)(made, *args, **kwargs)
        return made

    return begin if new is object.__new__ else construct


def _is_written(start, cls):
    """True for the `__init__` that `dataclass` wrote."""
    return start.__code__.co_filename == "<string>" and hasattr(cls, "__dataclass_fields__")
