"""French days and hours, as people text them: what a message says of when.

A message is read in layers: `words` finds the words of the `lexicon` however they are spelt; `hours`, `days` and
`wishes` are the grammar, `rules` that rewrite words into times, into days, and into what is asked of them; `almanac`
knows which day that is, seen from today; `rare` asks dateparser; `moments` tells the result."""

from conversations.understanding.dates.moment import SURE, Moment
from conversations.understanding.dates.moments import find, read_doubt, read_souhait, read_souhaits

__all__ = ["SURE", "Moment", "find", "read_doubt", "read_souhait", "read_souhaits"]
