from django.apps import AppConfig


class JournalConfig(AppConfig):
    name = "journal"

    def ready(self) -> None:
        from attachment_app.accounts import moves
        from attachment_app.delivery import around, reasons, voices
        from attachment_app.delivery.models import Kind
        from attachment_app.web.context import in_frame

        from . import break_voices, gentle, planner, rules
        from .ideas import articles_with_ideas
        from .running import people_with_timer, running

        around.tells_who_is_busy(people_with_timer)
        around.when_quiet_hours_change(rules.plan_anew)
        moves.when_somebody_moves(planner.moved)
        voices.speaks(Kind.GENTLE, gentle.Gentle())
        reasons.asks(Kind.GENTLE, gentle.asked)
        in_frame("articles_with_ideas", articles_with_ideas)
        in_frame("timers", running)
        break_voices.register()
