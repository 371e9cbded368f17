import json
from io import StringIO

import pytest
from django.core.management import call_command

from intranet.management.reporting import Refused, ReportingCommand, readable_file
from intranet.network.models import Association


class AddAssociations(ReportingCommand):
    reads_a_file = True

    def add_arguments(self, parser) -> None:
        parser.add_argument("names", nargs="+")

    def report(self, *, names, **options) -> dict:
        if "" in names:
            raise Refused("Un nom est vide : donnez-le.", report={"new": 0})
        for name in names:
            Association.objects.create(slug=name, name=name)
        self.say(f"{len(names)} associations")
        return {"new": len(names), "names": names}


def run(*arguments) -> tuple[str, str]:
    out, err = StringIO(), StringIO()
    call_command(AddAssociations(), *arguments, stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


@pytest.mark.django_db
def test_people_are_told_on_standard_output():
    assert run("éa", "b") == ("2 associations\n", "")


@pytest.mark.django_db
def test_with_json_standard_output_is_one_object_and_people_are_told_beside_it():
    out, err = run("éa", "b", "--json")

    assert json.loads(out) == {"new": 2, "names": ["éa", "b"]}
    assert err == "2 associations\n"


@pytest.mark.django_db
def test_a_check_reports_and_writes_nothing():
    out, err = run("a", "b", "--json", "--check")

    assert json.loads(out)["new"] == 2
    assert "rien n'a été écrit" in err
    assert not Association.objects.exists()


@pytest.mark.django_db
def test_a_refusal_ends_with_one_a_sentence_and_the_report(capsys):
    with pytest.raises(SystemExit) as end:
        AddAssociations().run_from_argv(["manage.py", "add", "", "--json", "--skip-checks"])

    assert end.value.code == 1
    captured = capsys.readouterr()
    assert json.loads(captured.out) == {"new": 0}
    assert captured.err == "Un nom est vide : donnez-le.\n"


def test_wrong_usage_ends_with_two(capsys):
    with pytest.raises(SystemExit) as end:
        AddAssociations().run_from_argv(["manage.py", "add"])

    assert end.value.code == 2
    assert "Traceback" not in capsys.readouterr().err


def test_a_missing_file_is_refused_in_a_sentence(tmp_path):
    with pytest.raises(Refused, match=r"n'existe pas"):
        readable_file(str(tmp_path / "absent.csv"))
    with pytest.raises(Refused, match=r"n'est pas un fichier"):
        readable_file(str(tmp_path))
