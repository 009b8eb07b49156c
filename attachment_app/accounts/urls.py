from django.urls import path

from .views import children, family, you

urlpatterns = [
    path("children/new/", children.new, name="child-new"),
    path("children/<uuid:child_id>/", children.show, name="child"),
    path("children/<uuid:child_id>/state/", children.say_state, name="child-state"),
    path("children/<uuid:child_id>/entries/", children.say_entries, name="child-entries"),
    path("family/", family.show, name="family"),
    path("family/showing/", family.look_at, name="family-showing"),
    path("you/", you.show, name="you"),
]
