class ApiError(Exception): pass
