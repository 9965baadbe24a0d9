"""A plain static server on loopback, under a sub-path, that can be told to misbehave."""

import contextlib
import mimetypes
import socket
import threading
import time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote, urlsplit

mimetypes.add_type("application/wasm", ".wasm")
mimetypes.add_type("text/javascript", ".mjs")


class SiteServer:
    """Serves `folder` at `url`; `requests` lists the paths asked for, `fault` may answer instead.

    `fault(handler, path)` is called for every request with the path below the prefix and returns
    True where it has answered. `headers` go with every answer. `encodings` are offered where a file stands precompressed.
    """

    def __init__(self, folder: Path, prefix: str, port: int = 0, encodings=("br", "gzip")):
        self.folder = folder
        self.prefix = prefix
        self.encodings = encodings
        self.requests: list[str] = []
        self.sent = 0
        self.headers: dict[str, str] = {}
        self.fault: Callable | None = None
        self._server = ThreadingHTTPServer(("127.0.0.1", port), self._handler())
        self._server.daemon_threads = True
        self._lines: set[socket.socket] = set()
        self.origin = f"http://127.0.0.1:{self._server.server_port}"
        self.url = f"{self.origin}{prefix}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def close(self) -> None:
        """Take no more connections and cut those there are, which a browser would go on using."""
        self._server.shutdown()
        self._server.server_close()
        for line in list(self._lines):
            with contextlib.suppress(OSError):  # the other side was faster
                line.shutdown(socket.SHUT_RDWR)

    def _handler(self):
        site = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            # Else each answer waits for the reader to acknowledge its headers.
            disable_nagle_algorithm = True

            def setup(self):
                super().setup()
                site._lines.add(self.connection)

            def finish(self):
                site._lines.discard(self.connection)
                with contextlib.suppress(OSError):
                    super().finish()

            def do_GET(self):
                path = unquote(urlsplit(self.path).path)
                site.requests.append(path)
                inside = path.removeprefix(site.prefix) if path.startswith(site.prefix) else None
                try:
                    if site.fault and inside is not None and site.fault(self, inside):
                        return
                    self.serve(inside)
                except (BrokenPipeError, ConnectionResetError):
                    self.close_connection = True

            def serve(self, inside):
                file = (site.folder / (inside or "")).resolve() if inside is not None else None
                if file and file.is_dir():
                    file = file / "index.html"
                if not file or not file.is_file() or site.folder.resolve() not in file.parents:
                    missing = site.folder / "404.html"
                    return self.reply(404, missing.read_bytes(), "text/html; charset=utf-8")
                kind = self.kind(file.name)
                headers = {}
                for encoding, suffix in (("br", ".br"), ("gzip", ".gz")):
                    packed = file.with_name(file.name + suffix)
                    wanted = encoding in self.headers.get("Accept-Encoding", "")
                    if wanted and encoding in site.encodings and packed.is_file():
                        headers["Content-Encoding"] = encoding
                        file = packed
                        break
                self.reply(200, file.read_bytes(), kind, headers)

            def file(self, inside):
                """The bytes of a file of the site, unpacked."""
                return (site.folder / inside).read_bytes()

            def kind(self, name):
                return mimetypes.guess_type(name)[0] or "application/octet-stream"

            def reply(self, status, body, kind, headers=None):
                self.send_response(status)
                self.send_header("Content-Type", kind)
                self.send_header("Content-Length", str(len(body)))
                fresh = {"Cache-Control": "max-age=0, must-revalidate"}
                for name, value in (fresh | site.headers | (headers or {})).items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(body)
                site.sent += len(body)

            def stall(self, seconds):
                """Promise a body and send nothing."""
                self.send_response(200)
                self.send_header("Content-Type", "application/octet-stream")
                self.send_header("Content-Length", "1000000")
                self.end_headers()
                self.wfile.flush()
                self.pause(seconds)

            def pause(self, seconds):
                """Keep the line open and say nothing more."""
                time.sleep(seconds)
                self.close_connection = True

            def log_message(self, *words):
                pass

        return Handler
