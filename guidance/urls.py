from django.http import HttpResponse
from django.urls import path

app_name = "guidance"
urlpatterns = [path("", lambda r: HttpResponse(""), name="index"), path("<slug:slug>/", lambda r, slug: HttpResponse(""), name="article")]
