from surveys.responses import answers, operations
from surveys.responses.models import Response
from tests.people import NOW


def test_the_vault_gives_every_document_with_its_version(draft, survey, version):
    operations.record_responses(
        campaign=survey, version=version, documents=[{"q-age": 1}], channel="import", at=NOW
    )
    sent = operations.submit_response(key=draft.pk, at=NOW)

    given = list(answers.documents(survey))

    assert sorted(given, key=lambda one: len(one[1])) == [
        (version.pk, {"q-age": 1}, []),
        (version.pk, sent.document, []),
    ]


def test_rows_of_a_needs_survey_name_nobody(draft, survey, territory):
    draft.territory = territory
    draft.save()
    sent = operations.submit_response(key=draft.pk, at=NOW)

    [row] = answers.rows(survey)

    assert (row.id, row.association, row.channel) == (sent.pk, None, "web")
    assert row.territory == "Les Tilleuls (Valbonne-la-Neuve, QN07501M)"


def test_rows_of_a_self_assessment_name_the_association(participation, assessment, version):
    operations.record_responses(
        campaign=assessment,
        version=version,
        documents=[operations.Submission({"q-age": 1}, participation=participation)],
        channel="paper",
        at=NOW,
    )

    assert [row.association for row in answers.rows(assessment)] == ["Les Tisserands"]


def test_rows_come_in_the_order_of_random_ids_not_of_arrival(
    survey, version, django_assert_num_queries
):
    operations.record_responses(
        campaign=survey, version=version, documents=[{}] * 20, channel="import", at=NOW
    )

    with django_assert_num_queries(1):
        ids = [row.id for row in answers.rows(survey)]

    assert ids == sorted(Response.objects.values_list("pk", flat=True))
