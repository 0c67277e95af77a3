@app.route("/a")
@wraps
async def a(x, /, y: int = 1, *args, z, **kw) -> str:
    return x


class A(Base, Mixin, metaclass=M):
    """Text."""
    kind = "a"
    size: int
    name: str = None

    def __init__(self, a, b=None):
        super().__init__(a)
        self.b = b

    @property
    def c(self):
        return [self.b for x in self.kind]

    @staticmethod
    def d(x):
        return x

    @classmethod
    def e(cls):
        return cls(1)

    @check("q")
    def f(this):
        def g():
            yield this.b
        return g

    class Meta:
        fields = ["a"]

    if True:
        pass
