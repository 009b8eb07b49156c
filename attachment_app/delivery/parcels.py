"""How one thing that is to leave ended, in one word; the same for pushes and mails."""

from enum import StrEnum


class Left(StrEnum):
    """What is known of a message after the try. `perhaps` is never tried again where once is the promise."""

    SENT = "sent"
    GONE = "gone"  # there is no such browser or mailbox any more
    LATER = "later"  # it surely did not arrive; another try may
    REFUSED = "refused"  # it surely did not arrive; another try will not
    PERHAPS = "perhaps"  # cut off in the middle
