class Settings:
    """Its members are what the project's own module says; the name of its users' model is asked for when classes are made."""

    AUTH_USER_MODEL = "auth.User"


settings = Settings()
