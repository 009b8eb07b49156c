from .article_read import ArticleRead
from .consent import GroupConsent, Purpose
from .counted import CountedSet
from .facilitator import Facilitator
from .group import ParentingGroup
from .invitation import Invitation
from .membership import GroupMembership
from .pool import Pool, PoolPlace
from .release import Decision, Release, ReleaseView
from .window import Window

__all__ = [
    "ArticleRead",
    "CountedSet",
    "Decision",
    "Facilitator",
    "GroupConsent",
    "GroupMembership",
    "Invitation",
    "ParentingGroup",
    "Pool",
    "PoolPlace",
    "Purpose",
    "Release",
    "ReleaseView",
    "Window",
]
