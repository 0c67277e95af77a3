# Arguments of a request: what a parser reads, refused with 400 when it is malformed, null when it is not there.
from flask import abort, request
from flask_restx.native import choice, list_of, properties, string, typed, upload, validate


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
        if self.location == "files":
            return upload() if self.required else upload().or_null()
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
        for where in ["query", "either", "json", "form", "files", "headers", "cookies"]:
            setattr(self, "has_" + where, False)
        query = {}
        either = {}
        json = {}
        form = {}
        files = {}
        headers = {}
        cookies = {}
        for one in self.args:
            where = one.location
            if where == "args" or where == "values":
                query[one.name] = one.schema()
                self.has_query = True
            elif where == "json":
                json[one.name] = one.schema()
                self.has_json = True
            elif where == "form":
                form[one.name] = one.schema()
                self.has_form = True
            elif where == "files":
                files[one.name] = one.schema()
                self.has_files = True
            elif where == "headers":
                headers[one.name] = one.schema()
                self.has_headers = True
            elif where == "cookie" or where == "cookies":
                cookies[one.name] = one.schema()
                self.has_cookies = True
            elif isinstance(where, str):
                continue
            else:
                either[one.name] = one.schema()
                self.has_either = True
        self.of_query = properties(query)
        self.of_either = properties(either)
        self.of_json = properties(json)
        self.of_form = properties(form)
        self.of_files = properties(files)
        self.of_headers = properties(headers)
        self.of_cookies = properties(cookies)

    def parse_args(self, req=None, strict=False, http_error_code=400):
        try:
            found = {}
            if self.has_headers:
                found = {**found, **validate(request.headers, self.of_headers)}
            if self.has_cookies:
                found = {**found, **validate(request.cookies, self.of_cookies)}
            if self.has_files:
                found = {**found, **validate(request.files, self.of_files)}
            if self.has_query:
                query = validate(request.args, self.of_query)
                if not (self.has_either or self.has_json or self.has_form or self.has_headers or self.has_cookies or self.has_files):
                    return query
                found = {**found, **query}
            if self.has_form:
                form = validate(request.form, self.of_form)
                if not (self.has_query or self.has_either or self.has_headers or self.has_cookies or self.has_files):
                    return form
                found = {**found, **form}
            if self.has_json:
                json = validate(request.get_json(), self.of_json)
                if not (self.has_query or self.has_either or self.has_headers or self.has_cookies or self.has_files):
                    return json
                found = {**found, **json}
            if self.has_either and request.method != "GET" and request.method != "DELETE":
                return validate(request.get_json(), self.of_either)
            if self.has_either:
                return validate(request.args, self.of_either)
            return found
        except Exception:
            abort(400)
