"""Leads connections to some hosts and ports to others on this machine, without TLS: libraries look names up with socket.getaddrinfo, and wrap
sockets, or pairs of buffers, with ssl.SSLContext."""
import socket
import ssl


class _Plain:
    """What ssl.SSLContext.wrap_bio returns, with nothing encrypted."""

    def __init__(self, incoming, outgoing, context, server_hostname):
        self._incoming, self._outgoing, self.context, self.server_hostname = incoming, outgoing, context, server_hostname
        self.server_side, self.session, self.session_reused = False, None, False

    def do_handshake(self):
        pass

    def read(self, count=1024, buffer=None):
        data = self._incoming.read(count)
        if not data and not self._incoming.eof:
            raise ssl.SSLWantReadError(ssl.SSL_ERROR_WANT_READ, "nothing to read")
        if buffer is None:
            return data
        buffer[:len(data)] = data
        return len(data)

    def write(self, data):
        return self._outgoing.write(data)

    def unwrap(self):
        return None

    def pending(self):
        return self._incoming.pending

    def version(self):
        return "TLSv1.3"

    def cipher(self):
        return ("none", "TLSv1.3", 0)

    def getpeercert(self, binary_form=False):
        return b"" if binary_form else {}

    def selected_alpn_protocol(self):
        return None

    def selected_npn_protocol(self):
        return None

    def shared_ciphers(self):
        return None

    def compression(self):
        return None

    def get_channel_binding(self, cb_type="tls-unique"):
        return None


def lead(ports):
    own_look_up, own_wrap, own_wrap_bio = socket.getaddrinfo, ssl.SSLContext.wrap_socket, ssl.SSLContext.wrap_bio
    here = {int(port) for port in ports.values()}
    hosts = {name.rpartition(":")[0] for name in ports}

    def text(host):
        return (host.decode("ascii", "replace") if isinstance(host, bytes) else str(host or "")).lower()

    def look_up(host, port, *args, **kwargs):
        port = port.decode() if isinstance(port, bytes) else port
        known = {"http": 80, "https": 443}.get(port, port)
        ours = ports.get("%s:%s" % (text(host), known))
        return own_look_up(host, port, *args, **kwargs) if ours is None else own_look_up("127.0.0.1", int(ours), *args, **kwargs)

    def is_ours(sock):
        try:
            address = sock.getpeername()
            return address[0] == "127.0.0.1" and address[1] in here
        except (OSError, IndexError, TypeError):
            return False

    def wrap(self, sock, *args, **kwargs):
        return sock if is_ours(sock) else own_wrap(self, sock, *args, **kwargs)

    def wrap_bio(self, incoming, outgoing, server_side=False, server_hostname=None, session=None):
        if text(server_hostname) in hosts:
            return _Plain(incoming, outgoing, self, server_hostname)
        return own_wrap_bio(self, incoming, outgoing, server_side, server_hostname, session)

    socket.getaddrinfo, ssl.SSLContext.wrap_socket, ssl.SSLContext.wrap_bio = look_up, wrap, wrap_bio
