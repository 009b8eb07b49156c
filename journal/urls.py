from django.urls import path

from .views import (
    breaks,
    details,
    ending,
    exchange,
    exchanges,
    kinds,
    offers,
    own_lists,
    private,
    reminder,
    reminders,
    removal,
    removed,
    settling,
    steps,
    times,
    turns,
    usual,
)
from .views.own_lists import PEOPLE, PLANS

app_name = "journal"

_one = "exchanges/<uuid:exchange_id>/"
_reminder = "reminders/<uuid:reminder_id>/"

urlpatterns = [
    path("exchanges/", exchanges.index, name="exchanges"),
    path("exchanges/removed/", removed.index, name="removed"),
    path("kinds/", kinds.index, name="kinds"),
    path("kinds/<uuid:kind_id>/retiring/", kinds.retire, name="kind-retiring"),
    path("reminders/", reminders.index, name="reminders"),
    path("reminders/new/", reminders.new, name="reminder-new"),
    path("reminders/offer/", reminders.answer_offer, name="reminders-offer"),
    path(_reminder, reminder.show, name="reminder"),
    path(_reminder + "switch/", reminder.switch, name="reminder-switch"),
    path(_reminder + "removal/", reminder.remove, name="reminder-removal"),
    path(_one, exchange.show, name="exchange"),
    path(_one + "steps/", steps.create, name="steps"),
    path(_one + "settling/", settling.create, name="settling"),
    path(_one + "ending/", ending.create, name="ending"),
    path(_one + "timer/", ending.undo, name="timer"),
    path(_one + "pause/", ending.pause, name="pause"),
    path(_one + "going-on/", ending.go_on, name="going-on"),
    path(_one + "usual/", usual.create, name="usual"),
    path(_one + "details/", details.update, name="details"),
    path(_one + "times/", times.update, name="times"),
    path(_one + "turns/", turns.create, name="turns"),
    path(_one + "note/", private.write_note, name="note"),
    path(_one + "state/", private.say_state, name="state"),
    path(_one + "removal/", removal.create, name="removal"),
    path(_one + "return/", removal.undo, name="return"),
    path("breaks/", breaks.index, name="breaks"),
    path("breaks/back/", breaks.back, name="break-back"),
    path("breaks/removal/", breaks.remove_all, name="breaks-removal"),
    path("breaks/<uuid:break_id>/ending/", breaks.ending, name="break-ending"),
    path("breaks/<uuid:break_id>/removal/", breaks.remove, name="break-removal"),
    path("breaks/offers/<uuid:offer_id>/waving/", offers.wave, name="offer-waving"),
    path("breaks/plans/", own_lists.index(PLANS), name="plans"),
    path("breaks/plans/<uuid:row_id>/", own_lists.one(PLANS), name="plan"),
    path("breaks/plans/<uuid:row_id>/removal/", own_lists.removal(PLANS), name="plan-removal"),
    path("breaks/people/", own_lists.index(PEOPLE), name="people"),
    path("breaks/people/<uuid:row_id>/", own_lists.one(PEOPLE), name="contact"),
    path("breaks/people/<uuid:row_id>/removal/", own_lists.removal(PEOPLE), name="contact-removal"),
]
