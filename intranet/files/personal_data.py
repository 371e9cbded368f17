"""Pictures and documents that somebody sent: the library keeps them, without saying who."""

from intranet.accounts.personal_data import Fate, Holdings


class Files(Holdings):
    columns = {
        "intranet.HeldPicture.person": Fate.ERASED,
        "intranet.Picture.uploaded_by_user": Fate.UNSIGNED,
        "wagtailimages.Image.uploaded_by_user": Fate.UNSIGNED,
        "wagtaildocs.Document.uploaded_by_user": Fate.UNSIGNED,
    }
