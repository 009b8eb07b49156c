"""Where the embedded services keep their things, and the addresses at which they answer."""

import hashlib
import os
import stat
from pathlib import Path
from urllib.parse import quote

from attachment_app.lib import roles

DATABASE = "toandfro"
SOCKET_LIMIT = 80  # the kernel takes 107 bytes; PostgreSQL and Valkey add a file name


def var_dir() -> Path:
    """VAR_DIR, or `var` beside manage.py."""
    return Path(os.environ.get("VAR_DIR") or Path(__file__).resolve().parents[2] / "var").absolute()


def is_open_to_others(path: Path) -> bool:
    """Whether any user may pass through every folder above `path` (those that are there)."""
    return all(not part.exists() or part.stat().st_mode & stat.S_IXOTH for part in path.parents)


def data_dir(var: Path) -> Path:
    """PostgreSQL's data. Root's server runs as another user, who may not be able to reach `var`."""
    if os.geteuid() == 0 and not is_open_to_others(var / "postgres"):
        return Path("/var/lib/to-and-fro") / mark(var) / "postgres"
    return var / "postgres"


def run_dir(var: Path) -> Path:
    """The sockets: short, without a space, and reachable for the server's user."""
    run = var / "run"
    reachable = os.geteuid() != 0 or is_open_to_others(run)
    if reachable and len(str(run).encode()) <= SOCKET_LIMIT and " " not in str(run):
        return run
    return Path("/tmp") / f"to-and-fro-{os.geteuid()}-{mark(var)}"


def database_url(var: Path, role: str = roles.OWNER, database: str = DATABASE) -> str:
    return f"postgres://{role}@{quote(str(run_dir(var)), safe='')}/{database}"


def redis_url(var: Path) -> str:
    return f"redis+socket://{run_dir(var)}/valkey.sock?virtual_host=0"


def mark(var: Path) -> str:
    return hashlib.sha256(str(var).encode()).hexdigest()[:12]
