# Types of arguments, as schemas.
from flask_restx.native import integer, string, truth

boolean = truth()
positive = integer().minimum(1)
natural = integer().minimum(0)
date = string().date()
datetime_from_iso8601 = string().date_time()
datetime_from_rfc822 = string()


def int_range(low, high, argument="argument"):
    return integer().minimum(low).maximum(high)


def regex(pattern):
    return string().pattern(pattern)


def email(*args, **kwargs):
    return string().email()


def url(*args, **kwargs):
    return string().uri()
