from .article_read import ArticleRead
from .consent import GroupConsent, Purpose
from .counted import CountedSet
from .facilitator import Facilitator
from .follow_up import FollowUp
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
    "FollowUp",
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
