"""姓名: a surname and a given name where a word before or after announces a person; a title alone (王局长) is no name."""

import re
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path

LISTS = {key: words for key, words in tomllib.loads((Path(__file__).parent / "names.toml").read_text("utf-8")).items()}


def _characters(key: str) -> frozenset[str]:
    return frozenset("".join(LISTS[key].split()))


def _words(key: str) -> list[str]:
    return sorted(set(LISTS[key].split()), key=len, reverse=True)


SURNAMES, WORDS_FIRST, EARLY, TELLING = (_characters(key) for key in ("surnames", "words_first", "early", "telling"))
PERSON_END = _characters("person")
DOUBLE, NEVER, FOLLOW, BOUND = (frozenset(LISTS[key].split()) for key in ("double", "never", "follow", "bound"))
NOT_GIVEN = frozenset(
    "的是在有住与和跟及向为对就已现今从被把要想说不没也都去因由等们某先女师总医主县区镇乡市了着过将让使给到会能可应该并而且但或如若则所其之乎者此这那哪什么怎谁我你您他她它很太最更再又还只"
    "才几每各另多少第个位名次件条元块万千百〇零一二两三四五六七八九十做干叫喊问答打开拿放走跑坐吃喝用请找骗偷抢拖欠租卖买修拆占挖堵停卸装搬承曾均称系原籍户号码电话手机微男身份证性年岁月日时分"
) - frozenset("一月日年分")
GIVEN = _characters("given") - NOT_GIVEN
HAN = re.compile(r"[\u4e00-\u9fff]")
FILL = re.compile(r"(?:叫做|叫|是|为|名叫|[:： \u00a0\"“(（]){0,3}")
ANNOUNCED = re.compile("|".join(_words("announced")))
ROLE = re.compile("|".join(_words("roles")))
ANYBODY = re.compile("|".join(_words("anybody")))
MASS = re.compile("|".join(_words("mass")))
TITLE = re.compile("|".join(_words("titles")))
NUMBERED = re.compile(r"[,，(（:： ]{0,2}(?=\+?(?:86)?1[3-9]\d|\d{6})")
PLACE = re.compile("|".join(_words("places")))
ACROSS = frozenset(word for word in _words("places") if len(word) > 1)  # in 越王大道 no 王大道 is named
VERB = re.compile("|".join(_words("verbs")))
AFTER = _characters("after")
STOP = re.compile(r"(?:^|[^\u4e00-\u9fff]|[据请找被和与跟让给叫的是称在听为])")
ROW = re.compile(r"(?:^|[^\u4e00-\u9fff]|[有是找])((?:[\u4e00-\u9fff]{2,4}[、 ])+[\u4e00-\u9fff]{2,4})")
OPEN = re.compile(f"(?={'|'.join(sorted(DOUBLE))}|[{''.join(sorted(SURNAMES))}][{''.join(sorted(GIVEN | EARLY))}])")
PART = re.compile(r"[\u4e00-\u9fff]+")
COUNTED = re.compile("[0-9a-zA-Z十百千万数][余区张段管]")
LIST = re.compile("[、,和与及跟]|以及")
ENDS = re.compile(r"[^\u4e00-\u9fff]|$")
CLOSING = re.compile(r"[。.!！?？\n\s,，]([\u4e00-\u9fff]{2,4})[\s\d年月日:：\-.+手机电话联系()（）]{0,40}$")
SURE, LIKELY, POSSIBLE = 3, 2, 1  # how surely the word before or after announces a name
ENOUGH = 3  # points that make a name of what nothing announces

Span = tuple[int, int]


def names(text: str) -> list[Span]:
    """Where names stand in a text in half width, in order, without overlap; what a word announces goes before."""
    readings = (_announced, _titled, _doing, _several, _closing)
    told = sorted({span for reading in readings for span in reading(text)}, key=_longest_first)
    told = [*told, *_listed(text, told)]
    spans = _apart([*_apart(told), *sorted(_unannounced(text), key=_longest_first)])
    return sorted(_apart([*spans, *_again(text, spans)]))


def _longest_first(span: Span) -> Span:
    return span[0], -span[1]


def _announced(text: str) -> Iterator[Span]:
    for pattern, trust in ((ANNOUNCED, SURE), (ROLE, LIKELY), (MASS, POSSIBLE)):
        for found in pattern.finditer(text):
            filled = FILL.match(text, found.end())
            start = filled.end() if filled else found.end()
            if end := name_at(text, start, trust):
                yield start, end


def _titled(text: str) -> Iterator[Span]:
    for found in (*TITLE.finditer(text), *NUMBERED.finditer(text)):
        end = found.start() - int(text[found.start() - 1 : found.start()] in {",", "(", "、", " "})
        for length in (3, 2, 4):
            start = end - length
            if start >= 0 and name_at(text, start, LIKELY, until=end) and _begins(text, start, found[0]):
                yield start, end
                break


def _doing(text: str) -> Iterator[Span]:
    """A whole name after a stop or a preposition that a word of saying or doing follows."""
    for found in VERB.finditer(text):
        end = found.start()
        for start in (end - 3, end - 2):
            short = end - start == 2 and text[start : start + 1] in WORDS_FIRST
            if start >= 0 and not short and _cut_off(text, start) and name_at(text, start, LIKELY, until=end):
                yield start, end
                break


def _several(text: str) -> Iterator[Span]:
    """Names that announce one another: two or more in a row."""
    for found in ROW.finditer(text):
        parts = list(PART.finditer(found[1]))
        whole = [(found.start(1) + part.start(), found.start(1) + part.end()) for part in parts[:-1]]
        last = found.start(1) + parts[-1].start()
        end = name_at(text, last, LIKELY)
        if end and all(name_at(text, start, LIKELY, until=stop) for start, stop in whole):
            yield from (*whole, (last, end))


