"""Faultline's eyes inside a Python process (3.8 and newer): found through PYTHONPATH, silent unless FAULTLINE_REPORT names a file.
It changes nothing that the application can rely on; it appends JSON lines:

  {"type":"hello","pid":1,"runtime":"python 3.11.2"}      once a process
  {"type":"listening","port":3000}                        a socket listens
  {"type":"error","name","message","frames":[["fn","/abs/file.py",12,5],...],"thrower":"/abs/file.py"}
                                                          an exception that was seen in the project's code, caught or not; frames
                                                          innermost first, lines and columns (UTF-16) from 1, column 0: not known
  {"type":"uncaught","name","message","frames"}           nobody caught it: its thread, or the process, ends
  {"type":"lines","files":[{"file":"/abs/file.py","lines":[3,4]}]}
  {"type":"done","ask":3,"ok":true}                       the answer to what stands in the pipe FAULTLINE_CONTROL, a line each:

    begin 1    errors and lines count from here
    lines 2    the lines that ran since then

FAULTLINE_UPSTREAMS="rates.example.com:443=40001 ...": connections to that host and port lead to that port of this machine, without TLS.

How: the tracing of the interpreter, for frames of files below FAULTLINE_ROOT only, and a thread that waits at the pipe. The
sitecustomize that this one hides is run, too.
"""
import os
import sys


def _run_hidden():
    """The next sitecustomize on the way, which would have run without us."""
    here = os.path.dirname(os.path.abspath(__file__))
    for folder in sys.path:
        path = os.path.join(folder, "sitecustomize.py")
        if os.path.abspath(folder or ".") != here and os.path.isfile(path):
            with open(path, "rb") as source:
                code = compile(source.read(), path, "exec")
            exec(code, {"__name__": "sitecustomize", "__file__": path})
            return


