from apifairy.decorators import arguments, authenticate, body, other_responses, response, webhook


class APIFairy:
    def __init__(self, app=None):
        pass

    def init_app(self, app):
        pass

    def error_handler(self, f):
        return f

    def process_apispec(self, f):
        return f


class FieldInfo:
    pass
