from intranet.templatetags.typography import percent
from surveys.results import shares


def question(*counts, answered):
    return {
        "answered": answered,
        "choices": [
            {
                "count": count,
                "share": None if count is None else round(count / 17, 4),
                "mention_share": None if count is None else 0.1235,
            }
            for count in counts
        ],
    }


def test_a_share_is_rounded_once():
    asked = question(3, 14, answered=17)

    assert percent(asked["choices"][0]["share"]) == "17,7\u202f%"
    assert percent(shares.share(asked, asked["choices"][0])) == "17,6\u202f%"


def test_a_share_of_mentions_is_rounded_once():
    asked = question(3, 14, answered=15)

    assert percent(shares.mention_share(asked, asked["choices"][0])) == "17,6\u202f%"


def test_what_is_hidden_stays_hidden():
    asked = question(None, 14, answered=17)

    assert shares.share(asked, asked["choices"][0]) is None
    assert shares.mention_share(asked, asked["choices"][0]) is None


def test_a_share_of_mentions_tells_nothing_of_a_hidden_count():
    asked = question(None, 14, answered=17)

    assert shares.mention_share(asked, asked["choices"][1]) == 0.1235


def test_where_nobody_answered_shares_are_nothing():
    asked = question(0, answered=0)

    assert shares.share(asked, asked["choices"][0]) == 0.0
