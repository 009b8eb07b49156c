from django.apps import AppConfig


class DeliveryConfig(AppConfig):
    name = "attachment_app.delivery"
    label = "delivery"

    def ready(self) -> None:
        from attachment_app.web.context import in_frame

        from .news import has_new

        in_frame("has_news", has_new)
