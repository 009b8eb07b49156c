from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "attachment_app.accounts"
    label = "accounts"

    def ready(self) -> None:
        from attachment_app.web.context import in_frame

        from .household import household

        in_frame("household", household)
