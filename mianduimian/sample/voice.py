"""写来件: one body in one voice, put together from what people say about a problem and marked by how they type."""

import re
from dataclasses import dataclass, field
from datetime import date
from random import Random

import opencc

from mianduimian.sample.bank import Place, Problem, lines, table
from mianduimian.sample.schedule import months_back
from mianduimian.sample.speakers import Speaker, slot, weighted

LENGTHS = {"one": 11, "short": 25, "middle": 40, "long": 20, "longer": 4}
BRIEF = {"one": 45, "short": 40, "middle": 15}
SPANS = {12: "一年", 14: "一年多", 18: "一年半", 24: "两年", 30: "两年多"}
DIGITS = "零一两三四五六七八九"
FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
ENDED = "，。！？：；…~、"
TITLES = {
    "wechat": ("",),
    "letter": ("", "群众来信", "关于{spot}{name}的信"),
    "web": ("{spot}{name}", "求管管{spot}", "{name}问题", "交通问题", "反映{spot}的事", "{spot}！！", "建议"),
    "desk": ("关于{spot}{name}的诉求", "反映{spot}{name}问题", "{spot}{name}", "{name}（{spot}）", "道路交通类投诉"),
}
CHATS = ("wechat", "web")
MADE_UP_COUNTY = "441699"
SIGNED = (
    "联系人{name}，{phone}",
    "我姓{s}，电话{phone}",
    "{name} {phone}",
    "有事打{phone}",
    "本人{name}，住{address}，电话{phone}",
    "{name}，身份证号{identity}，电话{phone}",
)
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
TRADITIONAL = opencc.OpenCC("s2hk")


@dataclass
class Deck:
    """一副牌: sentences dealt until none is left, then shuffled again, so that none is worn out."""

    rng: Random
    cards: dict[tuple[str, str], list[str]] = field(default_factory=dict)

    def deal(self, problem: Problem, bank: str) -> str:
        hand = self.cards.setdefault((problem.key, bank), [])
        if not hand:
            hand += getattr(problem, bank)
            self.rng.shuffle(hand)
        return hand.pop()


@dataclass(frozen=True)
class Subject:
    """说的事: the problem, the place, and for how many months it has lasted at the day of writing."""

    problem: Problem
    place: Place
    months: int
    on: date


def _span(months: int) -> str:
    return SPANS.get(months, DIGITS[months] + "个月" if months < len(DIGITS) else "大半年")


def _since(rng: Random, subject: Subject) -> str:
    month = months_back(subject.on, subject.months).month
    span = _span(subject.months)
    return rng.choice([f"都{span}了", f"从{month}月份就这样", f"起码{span}了", f"拖了{span}", f"前前后后{span}了"])


def _short(rng: Random, deck: Deck, subject: Subject, speaker: Speaker) -> list[str]:
    bank = rng.choice(["ask", "harm", "more"])
    return [deck.deal(subject.problem, "seen"), deck.deal(subject.problem, bank)]


def _middle(rng: Random, deck: Deck, subject: Subject, speaker: Speaker) -> list[str]:
    said = [rng.choice(speaker.persona.open)] if rng.random() < 0.7 else []
    said.append(deck.deal(subject.problem, "seen"))
    chances = {"more": 0.75, "harm": 0.4, "ask": 0.8}
    said += [deck.deal(subject.problem, bank) for bank, chance in chances.items() if rng.random() < chance]
    if rng.random() < 0.3:
        said.insert(-1, _since(rng, subject))
    if rng.random() < 0.45:
        said.append(rng.choice(speaker.persona.close))
    return said


def _long(rng: Random, deck: Deck, subject: Subject, speaker: Speaker) -> list[str]:
    deal = deck.deal
    problem = subject.problem
    details = [deal(problem, "more") for _ in range(rng.randint(2, 3))]
    details.insert(rng.randint(1, len(details)), rng.choice(speaker.persona.aside))
    said = [rng.choice(speaker.persona.open), deal(problem, "seen"), _since(rng, subject), *details, deal(problem, "harm")]
    said += [deal(problem, "ask"), deal(problem, "ask")]
    if not speaker.persona.third:
        said.append(rng.choice(lines(speaker.tone["say"])))
    return _once([*said, rng.choice(speaker.persona.close)])


def _longer(rng: Random, deck: Deck, subject: Subject, speaker: Speaker) -> list[str]:
    """A rambling one: everything a long one has, with more seen, more asides and another fright."""
    said = _long(rng, deck, subject, speaker)
    extra = [deck.deal(subject.problem, bank) for bank in ("seen", "more", "harm", "seen", "more")]
    middle = len(said) - 3
    return _once([*said[:middle], *extra, *rng.sample(speaker.persona.aside, 2), *said[middle:]])


def _one(rng: Random, deck: Deck, subject: Subject, speaker: Speaker) -> list[str]:
    return [deck.deal(subject.problem, "short")]


