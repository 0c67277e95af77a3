try:
    f()
except KeyError, ValueError:
    g()
except OSError, EOFError, TimeoutError:
    h()
