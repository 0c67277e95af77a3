class PermissionDenied(Exception):
    status_code = 403


class SuspiciousOperation(Exception):
    status_code = 400


class BadRequest(Exception):
    status_code = 400


class ValidationError(Exception):
    def __init__(self, message=None, code=None, params=None):
        self.message = message
