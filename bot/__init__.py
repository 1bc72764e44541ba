"""The shell: wiring, transactions, and everything that touches the outside world."""
