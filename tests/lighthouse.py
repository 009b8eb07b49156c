"""`python -m tests.lighthouse [PATH…]`: Lighthouse on the site as it is run; median of three; fails below 100.

The program comes from the npm registry, pinned; the browser is the Chromium of the browser tests, with a profile that
is thrown away. The line is Lighthouse's own slow 4G on a mid-range phone.
"""

import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from tests.embedded.site import Site

LIGHTHOUSE = "lighthouse@12.8.2"
PAGES = ("/guidance/reading-cues/", "/guidance/", "/guidance/search/?q=tired")
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
RUNS, LEAST = 3, 100
TRIES = 3  # a browser that starts badly (“NO_NAVSTART”) is started again; a score is never measured again
QUIET = "--headless --no-sandbox --disable-quic --disable-background-networking --disable-gpu --user-data-dir="


def main(paths: list[str]) -> int:
    chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if not shutil.which("npx") or not chromium:
        print("Lighthouse needs npx (Node 18 or later) and a Chromium.", file=sys.stderr)
        return 2
    below = False
    with tempfile.TemporaryDirectory(prefix="to-and-fro-lighthouse-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        site = Site(folder / "var").start()
        try:
            for path in paths or PAGES:
                runs = [measure(f"{site.url}{path}", chromium, folder) for _run in range(RUNS)]
                below |= not say(path, runs)
        finally:
            site.stop()
    return 1 if below else 0


def measure(url: str, chromium: str, folder: Path) -> dict[str, Any]:
    """One run's report."""
    for _attempt in range(TRIES):
        with tempfile.TemporaryDirectory(dir=folder) as profile:
            argv = ["npx", "--yes", LIGHTHOUSE, url, "--output=json", "--quiet", f"--chrome-flags={QUIET}{profile}"]
            argv += [f"--only-categories={','.join(CATEGORIES)}", "--throttling-method=simulate"]
            made = subprocess.run(argv, capture_output=True, text=True, env={**os.environ, "CHROME_PATH": chromium})
        if not made.returncode:
            found: dict[str, Any] = json.loads(made.stdout)
            return found
    raise SystemExit(f"Lighthouse did not finish:\n{made.stderr[-3000:]}")


def say(path: str, runs: list[dict[str, Any]]) -> bool:
    """Print the median of each category and what keeps it from 100; whether each is there."""
    scores = {
        name: statistics.median(round((run["categories"][name]["score"] or 0) * 100) for run in runs)
        for name in CATEGORIES
    }
    print(f"{path:<32}" + "  ".join(f"{name} {score:.0f}" for name, score in scores.items()), flush=True)
    for name, score in scores.items():
        if score < LEAST:
            print("\n".join(f"  {name}: {line}" for line in reasons(runs[-1], name)), flush=True)
    return min(scores.values()) >= LEAST


def reasons(run: dict[str, Any], category: str) -> list[str]:
    found = []
    for ref in run["categories"][category]["auditRefs"]:
        audit = run["audits"][ref["id"]]
        if ref["weight"] and audit["score"] is not None and audit["score"] < 1:
            found.append(f"{audit['title']} {audit.get('displayValue', '')}".strip())
    return found


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
