from intranet.checks import sqlite_is_safe


def test_debians_sqlite_is_refused_and_the_products_accepted():
    assert not sqlite_is_safe((3, 40, 1))
    assert not sqlite_is_safe((3, 51, 2))
    assert sqlite_is_safe((3, 51, 3))
    assert sqlite_is_safe((3, 44, 6))
    assert sqlite_is_safe((3, 53, 4))
