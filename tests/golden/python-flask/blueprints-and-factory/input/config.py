import os
class Config:
    X = os.environ.get("X")
