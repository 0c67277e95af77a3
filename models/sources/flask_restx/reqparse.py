# Arguments of a request: what a parser reads, refused with 400 when it is malformed, null when it is not there.
from flask import abort, request
from flask_restx.native import choice, list_of, properties, string, typed, validate


class Argument:
    def __init__(self, name, default=None, dest=None, required=False, ignore=False, type=None, location=("json", "values"), choices=None, action="store", help=None, operators=None, case_sensitive=True, store_missing=True, trim=False, nullable=True):
        self.name = name
        self.default = default
        self.required = required
        self.type = type
        self.location = location
        self.choices = choices
        self.action = action

    def schema(self):
        made = string() if self.type is None else typed(self.type)
        if self.choices is not None and isinstance(self.choices, (list, tuple)):
            made = choice(self.choices)
        if self.action == "append" or self.action == "split":
            made = list_of(made)
        if self.default is not None:
            return made.preset(self.default)
        return made if self.required else made.or_null()


class RequestParser:
    def __init__(self, argument_class=None, result_class=None, trim=False, bundle_errors=False):
        self.args = []
        self.settle()

    def add_argument(self, *args, **kwargs):
        one = args[0] if isinstance(args[0], Argument) else Argument(*args, **kwargs)
        self.args.append(one)
        self.settle()
        return self

    def copy(self):
        made = RequestParser()
        for one in self.args:
            made.args.append(one)
        made.settle()
        return made

    def replace_argument(self, name, *args, **kwargs):
        self.args = [one for one in self.args if one.name != name]
        return self.add_argument(name, *args, **kwargs)

    def remove_argument(self, name):
        self.args = [one for one in self.args if one.name != name]
        self.settle()
        return self

    def settle(self):
        self.query = {}
        self.either = {}
        self.json = {}
        self.form = {}
        self.has_query = False
        self.has_either = False
        self.has_json = False
        self.has_form = False
        for one in self.args:
            where = one.location
            if where == "args" or where == "values":
                self.query[one.name] = one.schema()
                self.has_query = True
            elif where == "json":
                self.json[one.name] = one.schema()
                self.has_json = True
            elif where == "form":
                self.form[one.name] = one.schema()
                self.has_form = True
            elif isinstance(where, str):
                continue
            else:
                self.either[one.name] = one.schema()
                self.has_either = True
        self.of_query = properties(self.query)
        self.of_either = properties(self.either)
        self.of_json = properties(self.json)
        self.of_form = properties(self.form)

    def parse_args(self, req=None, strict=False, http_error_code=400):
        try:
            if self.has_query and (self.has_either or self.has_json or self.has_form):
                validate(request.args, self.of_query)
            if self.has_form:
                return validate(request.form, self.of_form)
            if self.has_json:
                return validate(request.get_json(), self.of_json)
            if self.has_either and request.method != "GET" and request.method != "DELETE":
                return validate(request.get_json(), self.of_either)
            if self.has_either:
                return validate(request.args, self.of_either)
            return validate(request.args, self.of_query)
        except Exception:
            abort(400)
