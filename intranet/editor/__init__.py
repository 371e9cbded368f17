"""Wagtail's editor as the network uses it: menus that lead somewhere, and help on the spot."""
