"""公开: what a citizen does on the public pages; each is done in the clock's name and once."""

from collections.abc import Sequence
from datetime import date

from mianduimian.intake import acts as intake
from mianduimian.intake.models import Afterword, Submission
from mianduimian.intake.rules import Later, Said, Told
from mianduimian.journal.acts import act
from mianduimian.people.models import Person
from mianduimian.publication.models import published
from mianduimian.publication.passages import stories
from mianduimian.refusal import Refused
from mianduimian.solicitation.models import Round
from mianduimian.triage import acts as triage
from mianduimian.triage.models import Part
from mianduimian.triage.rules import Bucket
from mianduimian.vocabulary import _


@act
def speak(
    round: Round, said: Said, *, token: str, joins: int = 0, photos: Sequence[bytes] = (), by: Person, on: date
) -> Submission:
    """Take in what a citizen says; who adds a voice to a published appeal is proposed for it, and a person decides."""
    submission = intake.speak(round, said, token=token, photos=photos, by=by, on=on)
    appeal = published(round).filter(pk=joins).first() if joins and not said.confidential else None
    if appeal:
        triage.voice(submission, appeal, by=by, on=on)
    return submission


@act
def say_more(submission: Submission, told: Told, *, photos: Sequence[bytes] = (), by: Person, on: date) -> Afterword:
    """Take in what a citizen says later, as far as it can be said of what became of their words."""
    part = next((story for story in stories(submission, on) if story.number == told.part), None)
    if part is None or not part.may.get(told.kind, False):
        raise Refused(_("现在还不能这样反映：请看这件事走到哪一步。"))
    return intake.say_more(submission, told, photos=photos, by=by, on=on)


@act
def let_out(afterword: Afterword, *, text: str, by: Person, on: date) -> Afterword:
    """Take a part out of its group, as its citizen asked; somebody sorts it anew."""
    if afterword.kind != Later.NOT_MINE:
        raise Refused(_("只有“这不是我反映的事”才移出。"))
    done = intake.answer(afterword, text=text, granted=True, by=by, on=on)
    parts = Part.objects.live().filter(submission=afterword.submission_id, number=afterword.part)
    here = list(parts.filter(bucket=Bucket.DISTILLED).select_related("submission"))
    if here:
        triage.put_back(here, by=by, on=on)
    return done
