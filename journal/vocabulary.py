"""The words that a parent taps. A cue “may mean” and never “means”: no cue here is tied to a guess."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Cue(models.TextChoices):
    EYES = "eyes", _("Rubbing eyes")
    AWAY = "away", _("Looking away")
    MOUTH = "mouth", _("Hand to mouth")
    REACH = "reach", _("Reaching")
    CRYING = "crying", _("Crying")
    YAWN = "yawn", _("Yawning")
    FISTS = "fists", _("Fists")
    ARCHING = "arching", _("Arching")
    KNEES = "knees", _("Knees up")
    GRIZZLY = "grizzly", _("Grizzly")
    OTHER = "other", _("Something else")


DRAWN_CUES = (Cue.EYES, Cue.AWAY, Cue.MOUTH, Cue.REACH)


class Guess(models.TextChoices):
    TIRED = "tired", _("Tired")
    HUNGRY = "hungry", _("Hungry")
    CLOSE = "close", _("Wants you close")
    BREAK = "break", _("Needs a break")
    ENGAGE = "engage", _("Wants to play")
    WARM = "warm", _("Too warm")
    COLD = "cold", _("Too cold")
    TUMMY = "tummy", _("Tummy")
    UNSURE = "unsure", _("Couldn’t tell")


class Response(models.TextChoices):
    ROCKED = "rocked", _("Rocked")
    HUMMED = "hummed", _("Hummed or sang")
    HELD = "held", _("Held close")
    FED = "fed", _("Offered a feed")
    NAPPY = "nappy", _("Fresh nappy")
    WALKED = "walked", _("Walked")
    DIMMED = "dimmed", _("Dimmed the light")
    WAITED = "waited", _("Waited, and watched")
    STAYED = "stayed", _("Just stayed close")
    OTHER = "other", _("Something else")


class Connection(models.TextChoices):
    EYE_CONTACT = "eye_contact", _("Shared a look")
    SOFT_VOICE = "soft_voice", _("A soft voice")
    MIRRORING = "mirroring", _("Copied each other")
    HOLDING = "holding", _("Held tenderly")
    SMILE = "smile", _("A smile")
    NAMING = "naming", _("Said what it might be")


class Occasion(models.TextChoices):
    FEEDING = "feeding", _("A feed")
    BATH = "bath", _("Bath")
    NAPPY = "nappy", _("Nappy change")
    BEDTIME = "bedtime", _("Bedtime")
    OUTDOORS = "outdoors", _("Outdoors")


class Method(models.TextChoices):
    BREAST = "breast", _("Breast")
    BOTTLE = "bottle", _("Bottle")
    SOLIDS = "solids", _("Solids")


class Side(models.TextChoices):
    LEFT = "left", _("Left")
    RIGHT = "right", _("Right")
    BOTH = "both", _("Both")


class PlayKind(models.TextChoices):
    SOUNDS = "sounds", _("Sounds")
    FACES = "faces", _("Faces")
    PEEKABOO = "peekaboo", _("Peekaboo")
    SONGS = "songs", _("Songs")
    TOY = "toy", _("A toy")
    BOOK = "book", _("A book")
    COPYING = "copying", _("Copying")
    NAMING = "naming", _("Naming things")
    EXPLORING = "exploring", _("Exploring and coming back")
    GLANCED = "glanced", _("Glanced back")
    SHOWED = "showed", _("Showed me")
    COMFORT = "comfort", _("Came for comfort")


# What a child does who can leave and come back; offered from the age at which many begin to move about by themselves.
TODDLING = (PlayKind.EXPLORING, PlayKind.GLANCED, PlayKind.SHOWED, PlayKind.COMFORT)
TODDLING_FROM = 8  # months


class Began(models.TextChoices):
    """Who began a play: either is a beginning."""

    CHILD = "child", _("They did")
    ADULT = "adult", _("I did")


class Shape(models.TextChoices):
    """The drawn shapes that a family may choose for a kind of its own."""

    IDEA = "idea", _("A sprout")
    CHAT = "chat", _("A speech bubble")
    COT = "cot", _("A cot")
    TODAY = "today", _("A sun")
    GUIDANCE = "guidance", _("A book")
    FAMILY = "family", _("Two people")
    REMINDER = "reminder", _("A bell")
    MARK = "mark", _("Two arcs")


class Colour(models.TextChoices):
    """The twelve colours of the palette; each has a line, a wash and a fill for day and for night in tokens.css."""

    ROSE = "rose", _("Rose")
    CORAL = "coral", _("Coral")
    AMBER = "amber", _("Amber")
    STRAW = "straw", _("Straw")
    MOSS = "moss", _("Moss")
    FERN = "fern", _("Fern")
    TEAL = "teal", _("Teal")
    LAKE = "lake", _("Lake")
    SLATE = "slate", _("Slate")
    IRIS = "iris", _("Iris")
    PLUM = "plum", _("Plum")
    SAND = "sand", _("Sand")
