"""公开: pages, words and pictures released in two hands, and every source citizen told each step, once."""

from mianduimian.publication.acts.alerting import (
    Wish,
    confirm,
    deliver_alerts,
    forget_unconfirmed,
    gather_alerts,
    subscribe,
    unsubscribe,
)
from mianduimian.publication.acts.drafting import Changed, draft, draft_all, release_drafts, return_draft, withdraw_draft
from mianduimian.publication.acts.picturing import prepare_picture, release_picture, withdraw_picture
from mianduimian.publication.acts.releasing import propose, release, withdraw
from mianduimian.publication.acts.telling import MOST_TRIES, deliver, gather, retry

__all__ = [
    "MOST_TRIES", "Changed", "Wish", "confirm", "deliver", "deliver_alerts", "draft", "draft_all", "forget_unconfirmed", "gather",
    "gather_alerts", "prepare_picture", "propose", "release", "release_drafts", "release_picture", "retry", "return_draft",
    "subscribe", "unsubscribe", "withdraw", "withdraw_draft", "withdraw_picture",
]  # fmt: skip
