"""The `__init__` that `dataclass` writes, step by step, so that `__post_init__` is followed.

It sets the fields from the arguments, defaults and factories, and hands what is declared
as `InitVar` on to `__post_init__`.
"""

import dataclasses
import inspect


def initializer(cls, start, follow):
    """What to call in place of the written `__init__` of a dataclass."""
    signature = inspect.signature(start)
    fields = cls.__dataclass_fields__  # with the InitVars, which dataclasses.fields() leaves out
    put = object.__setattr__ if cls.__dataclass_params__.frozen else setattr
    slots = "__slots__" in cls.__dict__
    begun = follow(cls.__post_init__)

    def initialize(made, *args, **kwargs):
        given = signature.bind(made, *args, **kwargs).arguments
        passed_on = []
        for name, field in fields.items():
            kind = field._field_type.name
            if kind == "_FIELD_CLASSVAR":
                continue
            if name in given:
                value = given[name]
            elif field.default_factory is not dataclasses.MISSING:
                value = field.default_factory()
            elif field.default is not dataclasses.MISSING:
                value = field.default
            else:
                continue
            if kind == "_FIELD_INITVAR":
                passed_on.append(value)
            elif field.init or field.default_factory is not dataclasses.MISSING or slots:
                put(made, name, value)
        begun(made, *passed_on)

    return initialize
