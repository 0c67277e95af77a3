r = 1 < n <= 0x1F
s = a if b else c
t = x is not None and y not in z
u = f"a{b!r}c{{d}}{e:>{w}}" "tail"
v = "raw" r'\d+' "\x41\n"
w = [p * 2 for p in q if p for o in p]
m = {k: v for k, v in d.items()}
g = sum(x for x in y)
h = f(1, *a, k=2, **b)
i = lambda a, *b, c=1: a
j = l[1:2], l[:-1], l[::2], l[a, b]
k = {"a": 1, 2: b, **c}, {1, 2}, ()
z = await x if not 1_000.5e3 else ...
