from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "attachment_app.web"
    label = "web"
