"""Tables: the French (and a little of other languages) that the layers read by. Words in plain letters, no code."""
