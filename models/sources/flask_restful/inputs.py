from flask_restx.inputs import *
