"""The fault suite: the product is killed, cut off and lied to, and ends where it would have without."""
