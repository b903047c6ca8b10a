"""检索: what is typed becomes a question to the database's own index: pairs of characters, and never a command."""

from django.db import connections
from django.db.models.expressions import RawSQL

from mianduimian.text.normalise import RUN, plain

MANY = 10_000  # lines: fewer are fetched one by one on SQLite
MOST = 40  # pairs of characters a search asks for; what is typed beyond them narrows nothing
PARTS = ("asked", "planned", "done", "answered")
FTS5 = "SELECT rowid FROM ledger_words_found WHERE ledger_words_found MATCH %s"
TSVECTOR = "SELECT said FROM ledger_words_saying(%s::tsquery) said"  # of the index alone, never by unpacking every row
CLOSER = f"SELECT matter_id FROM ledger_words WHERE matter_id IN ({TSVECTOR})"  # noqa: S608
WALKED = "SELECT matter_id FROM ledger_words WHERE found @@ %s::tsquery"  # row by row, while lines are walked through in order
TAGS = {part: f"{n}:" for n, part in enumerate(PARTS, 1)}  # before a pair that stands in this part, in PostgreSQL's index
WITHIN = {part: f" AND position(%s in {part}) > 0" for part in PARTS}
ANYWHERE = f" AND position(%s in {' || chr(10) || '.join(PARTS)}) > 0"


def question(words: str, where: str, database: str, *, walking: bool = False) -> RawSQL | None:
    """The keys of the matters in which every one of the words stands, anywhere or in one of PARTS; None: nothing was asked."""
    phrases = _phrases(words)
    if not phrases:
        return None
    if connections[database].vendor == "sqlite":
        match = " ".join(f'"{phrase}"' for phrase in phrases)
        return _asked(FTS5, [f"{where} : ({match})" if where in PARTS else match])
    pairs = " & ".join(f"'{TAGS.get(where, '')}{pair}'" for phrase in phrases for pair in phrase.split())
    looked_at = [phrase for phrase in phrases if " " in phrase]
    found = WALKED if walking else CLOSER if looked_at else TSVECTOR
    return _asked(found + WITHIN.get(where, ANYWHERE) * len(looked_at), [pairs, *looked_at])


def many(asked: RawSQL, database: str) -> bool:
    """Whether so many lines may say it that they are not to be fetched one by one; PostgreSQL is not asked how many they are."""
    if connections[database].vendor != "sqlite":
        return True
    with connections[database].cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM ({asked.sql})", asked.params)  # noqa: S608
        return cursor.fetchone()[0] > MANY


def _asked(sql: str, words: list[str]) -> RawSQL:
    """A question put together from the sentences above alone; what was typed goes beside it, as data."""
    return RawSQL(sql, words)  # noqa: S611


def _phrases(words: str) -> list[str]:
    """What to ask the index for: each word as its pairs of characters in a row, a single character as it is, MOST in all."""
    phrases, left = [], MOST
    for run in RUN.findall(plain(words)):
        pairs = [run[at : at + 2] for at in range(len(run) - 1)] or [run]
        if left > 0:
            phrases.append(" ".join(pairs[:left]))
        left -= len(pairs)
    return phrases
