"""Where a worker is killed; see worker.py."""

BEFORE_PLAN, AFTER_PLAN = "before the plan commits", "after the plan commits"
AFTER_LEASE, AMID_SEND, AFTER_SEND, BEFORE_MARK = (
    "after the lease",
    "amid the send",
    "after the send",
    "before the mark",
)
POINTS = (BEFORE_PLAN, AFTER_PLAN, AFTER_LEASE, AMID_SEND, AFTER_SEND, BEFORE_MARK)
