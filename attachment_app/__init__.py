"""To and fro: guidance and a journal for parents."""

from .celery import app as celery_app

__all__ = ["celery_app"]
