"""What responses do later, in the background."""

from uuid import UUID

from surveys.responses import operations


def send_receipt(response_id: str, user_id: int) -> None:
    operations.send_receipt(response_id=UUID(response_id), user_id=user_id)
