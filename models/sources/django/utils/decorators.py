def method_decorator(decorator, name=""):
    def same(target):
        return target

    return same
