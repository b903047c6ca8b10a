"""公开: pages, words and pictures released in two hands, what a citizen says there, and every step told once."""

from mianduimian.publication.acts.alerting import (
    Wish,
    confirm,
    forget_unconfirmed,
    gather_alerts,
    subscribe,
    unsubscribe,
)
from mianduimian.publication.acts.drafting import Changed, draft, draft_all, release_drafts, return_draft, withdraw_draft
from mianduimian.publication.acts.picturing import prepare_picture, release_picture, withdraw_picture
from mianduimian.publication.acts.posting import list_letters, open_letters, post_letters
from mianduimian.publication.acts.releasing import propose, release, withdraw
from mianduimian.publication.acts.sending import deliver, free, mark, readdress, report, take_up
from mianduimian.publication.acts.speaking import let_out, say_more, speak
from mianduimian.publication.acts.telling import gather, retry, settle
from mianduimian.publication.acts.writing import deliver_alerts, free_alerts, mark_alerts, settle_alert, take_up_alerts

__all__ = [
    "Changed", "Wish", "confirm", "deliver", "deliver_alerts", "draft", "draft_all", "forget_unconfirmed", "free", "free_alerts",
    "gather", "gather_alerts", "let_out", "list_letters", "mark", "mark_alerts", "open_letters", "post_letters",
    "prepare_picture", "propose", "readdress", "release", "release_drafts", "release_picture", "report", "retry",
    "return_draft", "say_more", "settle", "settle_alert", "speak", "subscribe", "take_up", "take_up_alerts", "unsubscribe",
    "withdraw", "withdraw_draft", "withdraw_picture",
]  # fmt: skip
