"""The browsers that a person may be pushed to: each asks about itself at every visit (static/js/push.js)."""

from allauth.core.ratelimit import consume_or_429
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.views.decorators.http import require_http_methods, require_POST

from attachment_app.delivery import browsers as own
from attachment_app.delivery import vapid
from attachment_app.delivery.models import PushSubscription
from attachment_app.delivery.requests import SignedIn
from attachment_app.web.htmx import SeeOther

TRIES = {"push_browser": "20/m/user"}  # each may ask for a name, and that costs a page its time


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def browsers(request: SignedIn) -> HttpResponse:
    """GET: what a browser has to know to compare itself. POST: keep this one, or say that it still stands."""
    if request.method == "POST":
        return _keep(request)
    known = {
        "key": vapid.public_key(),
        "token": get_token(request),
        "person": salted_hmac("push browser", str(request.user.pk)).hexdigest()[:16],
        "browsers": [one.mark for one in PushSubscription.objects.visible_to(request.user)],
    }
    return JsonResponse(known)


def _keep(request: SignedIn) -> HttpResponse:
    refused: HttpResponse | None = consume_or_429(request, action="push_browser", config=TRIES, user=request.user)
    if refused:
        return refused
    form = own.BrowserForm(own.said(request))
    if not form.is_valid():
        return JsonResponse({"said": [str(error) for errors in form.errors.values() for error in errors]}, status=400)
    given = dict(form.cleaned_data)
    was, theirs = given.pop("was"), PushSubscription.objects.visible_to(request.user)
    if was and was != given["endpoint"]:
        theirs.filter(endpoint=was).delete()
    is_new = theirs.keep(request.user, **given, now=timezone.now())
    return JsonResponse({}, status=201 if is_new else 200)


@login_required
@require_POST
def end(request: SignedIn) -> HttpResponse:
    """No pushes any more to one of the person's browsers."""
    endpoint = str(own.said(request).get("endpoint", ""))
    PushSubscription.objects.visible_to(request.user).filter(endpoint=endpoint).delete()
    return (
        JsonResponse({})
        if request.content_type == "application/json"
        else SeeOther(reverse("inbox:settings") + "#push")
    )
