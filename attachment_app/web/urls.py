from django.urls import path

from . import reading, views, worker

urlpatterns = [
    path("up", views.up, name="up"),
    path("sw.js", worker.script, name="worker"),
    path("reading/", reading.show, name="reading"),
    path("offline/", worker.offline, name="offline"),
    path("manifest.webmanifest", worker.manifest, name="manifest"),
]
