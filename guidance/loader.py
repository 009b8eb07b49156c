"""Articles from Markdown files with front matter, claims from YAML: read, checked, and loaded in one transaction."""

import hashlib
import json
import re
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

import nh3
import yaml
from django.db import transaction
from markdown_it import MarkdownIt

from . import prose, safety
from .models import Article, Label, Stage, Topic

CONTENT = Path(__file__).with_name("content")
SHAPE = 1  # raised when the stored form changes, so that every article is written anew
TEXTS = ("title", "subtitle", "main", "try_today")
REQUIRED = (*TEXTS, "topic", "stages", "not_mean", "safety", "reviewed", "next_review")
LEAST, MOST = 300, 900  # words
_PLACE = re.compile(r"^\[\[(?P<what>[a-z]+)(?::(?P<id>[a-z0-9-]+))?\]\]$")
_LINK = re.compile(r"\]\((?P<target>[^)]*)\)")
_TAGS = {"p", "h2", "h3", "ul", "ol", "li", "em", "strong", "a", "blockquote"}
_markdown = MarkdownIt("commonmark", {"html": False, "typographer": False})


class LoadError(Exception):
    """A file that cannot be used: where, and why, in one sentence."""

    def __init__(self, path: Path, line: int, reason: str) -> None:
        super().__init__(f"{path.name}, line {line}: {reason}.")
        self.path, self.line, self.reason = path, line, reason


@dataclass
class Draft:
    """An article as its file says it, checked; the fields are those of guidance.models.Article."""

    slug: str
    title: str
    subtitle: str
    topic: str
    stages: list[str]
    main: str
    try_today: str
    not_mean: list[str]
    safety: list[str]
    reviewed: date
    next_review: date
    parts: list[dict[str, Any]] = field(default_factory=list)
    sources: list[str] = field(default_factory=list)
    words: int = 0

    @property
    def content_hash(self) -> str:
        said = json.dumps([SHAPE, asdict(self)], default=str, sort_keys=True)
        return hashlib.sha256(said.encode()).hexdigest()


def load(now: datetime, folder: Path = CONTENT) -> int:
    """Bring the articles in the database up to the files; how many rows changed.

    Raises LoadError before anything is written: what is served stays as it was. A file that is gone withdraws its
    article.
    """
    drafts = read(folder)
    with transaction.atomic():
        stored = {article.slug: article for article in Article.objects.select_for_update()}
        changed = sum(_store(draft, stored.get(draft.slug), now) for draft in drafts)
        gone = Article.objects.published().exclude(slug__in=[draft.slug for draft in drafts])
        return changed + gone.update(withdrawn_at=now)


def _store(draft: Draft, article: Article | None, now: datetime) -> bool:
    if article and article.content_hash == draft.content_hash and article.withdrawn_at is None:
        return False
    fields = {**asdict(draft), "content_hash": draft.content_hash, "updated_at": now, "withdrawn_at": None}
    Article.objects.update_or_create(slug=draft.slug, defaults=fields)
    return True


def read(folder: Path = CONTENT) -> list[Draft]:
    """Every article of a folder, in the order of its file names. Raises LoadError for the first thing that is wrong."""
    sources = read_sources(folder)
    claims = read_claims(folder)
    for claim in claims.values():
        _check_claim(folder / "claims.yaml", claim, sources)
    files = sorted(folder.glob("*.md"))
    slugs = {path.stem for path in files}
    return [_draft(path, claims, sources, slugs) for path in files]


def read_sources(folder: Path = CONTENT) -> dict[str, dict[str, Any]]:
    return _by_id(folder / "sources.yaml", ("id", "short", "text"))


def read_claims(folder: Path = CONTENT) -> dict[str, dict[str, Any]]:
    return _by_id(folder / "claims.yaml", ("id", "wording", "label", "sources", "caveat", "facts"))


def _by_id(path: Path, needs: tuple[str, ...]) -> dict[str, dict[str, Any]]:
    text = path.read_text()
    found: dict[str, dict[str, Any]] = {}
    for entry in _yaml(path, text, 1) or []:
        line = _line_of(text, f"id: {entry.get('id')}")
        for name in needs:
            if entry.get(name) is None:
                raise LoadError(path, line, f"“{entry.get('id')}” has no {name}")
        if entry["id"] in found:
            raise LoadError(path, line, f"“{entry['id']}” is there twice")
        found[entry["id"]] = entry
    return found


def _check_claim(path: Path, claim: dict[str, Any], sources: dict[str, Any]) -> None:
    line = _line_of(path.read_text(), f"id: {claim['id']}")
    if claim["label"] not in Label.values:
        raise LoadError(path, line, f"“{claim['label']}” is no label")
    for source in claim["sources"]:
        if source not in sources:
            raise LoadError(path, line, f"there is no source “{source}”")
    if not claim["sources"]:
        raise LoadError(path, line, f"“{claim['id']}” names no source")


