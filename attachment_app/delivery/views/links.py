"""The links of a message: whoever holds its secret may answer it, signed in or not.

GET and HEAD change nothing, because mail programs and filters open links of their own accord. POST needs no token
against forgery: a mail program's one-click stop (RFC 8058) and the service worker send none, and nobody who could forge
it knows the secret in the address. The message's text is shown to its own person alone, where they are signed in.
"""

from uuid import UUID

from allauth.core.ratelimit import consume_or_429
from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from attachment_app.delivery import answers, notes
from attachment_app.delivery.leasing import token_hash
from attachment_app.delivery.lines import lines
from attachment_app.delivery.models import Answer, Occurrence
from attachment_app.delivery.voices import Said
from attachment_app.web.person import acting_for
from attachment_app.web.views import not_found

SEEN = "seen"  # a notification was tapped: no answer, but it was opened
ANSWERS = {step: answer for answer, step in notes.STEPS.items()}
MISSES = {"inbox_link": "20/m/ip"}  # wrong addresses alone: a mail provider stops many people's mails from one place


@require_safe
def show(request: HttpRequest, token: str) -> HttpResponse:
    """What this message was, and the four answers as buttons."""
    found = _whose(token)
    if not found:
        return _unknown(request)
    with acting_for(found[1]):
        occurrence = Occurrence.objects.get(pk=found[0])
        words = lines([occurrence])[0].said if request.user.pk == found[1] else None
    return _page(request, occurrence, token, words=words)


@csrf_exempt  # see above
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, token: str, step: str) -> HttpResponse:
    """One answer: a page with its button, or (POST) the answer itself, which counts once."""
    found = _whose(token)
    if not found:
        return _unknown(request)
    with acting_for(found[1]):
        occurrence = Occurrence.objects.get(pk=found[0])
        if request.method != "POST":
            return _page(request, occurrence, token, chosen=ANSWERS.get(step))
        now = timezone.now()
        if step == SEEN:
            occurrence.see(now)
            return HttpResponse(status=204)
        is_first = answers.answer(occurrence, ANSWERS[step], now)
        occurrence.refresh_from_db()
    return _page(request, occurrence, token, said=ANSWERS[step], is_first=is_first)


def _whose(token: str) -> tuple[UUID, UUID] | None:
    """The occurrence's id and its person's, by the token of its links."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT occurrence_by_token(%s)", [token_hash(token)])
        (found,) = cursor.fetchone()
    return (found[0], found[1]) if found else None


def _unknown(request: HttpRequest) -> HttpResponse:
    """The page for any address that is not there; not raised, so that the throttle's count stands."""
    return consume_or_429(request, action="inbox_link", config=MISSES, limit_get=True) or not_found(request, Http404())


def _page(
    request: HttpRequest,
    occurrence: Occurrence,
    token: str,
    chosen: Answer | None = None,
    said: Answer | None = None,
    is_first: bool = True,
    words: Said | None = None,
) -> HttpResponse:
    context = {
        "still": True,  # no frame of whoever is signed in here: the message may be somebody else's
        "date": occurrence.local_date,
        "answered": Answer(occurrence.answer) if occurrence.answer else None,
        "said": said,
        "is_first": is_first,
        "choices": [
            {"answer": answer, "name": name, "step": notes.STEPS[Answer(answer)]}
            for answer, name in notes.names().items()
            if chosen in (None, answer)
        ],
        "chosen": chosen,
        "words": words,
        "token": token,
    }
    response = render(request, "inbox/link.html", context)
    response.headers["Referrer-Policy"] = "no-referrer"  # the address is the secret
    response.headers["Cache-Control"] = "no-store, private"
    response.headers["X-Robots-Tag"] = "noindex"
    return response
