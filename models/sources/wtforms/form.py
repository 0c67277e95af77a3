# Forms: what is sent is looked at by validate(), which tells whether it fits.
from wtforms.fields import Field
from wtforms.native import check, properties, said
from wtforms.validators import StopValidation, ValidationError


class BaseForm:
    __taken__ = None
    __files__ = None
    __has_files__ = False
    __checks__ = []

    @classmethod
    def __init_subclass__(cls):
        taken = {}
        files = {}
        checks = []
        for name in dir(cls):
            one = getattr(cls, name)
            if not isinstance(one, Field):
                continue
            one.name = name
            if one.is_file:
                files[name] = one.schema()
                cls.__has_files__ = True
            else:
                taken[name] = one.schema()
            if hasattr(cls, "validate_" + name):
                checks.append(name)
        cls.__taken__ = properties(taken)
        cls.__files__ = properties(files)
        cls.__checks__ = checks

    def __init__(self, formdata=None, obj=None, prefix="", data=None, meta=None, **kwargs):
        self.values = formdata
        self.files = None
        self.is_checked = False

    def validate(self, extra_validators=None):
        said(self.values, self.__taken__)  # where it is refused with a page
        if self.__has_files__ and self.files is not None:
            sent = check(self.files, self.__files__)
            if not sent["valid"]:
                return False
            outcome = check(self.values, self.__taken__)
            self.values = {**sent["data"], **outcome["data"]}
        else:
            outcome = check(self.values, self.__taken__)
            self.values = outcome["data"]
        self.is_checked = True
        if outcome["valid"]:
            try:
                self.run_checks()
            except (ValidationError, StopValidation):
                return False
        return outcome["valid"]

    def run_checks(self):
        names = self.__checks__
        if names[0] is not None:
            getattr(self, "validate_" + names[0])(getattr(self, names[0]))
        if names[1] is not None:
            getattr(self, "validate_" + names[1])(getattr(self, names[1]))
        if names[2] is not None:
            getattr(self, "validate_" + names[2])(getattr(self, names[2]))

    @property
    def data(self):
        return self.values

    @property
    def errors(self):
        return {}

    def populate_obj(self, obj):
        pass

    def process(self, formdata=None, obj=None, data=None, **kwargs):
        pass

    def hidden_tag(self, *fields):
        return ""


class Form(BaseForm):
    pass
