from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "attachment_app.accounts"
    label = "accounts"

    def ready(self) -> None:
        from attachment_app.web.context import in_frame

        from .models import Child

        in_frame("children_now", Child.objects.in_frame_of)
