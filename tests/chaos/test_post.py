"""A bad mail server and workers that die. `make post-chaos` does it with 10,000 letters."""

import pytest

from tests.chaos.post import Post, bad_mail_server, mail_settings

pytestmark = [pytest.mark.slow, pytest.mark.processes]


def test_no_letter_is_lost_and_none_leaves_twice_but_by_a_kill(start_cluster):
    with bad_mail_server() as server:
        post = Post(start_cluster(**mail_settings(server)), server, letters=400)

        post.tell(kills=3, absences=1)

    assert post.problems == []
