"""How a line becomes a territory, an association or a member, with django-import-export.

Each resource finds the row that a line is about, or refuses the line: a `ValidationError` whose
sentence says what to do, a `Double` when the line is about something that is already there under
another form. A line that is refused touches nothing; the others go in.
"""

import re
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.text import slugify
from django.utils.translation import gettext as _
from import_export.fields import Field
from import_export.resources import ModelResource
from import_export.widgets import CharWidget, ForeignKeyWidget, ManyToManyWidget

from intranet.accounts.models import User
from intranet.imports.tables import plain
from intranet.network import operations
from intranet.network.legal_numbers import is_rna, is_siret
from intranet.network.models import Association, Membership, Territory
from intranet.network.queries import representatives_of

LINE: Final = "line"
# What no form of the product lets through, and some databases refuse.
UNPRINTABLE: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
SEPARATORS: Final = re.compile(r"[\s,;|/]+")
QPV: Final = re.compile(r"QN\w{6}")
DEGREES: Final = re.compile(r"-?[0-9]{1,3}(\.[0-9]{1,20})?")
INSEE: Final = re.compile(r"[0-9]{5}|2[AB][0-9]{3}")


class Double(ValidationError):
    """The line is about something that is there already, in the network or above in the file."""


class LineResource(ModelResource):
    """A resource that knows the number of the line that it reads."""

    needed: tuple[str, ...] = ()
    """The columns whose cells may not be left out, even empty."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.seen: dict[Any, str] = {}

    def prepare(self) -> None:
        """Read what is there already, once for all the lines."""

    def before_import_row(self, row: dict[str, Any], **kwargs: Any) -> None:
        if any(UNPRINTABLE.search(value) for value in row.values()):
            raise ValidationError(
                _("An unreadable sign is in this line: type the words again and save the file.")
            )

        # An empty cell says nothing of what is there.
        for name in [name for name, said in row.items() if not said and name not in self.needed]:
            del row[name]

    def after_import_row(self, row: dict[str, Any], row_result: Any, **kwargs: Any) -> None:
        # A line that was refused does not stand in the way of another about the same.
        self.seen[row["_key"]] = row[LINE]

    def once(self, key: Any, row: dict[str, Any]) -> None:
        """Refuse what an earlier line of the file was about."""
        if key in self.seen:
            raise Double(
                _("Line %(line)s is about the same: keep one of the two.")
                % {"line": self.seen[key]}
            )
        row["_key"] = key

    class Meta:
        skip_unchanged = True
        report_skipped = True
        clean_model_instances = True
        skip_html_diff = True
        store_instance = True
        # The operation opens them; a check writes nothing at all, and keeps nobody waiting.
        use_transactions = False


class TerritoryResource(LineResource):
    """The official list, or a list of one's own."""

    needed = ("code", "name", "commune")

    def before_import_row(self, row: dict[str, Any], **kwargs: Any) -> None:
        super().before_import_row(row, **kwargs)
        row["code"] = row["code"].replace(" ", "").upper()
        row["commune"] = ", ".join(filter(None, map(str.strip, re.split(r"[|;]", row["commune"]))))
        if "insee_codes" in row:
            codes = filter(None, SEPARATORS.split(row["insee_codes"]))
            row["insee_codes"] = " ".join(map(_insee, codes))
        for name in ("longitude", "latitude"):
            if name in row:
                row[name] = _degrees(row[name])
        self.once(row["code"], row)

    class Meta(LineResource.Meta):
        model = Territory
        import_id_fields = ("code",)
        fields = ("code", "name", "commune", "insee_codes", "longitude", "latitude")


