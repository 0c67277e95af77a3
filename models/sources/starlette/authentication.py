from functools import wraps

from starlette.exceptions import HTTPException


def requires(scopes, status_code=403, redirect=None):
    def decorator(func):
        @wraps(func)
        async def wrapper(request, *args, **kwargs):
            if not request.headers.get("authorization"):
                raise HTTPException(status_code)
            return await func(request, *args, **kwargs)

        return wrapper

    return decorator
