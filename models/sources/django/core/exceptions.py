class PermissionDenied(Exception):
    status_code = 403


class SuspiciousOperation(Exception):
    status_code = 400


class BadRequest(Exception):
    status_code = 400
