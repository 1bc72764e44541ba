"""The demo: a territory to play with and a page of phones to text it from, present in demo mode only."""
