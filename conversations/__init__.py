"""The dialogues, as scripts: no database, no network, no clock."""
