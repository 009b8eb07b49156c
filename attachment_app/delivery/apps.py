from django.apps import AppConfig


class DeliveryConfig(AppConfig):
    name = "attachment_app.delivery"
    label = "delivery"
