from django.apps import AppConfig


class GuidanceConfig(AppConfig):
    name = "guidance"

    def ready(self) -> None:
        from attachment_app.web.kept import made_from

        from .models import Article

        made_from(Article.objects.edition)
