"""Static files with hashed names, compressed once, and one stylesheet out of its component files."""

import base64
import hashlib
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from whitenoise.storage import CompressedManifestStaticFilesStorage

_IMPORT = re.compile(r'@import "(?P<name>[\w/-]+\.css)";\n?')


class StaticFiles(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """WhiteNoise's storage; a stylesheet named in `bundles` has its @import lines replaced by what they name."""

    support_js_module_import_aggregation = True
    bundles = ("css/site.css", "css/reading.css", "css/minute.css", "css/groups.css")

    def post_process(self, paths: dict[str, Any], dry_run: bool = False, **options: Any) -> Iterator[Any]:
        if not dry_run:
            for name in self.bundles:
                # From the sources each time: a component may have changed where the list of imports did not.
                Path(self.path(name)).write_text(bundled(name))
                paths = {**paths, name: (self, name)}
        yield from super().post_process(paths, dry_run, **options)


def digest(name: str) -> str:
    """The SHA-384 of a static file as it is served, in base64. Raises FileNotFoundError."""
    if isinstance(staticfiles_storage, StaticFiles):
        return _digest(staticfiles_storage.path(staticfiles_storage.stored_name(name)))
    found = finders.find(name)
    if not isinstance(found, str):
        raise FileNotFoundError(name)
    return _digest.__wrapped__(found)  # not collected: it may change under a running server


@cache
def _digest(path: str) -> str:
    return base64.b64encode(hashlib.sha384(Path(path).read_bytes()).digest()).decode()


def bundled(name: str) -> str:
    """The stylesheet `name` with its imports in place. Raises FileNotFoundError for one that is not there."""
    source = finders.find(name)
    if not isinstance(source, str):
        raise FileNotFoundError(name)
    folder = name.rpartition("/")[0]
    return _IMPORT.sub(lambda found: bundled(f"{folder}/{found['name']}"), Path(source).read_text())
