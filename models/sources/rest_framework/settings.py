# What the project's REST_FRAMEWORK says; filled when all modules have run.
class Settings:
    permissions = []
    authenticators = None
    pagination = None
    page_size = None
    filters = []
    anonymous = True


api_settings = Settings()
