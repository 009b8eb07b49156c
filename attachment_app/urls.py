"""Every address of the site."""

from django.urls import include, path

from attachment_app.web import views as web
from journal.views import breaks, today

urlpatterns = [
    path("", today.show, name="today"),
    path("journal/", include("journal.urls")),
    path("inbox/", include("attachment_app.delivery.urls")),
    path("", include("guidance.break_urls")),
    path("inbox/", include("attachment_app.delivery.channel_urls")),
    path("break/mine/", breaks.mine, name="break-mine"),
    path("guidance/", include("guidance.urls")),
    path("groups/", include("attachment_app.groups.urls")),
    path("accounts/", include("attachment_app.accounts.urls")),
    path("accounts/", include("allauth.account.urls")),
    path("", include("attachment_app.web.urls")),
]

handler400 = web.bad_request
handler404 = web.not_found
handler500 = web.server_error
