"""An anonymous article through the real web server on two workers: kept ready, and made anew each time.

The load comes from this machine's same cores, so the server has less than both of them; the figures are low, not high.
"""

import asyncio
import tempfile
import time
from pathlib import Path

from tests.bench import bench, report
from tests.embedded.site import Site

SECONDS, CONNECTIONS = 5.0, 32
LEAST = 2000  # requests a second, kept
KEPT, MADE = "/guidance/reading-cues/", "/guidance/reading-cues/?made-anew"


@bench("article", "an anonymous article, granian on two workers, the load from the same cores")
def run() -> None:
    with tempfile.TemporaryDirectory(prefix="to-and-fro-bench-") as folder:
        Path(folder).chmod(0o755)
        site = Site(Path(folder) / "var").start()
        try:
            asyncio.run(load(site.port, KEPT, 1.0))
            kept = asyncio.run(load(site.port, KEPT))
            made = asyncio.run(load(site.port, MADE))
        finally:
            site.stop()
    report(
        "kept ready", f"{kept:,.0f} requests a second", f"{kept / made:.1f} times as many as made anew", kept >= LEAST
    )
    report("made anew", f"{made:,.0f} requests a second")


async def load(port: int, path: str, seconds: float = SECONDS) -> float:
    """Requests a second that were answered whole and with 200, over CONNECTIONS connections that stay open."""
    end = time.monotonic() + seconds
    began = time.monotonic()
    counts = await asyncio.gather(*(_one(port, path, end) for _connection in range(CONNECTIONS)))
    return sum(counts) / (time.monotonic() - began)


async def _one(port: int, path: str, end: float) -> int:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    asking = f"GET {path} HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: br\r\n\r\n".encode()
    count = 0
    while time.monotonic() < end:
        writer.write(asking)
        head = await reader.readuntil(b"\r\n\r\n")
        if not head.startswith(b"HTTP/1.1 200"):
            raise AssertionError(head[:200])
        length = head.lower().partition(b"content-length: ")[2].partition(b"\r\n")[0]
        await reader.readexactly(int(length))
        count += 1
    writer.close()
    return count
