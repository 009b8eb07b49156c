from django.urls import path

from . import views, worker

urlpatterns = [
    path("up", views.up, name="up"),
    path("sw.js", worker.script, name="worker"),
    path("offline/", worker.offline, name="offline"),
    path("manifest.webmanifest", worker.manifest, name="manifest"),
]
