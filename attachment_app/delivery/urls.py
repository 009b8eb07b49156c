"""The inbox of somebody who is signed in: what the site said of its own accord, why, and how often it may."""

from django.urls import path

from .views import answer, inbox, settings, why

app_name = "inbox"

urlpatterns = [
    path("", inbox.index, name="inbox"),
    path("not-sent/", why.not_sent, name="not-sent"),
    path("settings/", settings.show, name="settings"),
    path("settings/pause/", settings.pause, name="pause"),
    path("settings/stop/", settings.stop, name="stop"),
    path("settings/email/", settings.email, name="email"),
    path("settings/check/", settings.check, name="check"),
    path("<uuid:occurrence_id>/why/", why.show, name="why"),
    path("<uuid:occurrence_id>/answer/", answer.create, name="answer"),
]
