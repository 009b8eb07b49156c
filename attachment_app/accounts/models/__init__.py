from .child import Child
from .consent import Consent
from .data_key import DataKey
from .family import Family, Membership
from .person import Person

__all__ = ["Child", "Consent", "DataKey", "Family", "Membership", "Person"]
