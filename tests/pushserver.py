"""The push service behind tests/pushbox.py: bytes in, bytes out, lean, because benches measure through it."""

import asyncio
import base64
import json
from typing import Any

TAKEN: list[tuple[str, dict[str, str], bytes]] = []
ANSWERS: dict[str, dict[str, Any]] = {}
SEEN = {"connections": 0}
PLAIN = b"HTTP/1.1 201 Created\r\nContent-Length: 0\r\n\r\n"


async def _one(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
    """Take one request and answer it. False where the connection is over."""
    head = await reader.readuntil(b"\r\n\r\n")
    first, *lines = head.decode("latin-1").split("\r\n")
    path = first.split(" ")[1]
    headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines if line)}
    body = await reader.readexactly(int(headers.get("content-length", 0)))
    if path.startswith("/_"):
        return _told(path[2:], json.loads(body), writer)
    TAKEN.append((path, headers, body))
    how = ANSWERS.get(path) or ANSWERS.get("*")
    if how is None:
        writer.write(PLAIN)
        return True
    return await _as_told(how, writer)


async def _as_told(how: dict[str, Any], writer: asyncio.StreamWriter) -> bool:
    await asyncio.sleep(how["takes"])
    if how.get("cut") == "before":
        return False
    more = "".join(f"{name}: {value}\r\n" for name, value in how.get("headers", {}).items())
    said = f"HTTP/1.1 {how['status']} As told\r\n{more}Content-Length: 0\r\n\r\n".encode()
    if how.get("cut") == "drip":
        for byte in said:
            writer.write(bytes([byte]))
            await writer.drain()
            await asyncio.sleep(1)
        return True
    writer.write(said)
    return True


def _told(what: str, said: dict[str, Any], writer: asyncio.StreamWriter) -> bool:
    answer: dict[str, Any] = {}
    if what == "answer":
        ANSWERS[said["path"]] = said
    elif what == "taken":
        answer["taken"] = [
            {"path": path, "headers": headers, "body": base64.b64encode(body).decode()} for path, headers, body in TAKEN
        ]
    elif what == "count":
        answer = {"count": len(TAKEN), **SEEN}
    else:
        TAKEN.clear()
        ANSWERS.clear()
    text = json.dumps(answer).encode()
    writer.write(b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: %d\r\n\r\n" % len(text) + text)
    return False


async def _talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    SEEN["connections"] += 1
    try:
        while await _one(reader, writer):
            await writer.drain()
        await writer.drain()
    except (asyncio.IncompleteReadError, ConnectionError):
        pass
    finally:
        writer.close()


def serve(port: int) -> None:
    async def run() -> None:
        server = await asyncio.start_server(_talk, "127.0.0.1", port, limit=1 << 20, backlog=1024)
        await server.serve_forever()

    asyncio.run(run())