def _start(report_path, root):
    import json
    import socket
    import threading

    limits = {"errors": 60, "frames": 40, "text": 20000}
    root = os.path.realpath(root) + os.sep
    inner = ("site-packages", "dist-packages", ".venv", "venv", "node_modules")
    try:
        fd = os.open(report_path, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError:
        return
    dumps, write, own_pid = json.dumps, os.write, [os.getpid()]

    def report(event):
        line = (dumps(event) + "\n").encode()
        try:
            while line:
                line = line[write(fd, line):]
        except OSError:
            pass

    def hello():
        report({"type": "hello", "pid": os.getpid(), "runtime": "python %d.%d.%d" % sys.version_info[:3]})

    # ---- which files are the project's ----

    known = {}  # file name in a code object -> its path, or None

    def path_of(name):
        try:
            return known[name]
        except KeyError:
            path = os.path.realpath(name) if not name.startswith("<") else ""
            below = path[len(root):].split(os.sep) if path.startswith(root) else None
            known[name] = path if below and not any(part in inner for part in below[:-1]) else None
            return known[name]

    # ---- what is thrown ----

    seen, counted = set(), [0]

    def column_of(code, lasti, line):
        positions = getattr(code, "co_positions", None)
        if positions is None or lasti < 0:
            return 0
        for index, (start, _, column, _) in enumerate(positions()):
            if index == lasti // 2:
                if start != line or column is None:
                    return 0
                try:
                    import linecache
                    text = linecache.getline(code.co_filename, line).encode()[:column].decode("utf-8", "replace")
                except Exception:
                    return column + 1
                return len(text.encode("utf-16-le")) // 2 + 1
        return 0

    def frames_of(tb, outer):
        frames = []
        while tb is not None:
            frame = tb.tb_frame
            frames.append((frame.f_code, tb.tb_lineno, tb.tb_lasti))
            tb = tb.tb_next
        frames.reverse()
        while outer is not None and len(frames) < limits["frames"]:
            frames.append((outer.f_code, outer.f_lineno, outer.f_lasti))
            outer = outer.f_back
        return [[code.co_name, path_of(code.co_filename) or code.co_filename, line or 0, column_of(code, lasti, line) if path_of(code.co_filename) else 0]
                for code, line, lasti in frames[:limits["frames"]] if not code.co_filename.startswith("<frozen")]

    def describe(kind, exc_type, value, tb, outer):
        try:
            message = str(value)[:limits["text"]]
        except Exception:
            message = ""
        frames = frames_of(tb, outer)
        return {"type": kind, "name": getattr(exc_type, "__name__", ""), "message": message, "frames": frames, "thrower": frames[0][1] if frames else ""}

    def on_exception(frame, arg):
        exc_type, value, tb = arg
        last = tb
        while last is not None and last.tb_next is not None:
            last = last.tb_next
        key = (id(value), last.tb_lineno if last is not None else 0, id(last.tb_frame) if last is not None else 0)
        if key in seen or counted[0] >= limits["errors"] or exc_type is GeneratorExit:
            return
        seen.add(key)
        counted[0] += 1
        report(describe("error", exc_type, value, tb, frame.f_back))

    # ---- lines ----

    ran = {}  # path -> set of lines

    def on_call(frame, event, arg):
        path = path_of(frame.f_code.co_filename)
        if path is None:
            return None
        lines = ran.setdefault(path, set())

        def on_event(frame, event, arg):
            if event == "line":
                ran.setdefault(path, lines).add(frame.f_lineno)
            elif event == "exception":
                on_exception(frame, arg)
            return on_event

        lines.add(frame.f_lineno)
        return on_event

    # ---- questions ----

    def answer(what):
        if what == "begin":
            for lines in ran.copy().values():
                lines.clear()
            seen.clear()
            counted[0] = 0
            return True
        if what == "lines":
            report({"type": "lines", "files": [{"file": path, "lines": sorted(lines.copy())} for path, lines in sorted(ran.copy().items()) if lines]})
            return True
        return False

    def listen(pipe):
        sys.settrace(None)
        rest = b""
        while own_pid[0] == os.getpid():
            try:
                rest += os.read(pipe, 4096)
            except OSError:
                return
            *asked, rest = rest.split(b"\n")
            for line in asked:
                what, _, number = line.decode("ascii", "replace").partition(" ")
                ok = answer(what)
                report({"type": "done", "ask": int(number) if number.isdigit() else 0, "ok": ok})

    def open_control():
        try:
            pipe = os.open(os.environ["FAULTLINE_CONTROL"], os.O_RDWR | os.O_CLOEXEC)
        except (KeyError, OSError):
            return
        threading.Thread(target=listen, args=(pipe,), name="faultline", daemon=True).start()

    def after_fork():
        own_pid[0] = os.getpid()
        hello()
        open_control()

    # ---- what is wrapped ----

    own_listen = socket.socket.listen

    def listens(self, *args):
        own_listen(self, *args)
        try:
            if self.family in (socket.AF_INET, socket.AF_INET6):
                report({"type": "listening", "port": self.getsockname()[1]})
        except OSError:
            pass

    listens.__doc__ = own_listen.__doc__
    socket.socket.listen = listens

    own_hook = sys.excepthook

    def on_uncaught(exc_type, value, tb):
        if not issubclass(exc_type, (KeyboardInterrupt, SystemExit)):
            report(describe("uncaught", exc_type, value, tb, None))
        own_hook(exc_type, value, tb)

    sys.excepthook = on_uncaught
    hello()
    open_control()
    if hasattr(os, "register_at_fork"):
        os.register_at_fork(after_in_child=after_fork)
    threading.settrace(on_call)
    sys.settrace(on_call)


_run_hidden()
if os.environ.get("FAULTLINE_UPSTREAMS"):
    import faultline_upstreams
    faultline_upstreams.lead(dict(each.split("=") for each in os.environ["FAULTLINE_UPSTREAMS"].split()))
if os.environ.get("FAULTLINE_DATABASES"):
    import faultline_databases
    faultline_databases.stand_in(os.environ.get("FAULTLINE_ROOT") or os.getcwd())
if os.environ.get("FAULTLINE_REPORT"):
    _start(os.environ["FAULTLINE_REPORT"], os.environ.get("FAULTLINE_ROOT") or os.getcwd())
