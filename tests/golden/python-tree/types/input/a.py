a: int | None = None
b: Optional[list[str]] = None
c: "Later" = None
d: "dict[str, Later | None]" = {}
e: Annotated[int, Field(gt=0)] = 1
f: Literal["x", "y", 3] = "x"
g: Callable[[int, str], bool]
h: t.List[a.B]
type Alias = int | str
