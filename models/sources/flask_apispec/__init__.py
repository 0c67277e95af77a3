from flask_apispec.annotations import doc, marshal_with, use_kwargs
