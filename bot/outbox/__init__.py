"""Everything that leaves, by one door: queued in the transaction of its cause, delivered after it, settled for good.

queueing    what is said becomes rows          proactive   what nobody asked for, told when it is due
claiming    which of them leave now            delivery    sending them, and what came of it
unknown     asking what nobody knows           receipts    what the provider says afterwards
whatsapp    what its window and refusals ask   budget, bucket, pace, valve    how much leaves, and how fast
"""

from bot.outbox.claiming import LEASE
from bot.outbox.delivery import contacts_waiting, deliver, deliver_due, deliver_to
from bot.outbox.proactive import count_due, queue_due
from bot.outbox.queueing import answer_due, contact_of, queue
from bot.outbox.receipts import record_receipt
from bot.outbox.unknown import abandon_expired_leases, settle_unknown

__all__ = [
    "LEASE", "abandon_expired_leases", "answer_due", "contact_of", "contacts_waiting", "count_due", "deliver",
    "deliver_due", "deliver_to", "queue", "queue_due", "record_receipt", "settle_unknown",
]  # fmt: skip
