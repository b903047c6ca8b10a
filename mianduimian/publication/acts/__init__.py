"""公开: releasing a round's page, what a citizen says there, and telling each step, once; the journal is the outbox."""

from mianduimian.publication.acts.releasing import release, withdraw
from mianduimian.publication.acts.speaking import let_out, say_more, speak
from mianduimian.publication.acts.telling import MOST_TRIES, deliver, gather, retry

__all__ = ["MOST_TRIES", "deliver", "gather", "let_out", "release", "retry", "say_more", "speak", "withdraw"]
