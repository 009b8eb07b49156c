"""`python -m tests.bench [NAME…]`: runs the benches one after the other in a database that is gone afterwards."""

import importlib
import os
import pkgutil
import sys
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "attachment_app.settings")


def main(names: list[str]) -> int:
    django.setup()
    from django.test.utils import setup_databases, setup_test_environment, teardown_databases

    from tests.bench import BENCHES, MISSED

    for module in pkgutil.iter_modules([str(Path(__file__).parent)]):
        if module.name != "__main__":
            importlib.import_module(f"tests.bench.{module.name}")
    unknown = [name for name in names if name not in BENCHES]
    if unknown:
        print(f"There is no bench {', '.join(unknown)}. There are: {', '.join(BENCHES)}.", file=sys.stderr)
        return 2
    setup_test_environment()
    databases = setup_databases(verbosity=0, interactive=False)
    try:
        for name in names or list(BENCHES):
            print(f"{name}: {BENCHES[name].says}")
            BENCHES[name].run()
    finally:
        teardown_databases(databases, verbosity=0)
    return 1 if MISSED else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
