"""群众附议: a citizen says that their words belong to an appeal; it is proposed, and a person decides."""

from datetime import date

from mianduimian.intake.models import Submission
from mianduimian.journal.acts import act, record
from mianduimian.people.models import Person
from mianduimian.refusal import Refused
from mianduimian.solicitation.models import Round
from mianduimian.triage.acts.step import must_stand
from mianduimian.triage.models import Appeal, Part, Proposal
from mianduimian.vocabulary import _

SURE = 0.9  # as sure as people usually are of their own matter; accepted in bulk only by who wants it so
WHY = "反映人提交时选了“这就是我说的事，加上我的声音”"


@act
def voice(submission: Submission, appeal: Appeal, *, by: Person, on: date) -> Proposal:
    """Propose a submission for the appeal its citizen chose; said again, it is the proposal that is there already."""
    by.must("triage.voice")
    Round.objects.select_for_update(no_key=True).get(pk=submission.round_id)
    if appeal.round_id != submission.round_id:
        raise Refused(_("这件诉求不在本期。"))
    must_stand(appeal)
    part, _made = Part.objects.get_or_create(submission=submission, number=1)
    earlier = Proposal.objects.filter(parts=part, voiced=True).first()
    if earlier:
        return earlier
    proposal = Proposal.objects.create(
        round_id=submission.round_id,
        representative=part,
        sure=SURE,
        why=WHY,
        category=appeal.category,
        appeal=appeal,
        voiced=True,
        made_on=on,
    )
    proposal.parts.add(part)
    record("triage.voice", submission, by=by, on=on, now={"appeal": appeal.number, "proposal": proposal.pk})
    return proposal