class AssociationResource(LineResource):
    """An association is the one of its SIRET, of its RNA, or of its name."""

    needed = ("name",)

    territories = Field(
        attribute="territories",
        column_name="territories",
        widget=ManyToManyWidget(Territory, separator=" ", field="code"),
    )
    federation = Field(
        attribute="federation",
        column_name="federation",
        widget=ForeignKeyWidget(Association, field="pk"),
    )

    def prepare(self) -> None:
        self.codes = set(Territory.objects.values_list("code", flat=True))
        self.slugs = set(Association.objects.values_list("slug", flat=True))
        self.known: dict[tuple[str, str], Association] = {}
        for association in Association.objects.all():
            self._learn(association)

    def before_import_row(self, row: dict[str, Any], **kwargs: Any) -> None:
        super().before_import_row(row, **kwargs)
        row["name"] = " ".join(row["name"].split())
        if not row["name"]:
            raise ValidationError(_("The name is missing: write it down."))
        faults: dict[str, str] = {}
        for name, read in READERS.items():
            if name in row:
                try:
                    row[name] = read(row[name])
                except ValidationError as error:
                    faults[name] = error.messages[0]
        self._read_territories(row, faults)
        self._read_federation(row, faults)
        if faults:
            raise ValidationError(list(faults.values()))
        found = row["_found"] = self._find(row)
        row["_slug"] = found.slug if found else self._free_slug(row["name"])
        self.once(row["_slug"], row)

    def get_instance(self, instance_loader: Any, row: dict[str, Any]) -> Association | None:
        return row["_found"]

    def after_init_instance(
        self, instance: Association, new: bool, row: dict[str, Any], **kwargs: Any
    ) -> None:
        if new:
            instance.slug = row["_slug"]

    def after_save_instance(self, instance: Any, row: Any, **kwargs: Any) -> None:
        self._learn(instance)

    def _read_territories(self, row: dict[str, Any], faults: dict[str, str]) -> None:
        if "territories" not in row:
            return
        written = row["territories"].upper()
        codes = QPV.findall(written) or [one for one in SEPARATORS.split(written) if one]
        if unknown := [code for code in codes if code not in self.codes]:
            faults["territories"] = _(
                "No territory has the code %(codes)s: import the territories first, or correct it."
            ) % {"codes": ", ".join(unknown)}
        row["territories"] = " ".join(dict.fromkeys(codes))

    def _read_federation(self, row: dict[str, Any], faults: dict[str, str]) -> None:
        if not row.get("federation"):
            return
        found = self.known.get(("name", plain(row["federation"])))
        if found is None or found.kind != Association.Kind.FEDERATION:
            faults["federation"] = _(
                "No federation is called %(name)s: put it in a line above, or leave the cell empty."
            ) % {"name": row["federation"]}
        elif found.pk is None:
            # Another line of a file that is only being checked.
            del row["federation"]
        else:
            row["federation"] = str(found.pk)

    def _find(self, row: dict[str, Any]) -> Association | None:
        for column in ("siret", "rna"):
            if row.get(column) and (found := self.known.get((column, row[column]))):
                return found
        found = self.known.get(("name", plain(row["name"])))
        if found is not None:
            self._refuse_another_number(found, row)
            return found
        near = self.known.get(("loose", loose(row["name"])))
        if near is not None:
            raise Double(
                _("“%(name)s” is there already: write the same name if it is the same one.")
                % {"name": near.name}
            )
        return None

    def _refuse_another_number(self, found: Association, row: dict[str, Any]) -> None:
        for column in ("siret", "rna"):
            written, known = row.get(column), getattr(found, column)
            if written and known and written != known:
                raise Double(
                    _(
                        "An association of this name has another %(column)s number, %(known)s: "
                        "correct one of them, or give another name."
                    )
                    % {"column": column.upper(), "known": known}
                )

    def _learn(self, association: Association) -> None:
        self.known["name", plain(association.name)] = association
        self.known["loose", loose(association.name)] = association
        for column in ("siret", "rna"):
            if number := getattr(association, column):
                self.known[column, number] = association

    def _free_slug(self, name: str) -> str:
        start = slugify(name)[:70] or "association"
        slug, number = start, 2
        while slug in self.slugs:
            slug, number = f"{start}-{number}", number + 1
        self.slugs.add(slug)
        return slug

    class Meta(LineResource.Meta):
        model = Association
        import_id_fields = ("name",)
        fields = (
            "name",
            "kind",
            "email",
            "phone",
            "website",
            "address",
            "presentation",
            "rna",
            "siret",
            "territories",
            "federation",
        )


