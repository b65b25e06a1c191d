"""The site and its worker as two processes that live and end together."""

import signal
import subprocess
import sys
import time
from collections.abc import Callable
from http.client import HTTPConnection, HTTPException
from types import FrameType

COMMAND = (sys.executable, "-m", "app")
START_TIMEOUT = 60.0  # seconds
STOP_TIMEOUT = 15.0


class Stopped(Exception):
    """Somebody asked to end: Ctrl-C or SIGTERM."""


def run(host: str, port: int, when_ready: Callable[[], None]) -> int:
    """Start both, call `when_ready` once the site answers, wait; returns the exit status.

    0 when somebody stopped them, 1 when one of them died; the other one is ended then.
    """
    earlier = {number: signal.signal(number, _stop) for number in (signal.SIGINT, signal.SIGTERM)}
    children: list[subprocess.Popen[bytes]] = []
    try:
        children.append(_start("serve", "--host", host, "--port", str(port)))
        children.append(_start("worker"))
        if _wait_for_answer(host, port, children):
            when_ready()
        while all(child.poll() is None for child in children):
            time.sleep(0.2)
    except Stopped:
        return 0
    else:
        return 1
    finally:
        for number in earlier:
            signal.signal(number, signal.SIG_IGN)  # a second Ctrl-C must not leave one behind
        _end(children)
        for number, handler in earlier.items():
            signal.signal(number, handler)


def _stop(_number: int, _frame: FrameType | None) -> None:
    raise Stopped


def _start(*arguments: str) -> subprocess.Popen[bytes]:
    # In a session of its own: a Ctrl-C reaches the parent alone, which ends both in order.
    return subprocess.Popen([*COMMAND, *arguments], start_new_session=True)  # noqa: S603 -- our own command


def _wait_for_answer(host: str, port: int, children: list[subprocess.Popen[bytes]]) -> bool:
    deadline = time.monotonic() + START_TIMEOUT
    while time.monotonic() < deadline and all(child.poll() is None for child in children):
        if _answers(host, port):
            return True
        time.sleep(0.1)
    return False


def _answers(host: str, port: int) -> bool:
    connection = HTTPConnection(host, port, timeout=2)
    try:
        connection.request("GET", "/readyz")
        return connection.getresponse().status == 200
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()


def _end(children: list[subprocess.Popen[bytes]]) -> None:
    for child in children:
        child.terminate()
    for child in children:
        try:
            child.wait(STOP_TIMEOUT)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
