"""The agents' web view."""

from admin.agenda import pages

__all__ = ["pages"]