class MemberResource(LineResource):
    """A person in an association. Nobody's name is changed, and nobody is written to."""

    needed = ("email", "association", "role")

    role = Field(attribute="role", column_name="role", widget=CharWidget())

    def prepare(self) -> None:
        self.people = {person.email.lower(): person for person in User.objects.all()}
        self.associations: dict[str, Association] = {}
        for association in Association.objects.all():
            for name in (plain(association.name), association.siret, association.rna.lower()):
                if name:
                    self.associations[name] = association
        self.memberships = {
            (one.user_id, one.association_id): one
            for one in Membership.objects.select_related("user", "association")
        }

    def before_import_row(self, row: dict[str, Any], **kwargs: Any) -> None:
        super().before_import_row(row, **kwargs)
        row["email"] = _address(row["email"])
        row["role"] = _role(row["role"])
        association = self._association(row["association"])
        self.once((row["email"], association.pk), row)
        person = self.people.get(row["email"])
        self._refuse_person(person, row)
        self._refuse_to_leave_nobody(person, association, row["role"])
        row["_person"], row["_association"] = person, association

    def get_instance(self, instance_loader: Any, row: dict[str, Any]) -> Membership | None:
        person = row["_person"]
        # Somebody whom a line above makes has none yet.
        key = (person.pk, row["_association"].pk) if person else None
        return self.memberships.get(key) if key else None

    def validate_instance(self, instance: Any, *args: Any, **kwargs: Any) -> None:
        """The person was looked at with the line; a membership has nothing else to be wrong."""

    def save_instance(
        self, instance: Membership, is_create: bool, row: dict[str, Any], **kwargs: Any
    ) -> None:
        is_check = kwargs["dry_run"]
        if is_create:
            instance.user = row["_person"] or self._new_person(row)
            instance.association = row["_association"]
        if is_check:
            return
        if is_create:
            if instance.user.pk is None:
                instance.user.save()
            made = operations.join(
                user=instance.user, association=instance.association, role=row["role"]
            )
            instance.pk = made.pk
        else:
            operations.change_role(membership=instance, role=row["role"])

    def _association(self, written: str) -> Association:
        found = self.associations.get(plain(written)) or self.associations.get(
            re.sub(r"\s", "", written).lower()
        )
        if found is None:
            raise ValidationError(
                _("No association is called “%(name)s”: correct the name, or import it first.")
                % {"name": written}
                if written
                else _("The association is missing: write its name, its RNA or its SIRET number.")
            )
        if not found.is_active:
            raise ValidationError(
                _("“%(name)s” is no longer active: ask the animation of the network.")
                % {"name": found.name}
            )
        return found

    def _refuse_person(self, person: User | None, row: dict[str, Any]) -> None:
        if person is None:
            user = self._person(row)
            user.clean_fields(exclude=["password"])
        elif not person.is_active:
            raise ValidationError(
                _("The account of this address is closed: an administrator can open it again.")
            )
        elif person.is_superuser:
            raise ValidationError(_("This address is an administrator's, whom no import changes."))

    def _refuse_to_leave_nobody(
        self, person: User | None, association: Association, role: str
    ) -> None:
        held = self.memberships.get((person.pk, association.pk)) if person else None
        representative = Membership.Role.REPRESENTATIVE
        if held is None or held.role != representative or role == representative:
            return
        if not representatives_of(association).exclude(pk=held.pk).exists():
            raise ValidationError(
                _("Nobody else represents “%(name)s”: name another representative first.")
                % {"name": association.name}
            )

    def _person(self, row: dict[str, Any]) -> User:
        return User(
            email=row["email"],
            first_name=row.get("first_name", ""),
            last_name=row.get("last_name", ""),
        )

    def _new_person(self, row: dict[str, Any]) -> User:
        person = self._person(row)
        person.set_unusable_password()
        self.people[person.email] = person
        return person

    class Meta(LineResource.Meta):
        model = Membership
        import_id_fields = ("role",)
        fields = ("role",)


# -- What is in a cell -------------------------------------------------------------------


def loose(name: str) -> str:
    """A name without what people add or leave out: "Association La Passerelle" is "passerelle"."""
    words = plain(name).split()
    kept = [word for word in words if word not in LEFT_OUT]
    return " ".join(kept or words)


LEFT_OUT: Final = frozenset(
    [
        "association",
        "asso",
        "collectif",
        "federation",
        "l",
        "la",
        "le",
        "les",
        "d",
        "de",
        "des",
        "du",
    ]
)

