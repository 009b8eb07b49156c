"""Drawings and small words for templates."""

from django import template
from django.forms import BoundField, CheckboxInput
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from attachment_app.web.storage import digest

register = template.Library()


@register.simple_tag
def icon(name: str, extra: str = "") -> SafeString:
    """A drawing of the icon sheet; it always stands beside its word, so it is hidden from screen readers."""
    return drawing("icons", name, extra)


@register.simple_tag
def drawing(sheet: str, name: str, extra: str = "") -> SafeString:
    """A symbol of `static/svg/<sheet>.svg`, as an icon."""
    css = f"icon {extra}".strip()
    href = f"{static(f'svg/{sheet}.svg')}#{name}"
    return format_html('<svg class="{}" aria-hidden="true"><use href="{}"/></svg>', css, href)


@register.simple_tag
def art(sheet: str, view_box: str, css: str, label: str = "") -> SafeString:
    """A whole picture; with a label it is an image for screen readers too."""
    href = f"{static(f'svg/{sheet}.svg')}#art"
    said = format_html('role="img" aria-label="{}"', label) if label else mark_safe('aria-hidden="true"')
    return format_html('<svg class="{}" viewBox="{}" {}><use href="{}"/></svg>', css, view_box, said, href)


@register.simple_tag
def integrity(name: str) -> SafeString:
    """What a browser compares a script or stylesheet with before it uses it (subresource integrity)."""
    return format_html('integrity="sha384-{}"', digest(name))


@register.filter
def is_checkbox(field: BoundField) -> bool:
    return isinstance(field.field.widget, CheckboxInput)


@register.filter
def input(field: BoundField) -> SafeString:
    """The field's control in the look's own class; Django ties hint and error to it."""
    return field.as_widget(attrs={"class": f"field__input {field.field.widget.attrs.get('class', '')}".strip()})
