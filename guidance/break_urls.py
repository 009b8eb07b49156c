from django.urls import path

from . import break_views

urlpatterns = [path("break/", break_views.show, name="break")]
