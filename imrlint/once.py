"""Attributes that are computed once."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any, TypeVar, overload

T = TypeVar("T")


class cached_property(functools.cached_property[T]):  # noqa: N801 (as that of functools)
    """As `functools.cached_property`, which in Python 3.11 takes a lock for each value, as long as a small value takes.

    Two threads that want a value at the same time may compute it twice. So it is from Python 3.12 on anyway.
    """

    def __init__(self, func: Callable[[Any], T]) -> None:
        self.func = func
        self.attrname: str | None = None
        self.__doc__ = func.__doc__

    def __set_name__(self, owner: type[Any], name: str) -> None:
        super().__set_name__(owner, name)
        self._name = name

    @overload
    def __get__(self, instance: None, owner: type[Any] | None = None) -> cached_property[T]: ...

    @overload
    def __get__(self, instance: object, owner: type[Any] | None = None) -> T: ...

    def __get__(self, instance: object | None, owner: type[Any] | None = None) -> cached_property[T] | T:
        if instance is None:
            return self
        value = self.func(instance)
        instance.__dict__[self._name] = value
        return value
