"""Everything that leaves, by one door: queued in the transaction of its cause, delivered after it, settled for good.

bot.queueing    what is said becomes rows          bot.proactive   what nobody asked for, told when it is due
bot.claiming    which of them leave now            bot.delivery    sending them, and what came of it
bot.unknown     asking what nobody knows           bot.receipts    what the provider says afterwards
"""

from bot.claiming import LEASE
from bot.delivery import contacts_waiting, deliver, deliver_due, deliver_to
from bot.proactive import count_due, queue_due
from bot.queueing import answer_due, contact_of, queue
from bot.receipts import record_receipt
from bot.unknown import abandon_expired_leases, settle_unknown

__all__ = [
    "LEASE", "abandon_expired_leases", "answer_due", "contact_of", "contacts_waiting", "count_due", "deliver",
    "deliver_due", "deliver_to", "queue", "queue_due", "record_receipt", "settle_unknown",
]  # fmt: skip
