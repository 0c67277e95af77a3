# What the project's REST_FRAMEWORK says; filled when all modules have run.
class Settings:
    permissions = []
    anonymous = True


api_settings = Settings()
