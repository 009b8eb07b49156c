from django.urls import path

from .views import ending, follow_up, group, guests, index, invitations, joining, led, new, sharing, words

app_name = "groups"
urlpatterns = [
    path("", index.show, name="index"),
    path("new/", new.show, name="new"),
    path("joining/", joining.by_code, name="joining"),
    path("joining/<str:said>/", joining.ask, name="asking"),
    path("<uuid:group_id>/", group.show, name="group"),
    path("<uuid:group_id>/leaving/", group.leave, name="leaving"),
    path("<uuid:group_id>/sharing/", sharing.show, name="sharing"),
    path("<uuid:group_id>/sharing/<slug:purpose>/", sharing.say, name="consent"),
    path("led/<uuid:group_id>/", led.show, name="led"),
    path("led/<uuid:group_id>/screen/", led.screen, name="screen"),
    path("led/<uuid:group_id>/guests/", guests.show, name="guests"),
    path("led/<uuid:group_id>/guests/<uuid:membership_id>/approval/", guests.approve, name="approval"),
    path("led/<uuid:group_id>/guests/<uuid:membership_id>/ending/", guests.end, name="guest-ending"),
    path("led/<uuid:group_id>/invitations/", invitations.make, name="invitations"),
    path("led/<uuid:group_id>/invitations/<uuid:invitation_id>/revoking/", invitations.revoke, name="revoking"),
    path("led/<uuid:group_id>/words/", words.show, name="words"),
    path("led/<uuid:group_id>/follow-up/", follow_up.show, name="follow-up"),
    path("led/<uuid:group_id>/ending/", ending.end, name="ending"),
]
