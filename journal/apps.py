from django.apps import AppConfig


class JournalConfig(AppConfig):
    name = "journal"

    def ready(self) -> None:
        from attachment_app.delivery import around
        from attachment_app.web.context import in_frame

        from .running import people_with_timer, running

        around.tells_who_is_busy(people_with_timer)
        in_frame("timers", running)
