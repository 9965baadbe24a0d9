"""Drives Firefox over Marionette, its own remote protocol; nothing has to be installed besides it.

A message is its length, a colon, and JSON: [0, id, command, parameters] there, [1, id, error,
result] back (Firefox source docs, "Marionette protocol").
"""

import json
import os
import shutil
import socket
import subprocess
import time
from pathlib import Path

__all__ = ["Firefox", "find_firefox"]

_PREFERENCES = {
    "marionette.port": 0,
    "browser.shell.checkDefaultBrowser": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    "app.update.disabledForTesting": True,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "browser.startup.page": 0,
    "intl.accept_languages": "en",
}


def find_firefox() -> str | None:
    """The program: $FIREFOX, else one on PATH, else None."""
    return os.environ.get("FIREFOX") or shutil.which("firefox-esr") or shutil.which("firefox")


class Firefox:
    """One headless Firefox with a profile of its own in `folder`."""

    def __init__(self, program: str, folder: Path):
        lines = [f"user_pref({json.dumps(k)}, {json.dumps(v)});" for k, v in _PREFERENCES.items()]
        (folder / "user.js").write_text("\n".join(lines), encoding="utf-8")
        command = [program, "--headless", "--marionette", "--no-remote", "--profile", str(folder)]
        self._process = subprocess.Popen(
            command, env=os.environ | {"HOME": str(folder), "MOZ_HEADLESS": "1"},
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        self._id = 0
        self._socket = self._connect(folder / "MarionetteActivePort")
        self._read()
        self("WebDriver:NewSession", {"capabilities": {}})
        self("WebDriver:SetTimeouts", {"script": 60_000, "pageLoad": 60_000})

    def __call__(self, command: str, parameters: dict):
        """Send one command; returns its result, raises RuntimeError with the browser's message."""
        self._id += 1
        data = json.dumps([0, self._id, command, parameters]).encode()
        self._socket.sendall(b"%d:%s" % (len(data), data))
        _, _, error, result = self._read()
        if error:
            raise RuntimeError(f"{command}: {error['message']}")
        return result.get("value") if isinstance(result, dict) else result

    def open(self, address: str) -> None:
        self("WebDriver:Navigate", {"url": address})

    def run(self, script: str, *words):
        """Run the body of an asynchronous function in the page; returns what it returns."""
        body = "const done = arguments[arguments.length - 1]; const words = [...arguments].slice(0, -1);"
        body += f"(async () => {{ {script} }})().then(done, (error) => done(`failed: ${{error}}`));"
        return self("WebDriver:ExecuteAsyncScript", {"script": body, "args": list(words)})

    def close(self) -> None:
        self._socket.close()
        self._process.terminate()
        self._process.wait(20)

    def _connect(self, file: Path) -> socket.socket:
        until = time.monotonic() + 60
        while time.monotonic() < until:
            try:
                return socket.create_connection(("127.0.0.1", int(file.read_text())), timeout=90)
            except (OSError, ValueError):
                if self._process.poll() is not None:
                    raise RuntimeError(f"Firefox ended with {self._process.returncode}") from None
                time.sleep(0.1)
        self._process.terminate()
        raise RuntimeError("Firefox did not open its remote port within a minute")

    def _read(self):
        size = b""
        while not size.endswith(b":"):
            size += self._receive(1)
        return json.loads(self._receive(int(size[:-1])))

    def _receive(self, count: int) -> bytes:
        data = b""
        while len(data) < count:
            piece = self._socket.recv(count - len(data))
            if not piece:
                raise RuntimeError("Firefox closed its remote port")
            data += piece
        return data
