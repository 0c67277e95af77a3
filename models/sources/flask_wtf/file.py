from wtforms.fields import FileField, MultipleFileField
from wtforms.validators import Validator


class FileRequired(Validator):
    demands = True


class FileAllowed(Validator):
    pass


class FileSize(Validator):
    pass


file_required = FileRequired
file_allowed = FileAllowed
