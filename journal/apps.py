from django.apps import AppConfig


class JournalConfig(AppConfig):
    name = "journal"

    def ready(self) -> None:
        from attachment_app.web.context import in_frame

        from .running import running

        in_frame("timers", running)