def _draft(path: Path, claims: dict[str, Any], sources: dict[str, Any], slugs: set[str]) -> Draft:
    text = path.read_text()
    head, body, offset = split(path, text)
    meta = _yaml(path, head, 2)
    if not isinstance(meta, dict):
        raise LoadError(path, 2, "the front matter is not a list of names and values")
    _check_meta(path, text, meta)
    _check_prose(path, text, meta, body, offset)
    for number, line in enumerate(body.splitlines(), start=offset):
        _check_links(path, number, line, slugs)
    draft = Draft(slug=path.stem, **{name: meta[name] for name in REQUIRED})
    draft.parts, cited = _parts(path, body, offset, claims, sources)
    draft.sources = [sources[source]["text"] for source in dict.fromkeys(cited)]
    spoken = [draft.main, draft.try_today, *draft.not_mean, body]
    draft.words = sum(prose.words(part) for part in spoken)
    if not LEAST <= draft.words <= MOST:
        raise LoadError(path, 1, f"{draft.words} words; an article has {LEAST} to {MOST}")
    return draft


def split(path: Path, text: str) -> tuple[str, str, int]:
    """Front matter, body, and the line at which the body starts."""
    parts = text.split("---\n", 2)
    if len(parts) != 3 or parts[0]:
        raise LoadError(path, 1, "the file does not start with front matter between two lines of “---”")
    return parts[1], parts[2], parts[1].count("\n") + 3


def _yaml(path: Path, text: str, first_line: int) -> Any:
    try:
        return yaml.safe_load(text)
    except yaml.MarkedYAMLError as error:
        line = first_line + (error.problem_mark.line if error.problem_mark else 0)
        raise LoadError(path, line, f"the YAML cannot be read ({error.problem})") from error


def _check_meta(path: Path, text: str, meta: dict[str, Any]) -> None:
    for name in REQUIRED:
        if meta.get(name) is None:
            raise LoadError(path, 1, f"the front matter has no {name}")
    for name in set(meta) - set(REQUIRED):
        raise LoadError(path, _line_of(text, f"{name}:"), f"“{name}” is not a field of an article")
    if meta["topic"] not in Topic.values:
        raise LoadError(path, _line_of(text, "topic:"), f"there is no topic “{meta['topic']}”")
    for name, known in (("stages", set(Stage.values)), ("safety", set(safety.boxes()))):
        for value in meta[name]:
            if value not in known:
                raise LoadError(path, _line_of(text, f"{name}:"), f"“{value}” is not one of the {name}")
    for name in ("reviewed", "next_review"):
        if not isinstance(meta[name], date):
            raise LoadError(path, _line_of(text, f"{name}:"), f"{name} is not a date like 2026-11-24")
    if meta["next_review"] <= meta["reviewed"]:
        raise LoadError(path, _line_of(text, "next_review:"), "the next review is not after the last")


def _check_prose(path: Path, text: str, meta: dict[str, Any], body: str, offset: int) -> None:
    for line, reason in prose.complaints(body):
        raise LoadError(path, offset + line - 1, reason)
    for name in TEXTS:
        for _line, reason in prose.complaints(str(meta[name])):
            raise LoadError(path, _line_of(text, f"{name}:"), reason)
    for item in meta["not_mean"]:
        for _line, reason in prose.complaints(str(item)):
            raise LoadError(path, _line_of(text, f"- {item}"), reason)


def _check_links(path: Path, number: int, line: str, slugs: set[str]) -> None:
    for link in _LINK.finditer(line):
        target = link["target"]
        slug = target.removeprefix("/guidance/").strip("/")
        if not target.startswith("/guidance/") and target not in ("/break/", "/"):
            raise LoadError(path, number, f"the link “{target}” leaves the guidance; name a source instead")
        if target.startswith("/guidance/") and slug and slug not in slugs:
            raise LoadError(path, number, f"there is no article “{slug}” to link to")


def _parts(
    path: Path, body: str, offset: int, claims: dict[str, Any], sources: dict[str, Any]
) -> tuple[list[dict[str, Any]], list[str]]:
    """The body as pieces in order (html, claim, cues), and the sources cited, each as often as it is."""
    parts: list[dict[str, Any]] = []
    cited: list[str] = []
    prose_lines: list[str] = []

    def flush() -> None:
        if "".join(prose_lines).strip():
            html = nh3.clean(_markdown.render("\n".join(prose_lines)), tags=_TAGS, attributes={"a": {"href"}})
            parts.append({"html": html})
        prose_lines.clear()

    for number, line in enumerate(body.splitlines(), start=offset):
        if re.search(r"<\s*/?\s*[a-zA-Z]", line):
            raise LoadError(path, number, "HTML is not used in articles; write Markdown")
        place = _PLACE.match(line.strip())
        if not place:
            prose_lines.append(line)
            continue
        flush()
        if place["what"] == "cues":
            parts.append({"cues": True})
        elif place["what"] == "claim" and place["id"] in claims:
            claim = claims[place["id"]]
            cited += claim["sources"]
            parts.append({"claim": _shown(claim, sources)})
        else:
            raise LoadError(path, number, f"there is no {place['what']} “{place['id'] or ''}”")
    flush()
    return parts, cited


def _shown(claim: dict[str, Any], sources: dict[str, Any]) -> dict[str, str]:
    """What stands beside a cited claim."""
    return {
        "id": claim["id"],
        "label": claim["label"],
        "sources": "; ".join(sources[source]["short"] for source in claim["sources"]),
        "caveat": claim["caveat"],
    }


def _line_of(text: str, words: str) -> int:
    """The first line that holds `words`; 1 where none does."""
    return next((number for number, line in enumerate(text.splitlines(), 1) if words in line), 1)