KINDS: Final = {
    "association": Association.Kind.ASSOCIATION,
    "associations": Association.Kind.ASSOCIATION,
    "association loi 1901": Association.Kind.ASSOCIATION,
    "asso": Association.Kind.ASSOCIATION,
    "collectif": Association.Kind.COLLECTIVE,
    "collective": Association.Kind.COLLECTIVE,
    "collectif d habitants": Association.Kind.COLLECTIVE,
    "federation": Association.Kind.FEDERATION,
    "union": Association.Kind.FEDERATION,
    "reseau": Association.Kind.FEDERATION,
}

ROLES: Final = {
    "referent": Membership.Role.REPRESENTATIVE,
    "representant": Membership.Role.REPRESENTATIVE,
    "representative": Membership.Role.REPRESENTATIVE,
    "contributeur": Membership.Role.CONTRIBUTOR,
    "contributrice": Membership.Role.CONTRIBUTOR,
    "contributor": Membership.Role.CONTRIBUTOR,
    "membre": Membership.Role.CONTRIBUTOR,
    "benevole": Membership.Role.CONTRIBUTOR,
    "salarie": Membership.Role.CONTRIBUTOR,
}


def _kind(written: str) -> str:
    if (kind := KINDS.get(plain(written))) is None:
        raise ValidationError(
            _("“%(kind)s” is not a kind: write association, collectif or fédération.")
            % {"kind": written}
        )
    return kind


def _role(written: str) -> str:
    """ "Référente", "référent·e" and "référent(e)s" are one role."""
    first = (plain(written).split() or [""])[0]
    role = (
        ROLES.get(first)
        or ROLES.get(first.removesuffix("s"))
        or ROLES.get(first.removesuffix("s").removesuffix("e"))
    )
    if role is None:
        raise ValidationError(
            _("“%(role)s” is not a role: write référente or contributeur, for instance.")
            % {"role": written}
            if written
            else _("The role is missing: write référente or contributeur, for instance.")
        )
    return role


def _address(written: str) -> str:
    address = written.strip().removeprefix("mailto:").lower()
    if not address:
        raise ValidationError(_("The e-mail address is missing: write it down."))
    try:
        validate_email(address)
    except ValidationError:
        raise ValidationError(
            _("“%(address)s” is not an e-mail address: correct it.") % {"address": written}
        ) from None
    return address


def _siret(written: str) -> str:
    number = re.sub(r"[\s. -]", "", written)
    # A spreadsheet that takes it for a number takes its first zeros away.
    number = number.zfill(14) if number.isdigit() and 12 <= len(number) < 14 else number
    if number and not is_siret(number):
        raise ValidationError(
            _("“%(number)s” is not a SIRET number (14 digits): correct it, or leave it empty.")
            % {"number": written}
        )
    return number


def _rna(written: str) -> str:
    number = re.sub(r"[\s. -]", "", written).upper()
    if number and not is_rna(number):
        raise ValidationError(
            _(
                "“%(number)s” is not an RNA number (W and nine characters): correct it, or leave "
                "it empty."
            )
            % {"number": written}
        )
    return number


def _website(written: str) -> str:
    return f"https://{written}" if written and "://" not in written else written


def _optional_address(written: str) -> str:
    return _address(written) if written else ""


def _insee(written: str) -> str:
    """Five characters; a spreadsheet takes the zero of the first nine departments away."""
    code = written.upper()
    code = code.zfill(5) if code.isdigit() and len(code) == 4 else code
    if not INSEE.fullmatch(code):
        raise ValidationError(
            _("“%(code)s” is not an INSEE code of five characters, such as 01053: correct it.")
            % {"code": written}
        )
    return code


def _degrees(written: str) -> str:
    """A number as Python reads it; what is no number is refused by the widget."""
    number = written.replace(",", ".").replace("°", "").strip()
    if number and not DEGREES.fullmatch(number):
        raise ValidationError(
            _("“%(number)s” is not a number of degrees, such as 2,3522: correct it.")
            % {"number": written}
        )
    return number


READERS: Final = {
    "kind": _kind,
    "email": _optional_address,
    "website": _website,
    "siret": _siret,
    "rna": _rna,
}

RESOURCES: Final[dict[str, type[LineResource]]] = {
    "territories": TerritoryResource,
    "associations": AssociationResource,
    "members": MemberResource,
}
