# Validators: what they say of a field's schema, and whether the field has to be sent.


class ValidationError(ValueError):
    pass


class StopValidation(Exception):
    pass


class Validator:
    demands = False

    def __init__(self, *args, **kwargs):
        pass

    def limit(self, made):
        return made


class DataRequired(Validator):
    demands = True


class InputRequired(Validator):
    demands = True


class Optional(Validator):
    frees = True


class Length(Validator):
    def __init__(self, min=-1, max=-1, message=None):
        self.low = min
        self.high = max
        self.demands = min > 0

    def limit(self, made):
        if self.low > 0:
            made = made.min_length(self.low)
        return made.max_length(self.high) if self.high >= 0 else made


class NumberRange(Validator):
    demands = True

    def __init__(self, min=None, max=None, message=None):
        self.low = min
        self.high = max

    def limit(self, made):
        if isinstance(self.low, (int, float)):
            made = made.minimum(self.low)
        return made.maximum(self.high) if isinstance(self.high, (int, float)) else made


class Email(Validator):
    demands = True

    def limit(self, made):
        return made.email()


class URL(Validator):
    demands = True

    def limit(self, made):
        return made.uri()


class UUID(Validator):
    demands = True

    def limit(self, made):
        return made.uuid()


class Regexp(Validator):
    def __init__(self, regex=None, flags=0, message=None):
        self.regex = regex

    def limit(self, made):
        return made.pattern(self.regex) if isinstance(self.regex, str) else made


class AnyOf(Validator):
    demands = True

    def __init__(self, values=None, message=None, values_formatter=None):
        self.values = values


class NoneOf(Validator):
    pass


class EqualTo(Validator):
    pass


class IPAddress(Validator):
    demands = True


class MacAddress(Validator):
    demands = True


data_required = DataRequired
input_required = InputRequired
optional = Optional
length = Length
number_range = NumberRange
email = Email
url = URL
regexp = Regexp
any_of = AnyOf
none_of = NoneOf
equal_to = EqualTo
