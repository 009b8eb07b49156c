"""Search at 500 articles, beside the smallest question that PostgreSQL can be asked."""

import random
from datetime import UTC, datetime
from pathlib import Path

import yaml
from django.db import connection, transaction

from guidance.loader import CONTENT, read
from guidance.models import Article
from guidance.search import search
from tests.bench import bench, milliseconds, report, timed

ARTICLES = 500
MOST = 0.020  # seconds
QUERIES = Path(__file__).parents[1] / "guidance" / "queries.yaml"


@bench("search", f"the sixty searches of a tired parent over {ARTICLES} articles")
def run() -> None:
    fill()
    queries = [query["q"] for query in yaml.safe_load(QUERIES.read_text())]
    turn = iter(queries * 10)
    with transaction.atomic():
        found = timed(lambda: search(next(turn)), times=len(queries) * 5)
        trivial = timed(_trivial, times=len(queries) * 5)
    slow = sorted(found)[int(len(found) * 0.95)]
    ratio = sum(found) / sum(trivial)
    report("a search", milliseconds(found), f"{ratio:.0f} times SELECT 1", met=slow < MOST)
    report("SELECT 1", milliseconds(trivial))


def fill() -> None:
    """Our own articles, and made ones of their words up to ARTICLES."""
    chance = random.Random(7)
    drafts = read(CONTENT)
    words = " ".join(part.get("html", "") for draft in drafts for part in draft.parts).split()
    now = datetime.now(UTC)
    made = []
    for number in range(ARTICLES):
        draft = drafts[number % len(drafts)]
        parts = [{"html": " ".join(chance.choices(words, k=90))} for _part in range(7)]
        fields = {
            name: getattr(draft, name) for name in ("topic", "stages", "try_today", "not_mean", "safety", "sources")
        }
        title = " ".join(chance.sample(draft.main.split(), 5))[:110]
        own = {"slug": f"made-{number}", "title": title, "subtitle": draft.subtitle, "main": draft.main, "parts": parts}
        days = {"reviewed": now, "next_review": now, "updated_at": now}
        made.append(Article(**own, **days, **fields, words=700, content_hash=str(number)))
    Article.objects.bulk_create(made)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE guidance_article, guidance_word")


def _trivial() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        cursor.fetchone()
