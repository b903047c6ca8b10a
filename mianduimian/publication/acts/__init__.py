"""公开: releasing a round's page, and telling every source citizen each step, once; the journal is the outbox."""

from mianduimian.publication.acts.releasing import release, withdraw
from mianduimian.publication.acts.telling import MOST_TRIES, deliver, gather, retry

__all__ = ["MOST_TRIES", "deliver", "gather", "release", "retry", "withdraw"]
