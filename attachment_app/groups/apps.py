from django.apps import AppConfig


class GroupsConfig(AppConfig):
    name = "attachment_app.groups"
    label = "groups"
