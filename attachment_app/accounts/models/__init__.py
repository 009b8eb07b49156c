from .child import Child
from .consent import Consent
from .family import Family, Membership
from .person import Person

__all__ = ["Child", "Consent", "Family", "Membership", "Person"]
