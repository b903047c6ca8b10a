"""评价规则: what a citizen answers, by reasons of the topic, within the days of the link."""

from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256

from mianduimian.lookback.rules.words import LinkStand, Solved
from mianduimian.mechanism import Rulebook
from mianduimian.refusal import Refused
from mianduimian.vocabulary import _, say

ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"  # without i, l, o and u: read aloud and typed without mistakes
LENGTH = 20  # characters of five bits each: nobody guesses one in a hundred bits

USUAL = (  # the words of the shipped rulebooks' reasons; a city's own stand as it wrote them
    _("路上还是堵、还是乱"), _("路面、设施没有修好"), _("水还是停、还是浑"), _("还是挂不上号、等得久"), _("学位还是不够"),
    _("房屋问题还在"), _("工钱、社保还没有着落"), _("办得太慢"), _("只有答复，没有动作"), _("好了几天又回到原样"),
    _("态度不好、推来推去"), _("没有人跟我说过结果"),
)  # fmt: skip


@dataclass(frozen=True)
class Reason:
    """原因: why a citizen says so; one without themes is offered for every topic."""

    key: str
    word: str
    themes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Answered:
    """评价: the step of five, whether it is solved, whether the unit ever called, why, and in the citizen's own words."""

    scale: str
    solved: str
    contacted: bool | None = None
    reason: str = ""
    reasons: tuple[str, ...] = ()


def reasons(rulebook: Rulebook, theme: str) -> list[Reason]:
    """The reasons offered on a topic: its own first, then those for every topic."""
    known = [Reason(one["key"], one["word"], tuple(one.get("themes", ()))) for one in rulebook.visit["reasons"]]
    return [one for one in known if theme in one.themes] + [one for one in known if not one.themes]


def check_reasons(said: Answered, rulebook: Rulebook, theme: str) -> list[str]:
    """The keys of the reasons given; refuse one that is not offered on this topic."""
    known = {reason.key for reason in reasons(rulebook, theme)}
    strange = [key for key in said.reasons if key not in known]
    if strange:
        raise Refused(_("没有“%(key)s”这个原因。"), key=strange[0])
    return list(dict.fromkeys(said.reasons))


def reason_words(keys: list[str], rulebook: Rulebook) -> str:
    """The words of these reasons in the reader's language."""
    known = {one["key"]: one["word"] for one in rulebook.visit["reasons"]}
    return say(_("、")).join(say(known.get(key, key)) for key in keys)


def satisfied(scale: str, rulebook: Rulebook) -> bool:
    """The top three of five count as satisfied: rulebook.visit.satisfied_from."""
    return int(scale) >= rulebook.visit["satisfied_from"]


def half_hearted(scale: str, solved: str, rulebook: Rulebook) -> bool:
    """Whether a citizen is content with what they say is not solved; shown, not judged."""
    return satisfied(scale, rulebook) and solved == Solved.NO


def link_until(on: date, rulebook: Rulebook) -> date:
    """The last day on which a link given on this day may be used: rulebook.visit.window."""
    return on + timedelta(days=rulebook.visit["window"])


def link_stand(*, answered: bool, current: bool, until: date, on: date) -> LinkStand:
    """Whether a link may be used: once, in its turn, up to and including its last day."""
    if answered:
        return LinkStand.USED
    if not current:
        return LinkStand.PASSED
    return LinkStand.OPEN if on <= until else LinkStand.EXPIRED


def spelled(secret: str) -> str:
    """A secret of hexadecimal digits as the characters of a link."""
    number = int(secret, 16)
    return "".join(ALPHABET[(number >> (5 * place)) & 31] for place in range(LENGTH))


def digest(token: str) -> str:
    """What is stored of a link: its hash; letters that are read alike count as one."""
    plain = token.lower().replace("-", "").replace("o", "0").replace("i", "1").replace("l", "1")
    return sha256(plain.encode()).hexdigest()
