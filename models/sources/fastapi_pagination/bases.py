from fastapi_pagination import Page as AbstractPage, Params as AbstractParams
