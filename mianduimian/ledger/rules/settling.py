"""办结规则: whose word is needed before a matter with several units is settled."""

from collections.abc import Mapping

from mianduimian.mechanism import Rulebook
from mianduimian.refusal import Refused
from mianduimian.vocabulary import Term, _, say


class SettleRule(Term):
    """办结规则: which of the units must have said that their part is done (津南、济南的做法)."""

    LEAD = "lead", _("牵头单位反馈即可")
    ANY = "any", _("任一单位办妥即可")
    ALL = "all", _("各单位都须办妥")


def check_proof(rulebook: Rulebook, filed: int, note: str) -> None:
    """前后对比: where the rulebook owes it, closing is proposed with evidence of afterwards, or says why there is none."""
    if rulebook.closing["evidence"] == "owed" and not filed and not note.strip():
        raise Refused(_("提请销号须有“整改后”的佐证；确实没有的，请在意见里说明原因。"))


def check_settle(rule: str, solved: bool, assists: Mapping[str, bool]) -> None:
    """Beside the lead's written reply: nothing more, one unit's word that it is done, or that of every assisting unit."""
    if rule == SettleRule.ANY and not (solved or any(assists.values())):
        raise Refused(_("办结规则是“任一单位办妥即可”：牵头单位的反馈未写已解决，配合单位也还没有报告办妥。"))
    missing = [name for name, done in assists.items() if not done]
    if rule == SettleRule.ALL and missing:
        raise Refused(_("办结规则是“各单位都须办妥”，还没有报告办妥的：%(units)s。"), units=say(_("、")).join(missing))
