"""What a push holds, as templates/web/sw.js reads it."""

import json
from collections.abc import Sequence

TITLE, BODY = 90, 400  # characters


def packed(title: str, body: str, tag: str, url: str, actions: Sequence[dict[str, str]] = ()) -> bytes:
    """`url` is a path of this site; each action posts to its name below it. A notification takes the place of the one
    with the same `tag` on the device."""
    said = {"title": title[:TITLE], "body": body[:BODY], "tag": tag, "url": url, "actions": list(actions)}
    return json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode()
