"""What a browser says of itself when it may be pushed to, read with care: anybody can say anything."""

import json
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from . import endpoints
from .push import unpacked

NOT_READ = _("This browser gave an answer that we could not read.")


class BrowserForm(forms.Form):
    """A subscription of the Push API. `was`: the address that this browser had before, which goes."""

    endpoint = forms.CharField(max_length=endpoints.MOST, error_messages={"required": NOT_READ, "max_length": NOT_READ})
    p256dh = forms.CharField(max_length=120, error_messages={"required": NOT_READ, "max_length": NOT_READ})
    auth = forms.CharField(max_length=40, error_messages={"required": NOT_READ, "max_length": NOT_READ})
    was = forms.CharField(max_length=endpoints.MOST, required=False)

    def clean_endpoint(self) -> str:
        endpoint: str = self.cleaned_data["endpoint"]
        try:
            endpoints.check(endpoint)
        except endpoints.NotAllowed as error:
            raise forms.ValidationError(_("We do not send pushes to this address.")) from error
        except endpoints.Unknown as error:
            raise forms.ValidationError(
                _("The push service of this browser was not found. Try again later.")
            ) from error
        return endpoint

    def clean_p256dh(self) -> str:
        try:
            ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), unpacked(self.cleaned_data["p256dh"]))
        except ValueError as error:
            raise forms.ValidationError(NOT_READ) from error
        return str(self.cleaned_data["p256dh"])

    def clean_auth(self) -> str:
        try:
            length = len(unpacked(self.cleaned_data["auth"]))
        except ValueError:
            length = 0
        if length != 16:
            raise forms.ValidationError(NOT_READ)
        return str(self.cleaned_data["auth"])


def said(request: HttpRequest) -> dict[str, Any]:
    """The fields of a form, or of JSON as `PushSubscription.toJSON()` writes it; empty for what is neither."""
    if request.content_type != "application/json":
        return request.POST.dict()
    try:
        found = json.loads(request.body)
    except ValueError:
        return {}
    keys = found.get("keys") if isinstance(found, dict) else None
    return {**found, **keys} if isinstance(keys, dict) else found if isinstance(found, dict) else {}
