"""Serving the desk on this machine, until the person closes it, or the last of its pages."""

from __future__ import annotations

import socket
import threading
import webbrowser
from collections.abc import Callable

import uvicorn

from imrlint.page.app import create_app
from imrlint.page.guard import Keys
from imrlint.page.house import House
from imrlint.page.presence import Patience, Presence
from imrlint.session import garbage
from imrlint.session.options import RunOptions

ADDRESS = "127.0.0.1"
_SECONDS_TO_CLOSE = 2


class CannotListen(Exception):
    """The port is not free. The message says so, in one line."""


def serve_desk(
    options: RunOptions,
    port: int,
    say: Callable[[str], None],
    *,
    opens_browser: bool,
    patience: Patience | None,
) -> None:
    """Serve the desk, and return when it is closed. With port 0, on any free port.

    It closes itself when its `patience` with people who have closed all pages is over; without it, never.
    Raises ConfigError, CannotListen.
    """
    house, keys = House(options), Keys()
    listening = _listen(port)
    host = f"{ADDRESS}:{listening.getsockname()[1]}"

    def close() -> None:
        server.should_exit = True

    server = uvicorn.Server(
        uvicorn.Config(
            create_app(house, keys, [host], Presence(close, lambda: server.should_exit, patience)),
            access_log=False,
            log_level="error",
            lifespan="off",
            ws="none",
            server_header=False,
            proxy_headers=False,
            timeout_graceful_shutdown=_SECONDS_TO_CLOSE,
        )
    )
    say(f"The desk is open at http://{host}/#{keys.key}")
    say("Letters stay on this computer, and are forgotten when the desk is closed: on its page, or with Ctrl-C here.")
    if patience:
        minutes = patience.after_goodbye / 60
        say(f"It closes itself {minutes:g} minutes after its last page was closed; --keep-open keeps it.")
    if opens_browser:
        address = f"http://{host}/#{keys.ticket}"
        threading.Thread(target=webbrowser.open, args=(address,), daemon=True).start()
    threading.Thread(target=_warm_up, args=(house,), daemon=True).start()
    try:
        server.run(sockets=[listening])
    finally:
        listening.close()


def _warm_up(house: House) -> None:
    """Load what letters need, which the collector of garbage then leaves alone; it looks after everything else."""
    house.warm_up()
    garbage.collect_from_here()


def _listen(port: int) -> socket.socket:
    """A socket that only this machine reaches. Raises CannotListen."""
    listening = socket.socket()
    try:
        listening.bind((ADDRESS, port))
        listening.listen()
    except OSError as error:
        listening.close()
        raise CannotListen(f"port {port} cannot be used: {error.strerror or error}; another one may be free") from error
    return listening
