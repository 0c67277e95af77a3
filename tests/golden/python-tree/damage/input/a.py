def f(:
    return 1 +

class A(
    x = = 2

print "old"
for in y:
    @
