def f(x):
    try:
        a = x["k"]
    except (KeyError, IndexError) as e:
        raise Bad(str(e)) from e
    except ValueError:
        raise
    except Exception as other:
        return other
    else:
        return a
    finally:
        close()
    with open(x) as g, lock:
        g.read()
    with open(x) as self.h:
        pass
    match x:
        case 1 | 2:
            return "n"
        case {"a": b} if b:
            return b
        case Point(x=0) as p:
            return p
        case [c, *_]:
            return c
        case Color.RED:
            return 1
        case _:
            return None
