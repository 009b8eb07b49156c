from django.urls import path

from .views import article, bookmark, cues, index, place, search

app_name = "guidance"

# What has a name of its own comes before the articles; no article may be called so.
urlpatterns = [
    path("", index.show, name="index"),
    path("search/", search.show, name="search"),
    path("cues/", cues.show, name="cues"),
    path("<slug:slug>/", article.show, name="article"),
    path("<slug:slug>/bookmark/", bookmark.keep, name="bookmark"),
    path("<slug:slug>/place/", place.stop, name="place"),
]
