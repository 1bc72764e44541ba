"""WhatsApp by the Twilio account that carries the SMS: texts keep their typography and cost no segment."""

from collections.abc import Sequence
from datetime import datetime

from channels import Laid, Refusal, There
from channels.sms import TwilioSms
from conversations.messages import Inbound, Outbound


class WhatsApp:
    def __init__(self, twilio: TwilioSms) -> None:
        self._twilio = twilio

    def layout(self, text: str) -> Laid:
        return Laid(text, 0)

    def send(self, message: Outbound) -> str:
        return self._twilio.send(message)

    def sent_to(self, recipient: str, since: datetime, *, channel: str) -> Sequence[There]:
        return self._twilio.sent_to(recipient, since, channel=channel)

    def recent(self, since: datetime) -> Sequence[Inbound]:
        """Nothing: the account lists what people wrote on WhatsApp with their SMS."""
        return ()

    def why(self, code: str | None) -> Refusal:
        return self._twilio.why(code)
