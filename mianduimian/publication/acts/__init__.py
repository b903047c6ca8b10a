"""公开: releasing a round's page, what a citizen says there, and telling each step, once; the journal is the outbox."""

from mianduimian.publication.acts.posting import list_letters, open_letters, post_letters
from mianduimian.publication.acts.releasing import release, withdraw
from mianduimian.publication.acts.sending import deliver, free, mark, readdress, report, take_up
from mianduimian.publication.acts.speaking import let_out, say_more, speak
from mianduimian.publication.acts.telling import gather, retry, settle

__all__ = [
    "deliver", "free", "gather", "let_out", "list_letters", "mark", "open_letters", "post_letters", "readdress", "release",
    "report", "retry", "say_more", "settle", "speak", "take_up", "withdraw",
]  # fmt: skip
