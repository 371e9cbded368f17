"""The roles of the network, as groups created by a migration.

A person who represents an association or contributes for it holds that role through a
membership (see `intranet.network`); the groups are what Wagtail knows of it.
"""

from typing import Final

ANIMATOR: Final = "Animation du réseau"
EDITOR: Final = "Édition"
REPRESENTATIVE: Final = "Référentes et référents"
CONTRIBUTOR: Final = "Contributrices et contributeurs"
PARTNER: Final = "Partenaires publics"

ROLES: Final = (ANIMATOR, EDITOR, REPRESENTATIVE, CONTRIBUTOR, PARTNER)
