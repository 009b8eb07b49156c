"""`python -m attachment_app.embedded run -- COMMAND`: a command with services of its own, gone when it ends."""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from . import places, postgres, valkey
from .processes import CannotStart, Guard, Process


def main(argv: list[str]) -> int:
    if argv[:2] != ["run", "--"] or len(argv) < 3:
        print("Use: python -m attachment_app.embedded run -- COMMAND …", file=sys.stderr)
        return 2
    if os.environ.get("DATABASE_URL") and os.environ.get("REDIS_URL"):
        return subprocess.call(argv[2:])
    var = Path(tempfile.mkdtemp(prefix="to-and-fro-"))
    var.chmod(0o755)  # root's PostgreSQL runs as another user, who has to pass through
    guard, started = Guard(), []
    try:
        started = start(var, guard)
        env = {"VAR_DIR": str(var), "DATABASE_URL": places.database_url(var), "REDIS_URL": places.redis_url(var)}
        return subprocess.call(argv[2:], env={**env, **os.environ, "VAR_DIR": str(var)})
    except CannotStart as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    finally:
        for process in reversed(started):
            process.stop()
        guard.dismiss()
        shutil.rmtree(var, ignore_errors=True)


def start(var: Path, guard: Guard) -> list[Process]:
    return [postgres.start(var, guard, fast=True), valkey.start(var, guard)]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
