"""What a message's own links open, and the browsers that may be pushed to."""

from django.urls import path, re_path

from .views import browsers, links

urlpatterns = [
    path("push/", browsers.browsers, name="push"),
    path("push/end/", browsers.end, name="push_end"),
    path("link/<str:token>/", links.show, name="inbox_link"),
    re_path("^link/(?P<token>[^/]+)/(?P<step>done|not-now|fewer|stop|seen)/$", links.answer, name="inbox_link_answer"),
]
