from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "attachment_app.accounts"
    label = "accounts"

    def ready(self) -> None:
        from attachment_app.delivery import around
        from attachment_app.web.context import in_frame

        from .child_facts import child_facts
        from .household import household

        around.tells_about(child_facts)
        in_frame("household", household)
