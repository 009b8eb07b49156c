from django.apps import AppConfig


class GroupsConfig(AppConfig):
    name = "attachment_app.groups"
    label = "groups"

    def ready(self) -> None:
        from guidance.opened import when_opened

        from .models.article_read import was_opened

        when_opened(was_opened)
