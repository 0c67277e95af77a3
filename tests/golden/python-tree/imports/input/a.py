from __future__ import annotations
import os, a.b.c
import d.e as f
from . import g
from ..h.i import j as k, l
from m import *
from typing import TYPE_CHECKING
if TYPE_CHECKING:
    from n import o
try:
    import p
except ImportError:
    p = None


def q():
    from .r import s as t
    import u.v
    return t
