import pytest

from intranet.network.legal_numbers import is_rna, is_siret, without_spaces


@pytest.mark.parametrize("number", ["W751234567", "W9R2000123"])
def test_an_rna_number_is_w_and_nine_characters(number):
    assert is_rna(number)


@pytest.mark.parametrize("number", ["", "751234567", "W75123456", "W7512345678", "W75123456é"])
def test_what_is_no_rna_number(number):
    assert not is_rna(number)


def test_a_siret_checks_itself():
    assert is_siret(without_spaces("732 829 320 00074"))
    assert is_siret("35600000049837")
    assert not is_siret("73282932000075")
    assert not is_siret("7328293200007")
    assert not is_siret("٧٣٢٨٢٩٣٢٠٠٠٠٧٤")
