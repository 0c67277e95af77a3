from starlette.applications import Starlette
from starlette.authentication import AuthCredentials, AuthenticationBackend, SimpleUser, requires
from starlette.middleware import Middleware
from starlette.middleware.authentication import AuthenticationMiddleware
from starlette.responses import JSONResponse
from starlette.routing import Route

class Backend(AuthenticationBackend):
    async def authenticate(self, conn):
        if "Authorization" not in conn.headers:
            return
        return AuthCredentials(["authenticated"]), SimpleUser("x")

@requires("authenticated")
async def me(request):
    return JSONResponse({"me": request.user.display_name})

app = Starlette(routes=[Route("/me", me)], middleware=[Middleware(AuthenticationMiddleware, backend=Backend())])
