"""Where messages arrive: a push service and a mail server of our own, in a process of their own, that count.

    with open_far_end(folder) as there:
        … send to there.endpoint("somebody") and to there.smtp_port …
        there.behave(cut=0.01)          # one in a hundred is taken in whole, and the line cut before the answer
        there.arrived()                 # every push and every mail, in the order in which they came

What it took in is in a file before `arrived` answers, whoever was killed meanwhile. All browsers there share one key,
so that a test can open what was sealed for them.
"""

import asyncio
import base64
import json
import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from random import Random
from typing import BinaryIO

ROOT = Path(__file__).resolve().parents[1]


@dataclass(frozen=True)
class Manners:
    """How it behaves: shares of all requests, and seconds for each."""

    takes: float = 0  # seconds before an answer
    cut: float = 0  # taken in whole, and no answer
    refused: float = 0  # “503” or “451”: not taken in
    gone: float = 0  # “410” or “550”: not taken in


@dataclass(frozen=True)
class Arrived:
    """`what`: push or mail; `at`: seconds of the machine's clock; `to`: the path without its slash, or the address."""

    what: str
    at: float
    to: str
    body: bytes


class FarEnd:
    """The process, for a test."""

    def __init__(self, folder: Path, push_port: int, smtp_port: int) -> None:
        self.folder, self.push_port, self.smtp_port = folder, push_port, smtp_port

    def endpoint(self, name: str) -> str:
        return f"http://127.0.0.1:{self.push_port}/{name}"

    def behave(self, seed: int = 0, **manners: float) -> None:
        self._ask("/behave", json.dumps({"seed": seed, **asdict(replace(Manners(), **manners))}).encode())

    def count(self) -> dict[str, int]:
        """How many came to be: {"push": …, "mail": …}."""
        return dict(json.loads(self._ask("/count")))

    def arrived(self) -> list["Arrived"]:
        """Each thing that was taken in, in order."""
        self.count()
        lines = (line.split(b" ", 3) for line in (self.folder / "arrived").read_bytes().splitlines())
        return [Arrived(what.decode(), float(at), to.decode(), base64.b64decode(body)) for what, at, to, body in lines]

    def forget(self) -> None:
        self._ask("/forget")

    def _ask(self, path: str, body: bytes = b"") -> bytes:
        asked = urllib.request.Request(f"http://127.0.0.1:{self.push_port}{path}", data=body, method="PUT")
        with urllib.request.urlopen(asked, timeout=30) as answer:
            return bytes(answer.read())


@contextmanager
def open_far_end(folder: Path) -> Iterator[FarEnd]:
    """The process, gone at the end."""
    folder.mkdir(parents=True, exist_ok=True)
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.far_end", str(folder)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    try:
        assert process.stdout
        push_port, smtp_port = map(int, process.stdout.readline().split())
        yield FarEnd(folder, push_port, smtp_port)
    finally:
        process.kill()
        process.wait()


class Shelf:
    """What both servers share in the process itself."""

    def __init__(self, file: BinaryIO) -> None:
        self.file, self.random, self.manners = file, Random(0), Manners()
        self.counts = {"push": 0, "mail": 0}

    def take(self, what: str, to: str, body: bytes) -> None:
        self.file.write(b"%s %f %s %s\n" % (what.encode(), time.time(), to.encode(), base64.b64encode(body)))
        self.counts[what] += 1

    def fate(self) -> str:
        draw, manners = self.random.random(), self.manners
        for name in ("cut", "refused", "gone"):
            if draw < getattr(manners, name):
                return name
            draw -= getattr(manners, name)
        return ""

    def asked(self, path: str, body: bytes) -> bytes:
        if path == "/behave":
            said = json.loads(body)
            self.random, self.manners = Random(said.pop("seed")), Manners(**said)
        if path == "/forget":
            self.file.truncate(0)
            self.counts = {"push": 0, "mail": 0}
        self.file.flush()
        return json.dumps(self.counts).encode()


class Lines(asyncio.Protocol):
    """What both wires have in common: bytes come in pieces, answers may wait."""

    def __init__(self, shelf: Shelf) -> None:
        self.shelf, self.buffer = shelf, bytearray()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport

    def answer(self, words: bytes) -> None:
        if self.shelf.manners.takes:
            asyncio.get_running_loop().call_later(self.shelf.manners.takes, self.transport.write, words)
        else:
            self.transport.write(words)


class Push(Lines):
    def data_received(self, data: bytes) -> None:
        self.buffer += data
        while (end := self.buffer.find(b"\r\n\r\n")) >= 0:
            head = bytes(self.buffer[:end])
            after = head.lower().partition(b"content-length:")[2]
            length = int(after.split(b"\r\n", 1)[0]) if after else 0
            if len(self.buffer) < end + 4 + length:
                return
            body = bytes(self.buffer[end + 4 : end + 4 + length])
            del self.buffer[: end + 4 + length]
            method, path, _rest = head.split(b" ", 2)
            self._request(method, path.decode(), body)

    def _request(self, method: bytes, path: str, body: bytes) -> None:
        if method == b"PUT":
            said = self.shelf.asked(path, body)
            self.transport.write(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s" % (len(said), said))
            return
        fate = self.shelf.fate()
        if fate in ("", "cut"):
            self.shelf.take("push", path[1:], body)
        if fate == "cut":
            self.transport.abort()
        else:
            status = {"": b"201 Created", "refused": b"503 Later", "gone": b"410 Gone"}[fate]
            self.answer(b"HTTP/1.1 %s\r\nContent-Length: 0\r\n\r\n" % status)


class Mail(Lines):
    is_data = False
    to = ""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        super().connection_made(transport)
        self.transport.write(b"220 far end\r\n")

    def data_received(self, data: bytes) -> None:
        self.buffer += data
        while True:
            mark = b"\r\n.\r\n" if self.is_data else b"\r\n"
            end = self.buffer.find(mark)
            if end < 0:
                return
            said = bytes(self.buffer[:end])
            del self.buffer[: end + len(mark)]
            if self.is_data:
                self.is_data = False
                self._mail(said)
            else:
                self._word(said)

    def _word(self, said: bytes) -> None:
        word = said[:4].upper()
        if word == b"RCPT":
            self.to = said.partition(b"<")[2].partition(b">")[0].decode()
        self.is_data = word == b"DATA"
        known = {b"DATA": b"354 go on", b"QUIT": b"221 bye"}
        self.transport.write(known.get(word, b"250 fine") + b"\r\n")
        if word == b"QUIT":
            self.transport.close()

    def _mail(self, content: bytes) -> None:
        fate = self.shelf.fate()
        if fate in ("", "cut"):
            self.shelf.take("mail", self.to, content)
        if fate == "cut":
            self.transport.abort()
        else:
            self.answer({"": b"250 taken", "refused": b"451 later", "gone": b"550 nobody"}[fate] + b"\r\n")


async def serve(folder: Path) -> None:
    loop, parent = asyncio.get_running_loop(), os.getppid()
    with (folder / "arrived").open("ab") as file:
        shelf = Shelf(file)
        push = await loop.create_server(lambda: Push(shelf), "127.0.0.1", 0, backlog=512)
        mail = await loop.create_server(lambda: Mail(shelf), "127.0.0.1", 0, backlog=512)
        print(push.sockets[0].getsockname()[1], mail.sockets[0].getsockname()[1], flush=True)
        while os.getppid() == parent:  # never outlives the test that started it
            await asyncio.sleep(1)


if __name__ == "__main__":
    asyncio.run(serve(Path(sys.argv[1])))