def _closing(text: str) -> Iterator[Span]:
    found = CLOSING.search(text[-60:])
    if found:
        start = max(0, len(text) - 60) + found.start(1)
        if name_at(text, start, LIKELY, until=start + len(found[1])):
            yield start, start + len(found[1])


def _listed(text: str, spans: Iterable[Span]) -> Iterator[Span]:
    """The names that follow others in a list."""
    seen: set[int] = set()
    for _start, end in spans:
        while end not in seen and (link := LIST.match(text, end)) and (further := name_at(text, link.end(), LIKELY)):
            seen.add(end)
            yield link.end(), further
            end = further


def _again(text: str, spans: list[Span]) -> Iterator[Span]:
    """The same name wherever else it stands."""
    for name in {text[start:end] for start, end in spans if end - start > 2}:
        for found in re.finditer(re.escape(name), text):
            yield found.span()


def _apart(spans: Iterable[Span]) -> list[Span]:
    """The spans in their order, without those that overlap an earlier one."""
    taken: set[int] = set()
    kept = []
    for start, end in spans:
        if taken.isdisjoint(range(start, end)):
            taken.update(range(start, end))
            kept.append((start, end))
    return kept


def _cut_off(text: str, start: int) -> bool:
    """Whether a word begins here: after a sign, or after a preposition."""
    return start == 0 or bool(STOP.match(text, start - 1))


def _unannounced(text: str) -> Iterator[Span]:
    """Names that no list of words announces: their own characters, and the characters before and after, speak for them."""
    for found in OPEN.finditer(text):
        start = found.start()
        first = start + _surname(text, start)
        for end in (first + 2, first + 1):
            if name_at(text, start, POSSIBLE, until=end) and _points(text, start, end) >= ENOUGH:
                yield start, end
                break


def _points(text: str, start: int, end: int) -> int:
    before, telling = text[start - 1 : start], sum(character in TELLING for character in text[start + 1 : end])
    if not _named(text, start, end):
        return 0
    clear = _clear(text, end)
    points = 2 * (before in PERSON_END and start > 0) or int(_cut_off(text, start))
    points += telling + (end - start == 3) + clear - (text[start] in WORDS_FIRST)
    return points if clear or end - start == 3 else 0


def _begins(text: str, start: int, title: str) -> bool:
    """Before 男, 女 or 电话, or with a surname that is first of all a word, a name must begin where a word begins."""
    return (len(title) > 1 and text[start] not in WORDS_FIRST) or _cut_off(text, start)


def name_at(text: str, start: int, trust: int, until: int = 0) -> int:
    """Where a name that begins here ends, 0 where none begins; `until` is its end where that is known."""
    if trust > POSSIBLE and (anybody := ANYBODY.match(text, start)):
        return anybody.end()
    surname = _surname(text, start)
    if not surname or _word(text, start):
        return 0
    first = start + surname
    for length in ((until - first,) if until else _lengths(text, first, trust)):
        given, end = text[first : first + length], first + length
        fits = 0 < length <= 2 and len(given) == length and ACROSS.isdisjoint((given, text[end - 1 : end + 1]))
        if fits and _given(given, trust) and (until or _person(text, start, end, trust)):
            return end
    return 0


def _word(text: str, start: int) -> bool:
    """Whether the surname belongs to another word, with the character after it or before it."""
    before = text[start - 1 : start + 1] if start else ""
    return text[start : start + 2] in NEVER or before in BOUND or bool(COUNTED.match(before))


def _surname(text: str, start: int) -> int:
    """How many characters a surname that begins here has."""
    return 2 if text[start : start + 2] in DOUBLE else int(text[start : start + 1] in SURNAMES)


def _lengths(text: str, first: int, trust: int) -> tuple[int, ...]:
    """Whether a given name has two characters or one: a word of its own after the first one speaks for one."""
    second = text[first + 1 : first + 2]
    if text[first + 1 : first + 3] in FOLLOW or second in NOT_GIVEN or not HAN.match(second):
        return (1,)
    closed = bool(ENDS.match(text, first + 2) or TITLE.match(text, first + 2))
    return (2, 1) if second in GIVEN or (trust == SURE and closed) else (1,)


def _given(given: str, trust: int) -> bool:
    if len(given) == 2 and given[0] in EARLY and given[1] in GIVEN:
        return True
    if trust == SURE:
        return all(HAN.match(character) and character not in NOT_GIVEN for character in given)
    return all(character in GIVEN for character in given)


def _person(text: str, start: int, end: int, trust: int) -> bool:
    """Whether a person is named here and, where little speaks for it, cut off from what follows."""
    if not (trust == SURE and not PLACE.match(text, end) or _named(text, start, end)):
        return False
    return trust > POSSIBLE or (_clear(text, end) and (text[start] not in WORDS_FIRST or end - start > 2))


def _named(text: str, start: int, end: int) -> bool:
    """Whether it is no place and no firm: neither in its last character nor in what follows."""
    titled = TITLE.match(text, end) or NUMBERED.match(text, end)
    return bool((titled or not PLACE.match(text, end)) and not PLACE.match(text[end - 1 : end]))


def _clear(text: str, end: int) -> bool:
    """Whether a sentence goes on after a name, as far as its next characters tell."""
    if ENDS.match(text, end) or text[end] in AFTER or text[end : end + 2] in FOLLOW:
        return True
    return bool(TITLE.match(text, end) or VERB.match(text, end))
