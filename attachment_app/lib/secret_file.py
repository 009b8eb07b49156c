"""Secrets that are made once, at first start, and kept in a file that its owner alone can read."""

import fcntl
import os
import secrets
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

_HEAD = "# Back this file up: without it, sign-ins end and what is sealed cannot be read.\n"


def read_or_make(path: Path, names: tuple[str, ...], later: tuple[str, ...] = ()) -> dict[str, str]:
    """The secrets in the file, making the file where there is none (256 bits each). Two processes at once agree.

    `later` names those that a file of an earlier version does not hold yet: they are added. Raises ImproperlyConfigured
    where the file cannot be read, or has lost one of `names`.
    """
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        _write_once(path, {name: secrets.token_urlsafe(32) for name in (*names, *later)})
    try:
        found = _read(path)
        if any(not found.get(name) for name in later):
            found = _add(path, later)
    except OSError as error:
        raise ImproperlyConfigured(f"The secrets in {path} cannot be read: {error.strerror}.") from error
    missing = [name for name in names if not found.get(name)]
    if missing:
        raise ImproperlyConfigured(f"The file {path} holds no {missing[0]}; bring it back from your backup.")
    return found


def _read(path: Path) -> dict[str, str]:
    lines = path.read_text().splitlines()
    return dict(line.split("=", 1) for line in lines if "=" in line and not line.startswith("#"))


def _add(path: Path, names: tuple[str, ...]) -> dict[str, str]:
    with path.open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        found = _read(path)
        for name in names:
            if not found.get(name):
                found[name] = secrets.token_urlsafe(32)
                file.write(f"{name}={found[name]}\n")
        file.flush()
        os.fsync(file.fileno())
    return found


def _write_once(path: Path, values: dict[str, str]) -> None:
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w") as file:
        file.write(_HEAD + "".join(f"{name}={value}\n" for name, value in values.items()))
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(draft, path)  # fails where another process was first: theirs stands
    except FileExistsError:
        pass
    finally:
        draft.unlink()
