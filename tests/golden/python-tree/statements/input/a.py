a = b = 1
c, (d, *e) = f()
x: int = 3
y: str
x += 1
self.z[0] = a
for i in range(3):
    if i == 1:
        break
    elif i == 2:
        continue
    else:
        pass
else:
    print("done")
while not a and b or c:
    del a, b[0]
assert x > 0, "positive"
if (n := len(a)) > 10: print(n)


def outer():
    count = 0

    def inner():
        nonlocal count
        global a
        count = count + 1
        a = count
    return inner
