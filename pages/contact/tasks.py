"""What the queue calls."""

from django.utils import timezone

from pages.contact import operations
from pages.contact.models import FormAnswer, FormPage, addresses_in
from pages.contact.notifications import send_answer


def tell_recipient(answer_id: int, rank: int) -> None:
    """Write to one of those who asked, unless the answer or their address is gone since."""
    answer = FormAnswer.objects.filter(pk=answer_id).first()
    page = FormPage.objects.filter(pk=answer.page_id).first() if answer else None
    if answer is None or page is None:
        return
    for position, address in enumerate(addresses_in(page.recipients)):
        if position == rank:
            send_answer(answer=answer, page=page, to=address, rank=rank)


def erase_old_answers() -> None:
    operations.erase_old_answers(on=timezone.localdate())