PLANS = {"one": _one, "short": _short, "middle": _middle, "long": _long, "longer": _longer}


def _once(said: list[str]) -> list[str]:
    return list(dict.fromkeys(said))


def _filled(rng: Random, sentence: str, place: Place, speaker: Speaker) -> str:
    """The sentence with its slots filled; told by a third person it no longer says 我."""
    third = speaker.persona.third
    words = {name: slot(rng, name, third=third) for name in ("am", "pm", "night", "often", "kid", "old", "week")}
    plate = f"粤P{rng.randint(10, 99)}O{rng.randint(0, 9)}I"
    given = {"p": rng.choice(place.say), "name": speaker.name, "surname": speaker.surname, "phone": speaker.phone, "plate": plate}
    text = sentence.format(**words, **given)
    return text.replace("我们", "附近居民").replace("我", "其") if third else text


def _joined(rng: Random, said: list[str], speaker: Speaker) -> str:
    """The clauses set one after the other, with the stops this tone uses."""
    stop = speaker.tone["stop"]
    text = ""
    for clause in said:
        text += clause
        if clause[-1] not in ENDED and not clause.endswith(("反映", "来电称")):
            text += rng.choice(["，", "，", "。", stop])
    return text.rstrip("，") + (rng.choice(["。", "", ""]) if text[-1] == "，" else "")


def _slipped(rng: Random, text: str) -> str:
    """One or two characters wrong, as fingers and input methods make them."""
    slips = [(right, wrong) for right, wrong in table("voices/tones.toml")["slips"].items() if right in text]
    for right, wrong in rng.sample(slips, min(len(slips), rng.choice([1, 1, 2]))):
        text = text.replace(right, wrong, 1)
    return text


def _spoken(rng: Random, text: str) -> str:
    for standard, local in table("voices/tones.toml")["dialect"].items():
        text = text.replace(standard, local)
    return text


def _unstopped(rng: Random, text: str) -> str:
    return re.sub("[，。！；]+", rng.choice([" ", " ", ""]), text).strip()


def _pictured(rng: Random, text: str) -> str:
    return text + rng.choice(lines(table("voices/tones.toml")["marks"]["emoji"]))


def _wide(rng: Random, text: str) -> str:
    return text.translate(FULL_WIDTH)


def _old_script(rng: Random, text: str) -> str:
    return TRADITIONAL.convert(text)


def identity_number(rng: Random) -> str:
    """A well-formed number of a county that does not exist, so that it is nobody's."""
    digits = f"{MADE_UP_COUNTY}{rng.randint(1945, 1999)}{rng.randint(1, 12):02d}{rng.randint(1, 28):02d}{rng.randint(0, 999):03d}"
    return digits + "10X98765432"[sum(int(digit) * weight for digit, weight in zip(digits, WEIGHTS, strict=True)) % 11]


def _signed(rng: Random, text: str, speaker: Speaker) -> str:
    form = rng.choice(SIGNED if speaker.address else [each for each in SIGNED if "address" not in each])
    end = "" if text[-1] in ENDED else "。"
    given = {"name": speaker.name, "s": speaker.surname, "phone": speaker.phone, "address": speaker.address}
    return text + end + form.format(identity=identity_number(rng), **given)


HABITS = ((_unstopped, 0.11), (_slipped, 0.14), (_spoken, 0.05), (_old_script, 0.035), (_pictured, 0.14), (_wide, 0.12))


def marked(rng: Random, text: str, speaker: Speaker) -> str:
    """The text as this person typed it; clerks who write for others keep to the rules."""
    if rng.random() < 0.09 and not speaker.persona.third and not speaker.anonymous:
        text = _signed(rng, text, speaker)
    habits = [] if speaker.persona.third else [habit for habit, chance in HABITS if rng.random() < chance]
    for habit in habits:
        text = habit(rng, text) if habit is not _pictured or speaker.channel in CHATS else text
    return text


def written(rng: Random, deck: Deck, subject: Subject, speaker: Speaker) -> str:
    """One body: a plan by length, its sentences filled, joined and marked."""
    length = weighted(rng, BRIEF if speaker.tone is table("voices/tones.toml")["terse"] else LENGTHS)
    said = [_filled(rng, sentence, subject.place, speaker) for sentence in PLANS[length](rng, deck, subject, speaker)]
    return marked(rng, _joined(rng, said, speaker), speaker)


def letter(rng: Random, text: str, place: Place, speaker: Speaker) -> str:
    """A body somebody wrote out by hand, set at its place."""
    return _filled(rng, text.strip(), place, speaker) if "{" in text else text.strip()


def titled(rng: Random, subject: Subject, speaker: Speaker) -> str:
    """What stands above it: formal from a desk, as it comes from a citizen, nothing from a chat."""
    forms = TITLES.get(speaker.channel, TITLES["desk"])
    title = rng.choice(forms).format(name=subject.problem.name, spot=rng.choice(subject.place.say))
    return title.replace("问题问题", "问题")
