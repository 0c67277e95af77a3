from flask_restx.models import *
