"""How a line becomes a territory, an association or a member, with django-import-export.

Each resource finds the row that a line is about, or refuses the line: a `ValidationError` whose
sentence says what to do, a `Double` when the line is about something that is already there under
another form. A line that is refused touches nothing; the others go in.
"""

import re
from collections.abc import Mapping
from copy import copy
from typing import Any, ClassVar, Final

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.formats import number_format
from django.utils.text import capfirst, slugify
from django.utils.translation import gettext as _
from import_export.fields import Field
from import_export.resources import ModelResource
from import_export.results import Result, RowResult
from import_export.widgets import CharWidget, ForeignKeyWidget, ManyToManyWidget
from rapidfuzz import fuzz, process
from tablib import Dataset

from intranet.accounts.models import User
from intranet.imports.kinds import Kind
from intranet.imports.tables import plain
from intranet.imports.wording import TITLES
from intranet.network import operations
from intranet.network.legal_numbers import is_rna, is_siret
from intranet.network.models import OWN_FEDERATION, Association, Membership, Territory
from intranet.network.queries import representatives_of

LINE: Final = "line"
# What no form of the product lets through, and some databases refuse.
UNPRINTABLE: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
SEPARATORS: Final = re.compile(r"[\s,;|/]+")
QPV: Final = re.compile(r"QN\w{6}")
DEGREES: Final = re.compile(r"-?[0-9]{1,3}(\.[0-9]{1,20})?")
# A web address before its host, and what is a scheme rather than a host with its port.
SCHEME: Final = re.compile(r"[a-z][a-z0-9+.-]*:(?![0-9])", re.IGNORECASE)
# How much two names look alike, out of a hundred: one letter in ten, two if they are neighbours.
NEAR: Final = 90
NEAR_IN_ONE_PLACE: Final = 80
LONG: Final = 8
INSEE: Final = re.compile(r"[0-9]{5}|2[AB][0-9]{3}")


class Double(ValidationError):
    """The line is about something that is there already, in the network or above in the file."""


class PossibleDouble(ValidationError):
    """The line looks like what is there already, in the network or above in the file: `name`.

    Only a person can tell; the lines that they want all the same are `LineResource.kept`.
    """

    def __init__(self, reason: str, *, name: str) -> None:
        super().__init__(reason)
        self.name = name


