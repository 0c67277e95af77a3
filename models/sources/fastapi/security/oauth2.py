from fastapi.security import *
