"""收件: taking in what citizens said then and later, reading files, opening and destroying the seal on an identity."""

from mianduimian.intake.acts.afterwords import answer, say_more
from mianduimian.intake.acts.batches import begin_batch, drop, map_columns, run_batch
from mianduimian.intake.acts.identity import erase, forget, unmask
from mianduimian.intake.acts.keys import reseal
from mianduimian.intake.acts.mentions import mend, open_paper
from mianduimian.intake.acts.photographs import BadPhoto
from mianduimian.intake.acts.receiving import receive, speak
from mianduimian.intake.acts.reviewing import review

__all__ = [
    "BadPhoto", "answer", "begin_batch", "drop", "erase", "forget", "map_columns", "mend", "open_paper", "receive", "reseal",
    "review", "run_batch", "say_more", "speak", "unmask",
]  # fmt: skip