class LineResource(ModelResource):
    """A resource that knows the number of the line that it reads."""

    kind: ClassVar[str]
    needed: tuple[str, ...] = ()
    """The columns whose cells may not be left out, even empty."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.seen: dict[Any, str] = {}
        self.kept: frozenset[str] = frozenset()
        # By line, the fields of several values: what they say before and after.
        self.several: dict[int, dict[str, tuple[str, str]]] = {}

    def prepare(self) -> None:
        """Read what is there already, once for all the lines."""

    def bring(self, dataset: Dataset, *, check: bool) -> Result:
        """Have lines go in, within a transaction of the caller's; or write nothing at all.

        The library's own dry run writes and undoes: others would wait, and see numbers go by.
        """
        if not check:
            return self.import_data(dataset)
        return self.import_data_inner(
            dataset,
            dry_run=True,
            raise_errors=False,
            using_transactions=False,
            collect_failed_rows=False,
        )

    def titles(self) -> Mapping[str, Any]:
        """The words above the columns."""
        return TITLES[Kind(self.kind)]

    def before_import_row(self, row: dict[str, Any], **kwargs: Any) -> None:
        if spoilt := [name for name, value in row.items() if UNPRINTABLE.search(value)]:
            titles = self.titles()
            raise ValidationError(
                _(
                    "An unreadable sign is in this line, under %(columns)s: type the words again "
                    "and save the file."
                )
                % {"columns": ", ".join(str(titles.get(name, name)) for name in spoilt)}
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

    kind = Kind.TERRITORIES
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


class KnownNames:
    """The associations by their names, as they are written and as they are mistyped."""

    def __init__(self) -> None:
        self._known: dict[int, Association] = {}
        self._places: dict[int, set[str]] = {}
        self._exact: dict[str, list[int]] = {}
        self._alike: dict[str, list[int]] = {}
        self._loose: dict[int, str] = {}
        self._numbers: dict[Any, int] = {}

    def learn(self, association: Association, acts_in: set[str]) -> None:
        """A name, and where it acts; once more when it is there under another name."""
        key = self._key(association)
        known = self._known.get(key)
        if known is None or known.name != association.name:
            self._exact.setdefault(association.name, []).append(key)
            self._alike.setdefault(plain(association.name), []).append(key)
        self._loose[key] = loose(association.name)
        self._known[key], self._places[key] = association, acts_in

    def places_of(self, association: Association) -> set[str]:
        return self._places.get(self._key(association), set())

    def exact(self, name: str) -> list[Association]:
        return self._of(self._exact.get(name, []))

    def alike(self, name: str) -> list[Association]:
        """But for accents, capitals and signs."""
        return self._of(self._alike.get(plain(name), []))

    def near(self, name: str, codes: set[str]) -> list[Association]:
        """But for words that people add, or a typing error, the nearest first.

        What acts in the same territory may look less alike. The second workshop is not a first
        one that was mistyped.
        """
        wanted = loose(name)
        found = process.extract(
            wanted,
            self._loose,
            scorer=fuzz.ratio,
            score_cutoff=NEAR_IN_ONE_PLACE,
            limit=None,
        )
        return self._of(
            [
                key
                for said, score, key in found
                if score >= self._enough(said, wanted, key, codes)
                and re.findall(r"[0-9]+", said) == re.findall(r"[0-9]+", wanted)
            ]
        )

    def _enough(self, said: str, wanted: str, key: int, codes: set[str]) -> int:
        if codes & self._places[key]:
            return NEAR_IN_ONE_PLACE
        # "Ruche" and "Rucher" are two words.
        return NEAR if min(len(said), len(wanted)) >= LONG else 100

    def _key(self, association: Association) -> int:
        # A line of a file that is only being checked has a slug, and no key yet.
        return self._numbers.setdefault(association.slug, len(self._numbers))

    def _of(self, keys: list[int]) -> list[Association]:
        return [self._known[key] for key in keys]


class AssociationResource(LineResource):
    """An association is the one of its SIRET, of its RNA, or of its name as it is written.

    A name that differs by its accents or its capitals alone is the same one if both act in one
    territory. Any other likeness is a possible double.
    """

    kind = Kind.ASSOCIATIONS
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
        self.names = KnownNames()
        self.numbers: dict[tuple[str, str], Association] = {}
        acts_in: dict[int, set[str]] = {}
        links = Association.territories.through.objects
        for key, code in links.values_list("association_id", "territory__code"):
            acts_in.setdefault(key, set()).add(code)
        for association in Association.objects.all():
            self._learn(association, acts_in.get(association.pk, set()))

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
        for name in ("presentation", "address"):
            # Only forms look at the length of these.
            most = getattr(Association._meta.get_field(name), "max_length", 0)
            if len(row.get(name, "")) > most:
                faults[name] = _("%(column)s: %(most)s signs at most. Shorten it.") % {
                    "column": capfirst(str(self.titles()[name])),
                    "most": number_format(most, force_grouping=True),
                }
        self._read_territories(row, faults)
        self._read_federation(row, faults)
        if faults:
            raise ValidationError(list(faults.values()))
        found = row["_found"] = self._find(row)
        row["_slug"] = found.slug if found else self._free_slug(row["name"])
        self.once(row["_slug"], row)

    def get_instance(self, instance_loader: Any, row: dict[str, Any]) -> Association | None:
        # A line that is refused half-way leaves what is known as it was.
        return copy(row["_found"])

    def after_init_instance(
        self, instance: Association, new: bool, row: dict[str, Any], **kwargs: Any
    ) -> None:
        if new:
            instance.slug = row["_slug"]

    def after_save_instance(self, instance: Any, row: Any, **kwargs: Any) -> None:
        acts_in = self.names.places_of(instance)
        if row.get("territories"):
            acts_in = set(row["territories"].split())
        self._learn(instance, acts_in)

    def import_row(self, row: dict[str, Any], instance_loader: Any, **kwargs: Any) -> RowResult:
        # What saving learns is not what was there before.
        result = super().import_row(row, instance_loader, **kwargs)
        if (acted_in := row.get("_acted_in")) is not None:
            told = [" ".join(sorted(codes)) for codes in (acted_in, row["territories"].split())]
            self.several[int(row[LINE])] = {"territories": (told[0], told[1])}
        return result

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
        if row["federation"] == row["name"]:
            faults["federation"] = str(OWN_FEDERATION)
            return
        found = self._federation(row["federation"])
        if found is None:
            faults["federation"] = _(
                "No federation is called %(name)s: put it in a line above, or leave the cell empty."
            ) % {"name": row["federation"]}
        elif found.pk is None:
            # Another line of a file that is only being checked.
            del row["federation"]
        else:
            row["federation"] = str(found.pk)

    def _federation(self, name: str) -> Association | None:
        """The federation of that name; the one of that name but for its accents, if it is one."""
        federation = Association.Kind.FEDERATION
        for found in (self.names.exact(name), self.names.alike(name)):
            federations = [one for one in found if one.kind == federation]
            if len(federations) == 1:
                return federations[0]
        return None

    def _find(self, row: dict[str, Any]) -> Association | None:
        """The association that a line is about, or nothing if it is a new one."""
        codes = set(row.get("territories", "").split())
        found = self._of_numbers(row)
        if found is None:
            found = self._of_name(row, codes)
        if found is None and row[LINE] not in self.kept:
            self._refuse_what_looks_alike(row, codes)
        if found is not None and "territories" in row:
            row["_acted_in"] = self.names.places_of(found)
        return found

    def _of_numbers(self, row: dict[str, Any]) -> Association | None:
        columns = [name for name in ("siret", "rna") if row.get(name)]
        found = [
            self.numbers[name, row[name]] for name in columns if (name, row[name]) in self.numbers
        ]
        if len({id(one) for one in found}) > 1:
            raise ValidationError(
                _(
                    "The SIRET number is the one of “%(one)s”, and the RNA number is the one of "
                    "“%(other)s”: correct one of them."
                )
                % {"one": found[0].name, "other": found[1].name}
            )
        return found[0] if found else None

    def _of_name(self, row: dict[str, Any], codes: set[str]) -> Association | None:
        name = row["name"]
        found = [
            one
            for one in self.names.exact(name)
            if not _another_number(one, row) and not self._is_elsewhere(one, codes)
        ]
        if len(found) > 1:
            # Several of one name: the territory tells which.
            found = [one for one in found if codes & self.names.places_of(one)]
            if len(found) != 1:
                raise Double(
                    _(
                        "Several associations are called “%(name)s”: write the SIRET number, the "
                        "RNA number or the territory of the one that you mean."
                    )
                    % {"name": name}
                )
        if not found and not self.names.exact(name):
            found = [
                one
                for one in self.names.alike(name)
                if not _another_number(one, row) and codes & self.names.places_of(one)
            ]
        return found[0] if len(found) == 1 else None

    def _is_elsewhere(self, association: Association, codes: set[str]) -> bool:
        acts_in = self.names.places_of(association)
        return bool(codes and acts_in and not codes & acts_in)

    def _refuse_what_looks_alike(self, row: dict[str, Any], codes: set[str]) -> None:
        if same := self.names.exact(row["name"]):
            raise PossibleDouble(_what_differs(same[0], row), name=row["name"])
        near = [*self.names.alike(row["name"]), *self.names.near(row["name"], codes)]
        # Numbers that differ tell two associations apart, unless the names are the same.
        near = [
            one
            for one in near
            if not _another_number(one, row) or plain(one.name) == plain(row["name"])
        ]
        if near:
            raise PossibleDouble(
                _("“%(name)s” is there already: write the same name if it is the same one.")
                % {"name": near[0].name},
                name=row["name"],
            )

    def _learn(self, association: Association, acts_in: set[str]) -> None:
        self.names.learn(association, acts_in)
        for column in ("siret", "rna"):
            if number := getattr(association, column):
                self.numbers[column, number] = association

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

    kind = Kind.MEMBERS
    needed = ("email", "association", "role")

    role = Field(attribute="role", column_name="role", widget=CharWidget())

    def prepare(self) -> None:
        self.people = {person.email.lower(): person for person in User.objects.all()}
        self.numbers: dict[str, Association] = {}
        self.names = KnownNames()
        for association in Association.objects.all():
            self.names.learn(association, set())
            for number in (association.siret, association.rna.lower()):
                if number:
                    self.numbers[number] = association
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
        found = self.numbers.get(re.sub(r"\s", "", written).lower())
        if found is None:
            named = self.names.exact(" ".join(written.split())) or self.names.alike(written)
            if len(named) > 1:
                raise ValidationError(
                    _(
                        "Several associations are called “%(name)s”: write the SIRET number or "
                        "the RNA number of the one that you mean."
                    )
                    % {"name": written}
                )
            found = named[0] if named else None
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


def _another_number(known: Association, row: dict[str, Any]) -> str:
    """The column of a number that the line has, and that the association has otherwise."""
    for column in ("siret", "rna"):
        written, number = row.get(column), getattr(known, column)
        if written and number and written != number:
            return column
    return ""


def _what_differs(known: Association, row: dict[str, Any]) -> str:
    if column := _another_number(known, row):
        return _(
            "An association of this name has another %(column)s number, %(known)s: correct one of "
            "them if it is the same one."
        ) % {"column": column.upper(), "known": getattr(known, column)}
    return _(
        "An association of this name acts in other territories: write its SIRET or RNA number if "
        "it is the same one."
    )


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
    address = f"https://{written}" if written and not SCHEME.match(written) else written
    if address and not address.lower().startswith(("http://", "https://")):
        raise ValidationError(
            _("“%(address)s” is not the address of a website, such as https://www.example.org.")
            % {"address": written}
        )
    return address


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
