"""在看: who else has a group open right now; a hint only, what two decide at once is settled by the versions."""

import time

from django.core.cache import cache

from mianduimian.people.models import Person

FRESH = 90  # seconds a look counts


def look(proposal: int, person: Person) -> list[str]:
    """Note that a person looks at a group; the names of the others who do."""
    key, now = f"triage-look-{proposal}", time.time()
    seen: dict[int, tuple[str, float]] = cache.get(key) or {}
    others = {pk: (name, at) for pk, (name, at) in seen.items() if pk != person.pk and now - at < FRESH}
    cache.set(key, others | {person.pk: (person.name, now)}, timeout=FRESH)
    return [name for name, _at in others.values()]
