# A form of the request that is handled.
from flask import request
from wtforms.form import BaseForm

SENT = ("POST", "PUT", "PATCH", "DELETE")


class FlaskForm(BaseForm):
    def __init__(self, formdata=None, obj=None, prefix="", data=None, meta=None, **kwargs):
        self.values = request.form if formdata is None else formdata
        self.files = request.files
        self.is_checked = False

    def is_submitted(self):
        return request.method in SENT

    def validate_on_submit(self, extra_validators=None):
        if request.method not in SENT:
            return False
        return self.validate()


Form = FlaskForm
