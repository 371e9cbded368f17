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
from django.utils.formats import number_format
from django.utils.text import capfirst, slugify
from django.utils.translation import gettext as _
from import_export.fields import Field
from import_export.resources import ModelResource
from import_export.results import Result, RowResult
from import_export.widgets import CharWidget, ForeignKeyWidget, ManyToManyWidget
from tablib import Dataset

from intranet.accounts.models import User
from intranet.imports.cells import READERS, address_in, degrees, insee_code, role_of
from intranet.imports.kinds import Kind
from intranet.imports.likeness import KnownNames, another_number, what_differs
from intranet.imports.tables import plain
from intranet.imports.wording import TITLES
from intranet.network import operations
from intranet.network.models import OWN_FEDERATION, Association, Membership, Territory
from intranet.network.queries import representatives_of

LINE: Final = "line"
# What no form of the product lets through, and some databases refuse.
UNPRINTABLE: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
SEPARATORS: Final = re.compile(r"[\s,;|/]+")
QPV: Final = re.compile(r"QN\w{6}")


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
            row["insee_codes"] = " ".join(map(insee_code, codes))
        for name in ("longitude", "latitude"):
            if name in row:
                row[name] = degrees(row[name])
        self.once(row["code"], row)

    class Meta(LineResource.Meta):
        model = Territory
        import_id_fields = ("code",)
        fields = ("code", "name", "commune", "insee_codes", "longitude", "latitude")


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
            if not another_number(one, row) and not self._is_elsewhere(one, codes)
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
                if not another_number(one, row) and codes & self.names.places_of(one)
            ]
        return found[0] if len(found) == 1 else None

    def _is_elsewhere(self, association: Association, codes: set[str]) -> bool:
        acts_in = self.names.places_of(association)
        return bool(codes and acts_in and not codes & acts_in)

    def _refuse_what_looks_alike(self, row: dict[str, Any], codes: set[str]) -> None:
        if same := self.names.exact(row["name"]):
            raise PossibleDouble(what_differs(same[0], row), name=row["name"])
        near = [*self.names.alike(row["name"]), *self.names.near(row["name"], codes)]
        # Numbers that differ tell two associations apart, unless the names are the same.
        near = [
            one
            for one in near
            if not another_number(one, row) or plain(one.name) == plain(row["name"])
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
        row["email"] = address_in(row["email"])
        row["role"] = role_of(row["role"])
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


RESOURCES: Final[dict[str, type[LineResource]]] = {
    "territories": TerritoryResource,
    "associations": AssociationResource,
    "members": MemberResource,
}
