"""Nynorsk writes dates and numbers as bokmål does."""

from config.locales.nb.formats import *  # noqa: F403
