"""What `rdv` does besides serving: a command or a family of them a file."""
