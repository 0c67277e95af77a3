# Validators of columns and fields: those that say more than that there are some.
class LimitValidator:
    def __init__(self, limit_value=None, message=None):
        self.limit_value = limit_value


class MinValueValidator(LimitValidator):
    pass


class MaxValueValidator(LimitValidator):
    pass


class MinLengthValidator(LimitValidator):
    pass


class MaxLengthValidator(LimitValidator):
    pass


class RegexValidator:
    def __init__(self, regex=None, message=None, code=None, inverse_match=None, flags=None):
        self.regex = regex
        self.inverse_match = inverse_match


class Validator:
    def __init__(self, *args, **kwargs):
        pass


class EmailValidator(Validator):
    pass


class URLValidator(Validator):
    pass


class FileExtensionValidator(Validator):
    pass


class DecimalValidator(Validator):
    pass


class StepValueValidator(Validator):
    pass


def validate_email(value):
    pass


def limited(made, validators):
    """A schema with what they say."""
    if not isinstance(validators, (list, tuple)):
        return made
    for one in validators:
        if isinstance(one, MinValueValidator):
            made = made.minimum(one.limit_value)
        elif isinstance(one, MaxValueValidator):
            made = made.maximum(one.limit_value)
        elif isinstance(one, MinLengthValidator):
            made = made.min_length(one.limit_value)
        elif isinstance(one, MaxLengthValidator):
            made = made.max_length(one.limit_value)
        elif isinstance(one, RegexValidator) and not one.inverse_match:
            made = made.pattern(one.regex)
    return made


def bounded(made, low, high):
    if low is not None:
        made = made.minimum(low)
    if high is not None:
        made = made.maximum(high)
    return made
