"""视图: a text in the width and figures that the signs read, character for character, so that every place stays the same."""

import re

from mianduimian.text.normalise import plain

FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
UNSEEN = [0x00AD, 0x034F, 0x061C, 0x180E, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070), 0xFE0F, 0xFEFF]
DASHES = [0x2010, 0x2011, 0x2012, 0x2013, 0x2014, 0x2015, 0x2212, 0xFE63]
CIRCLED = {0x2460 + at: str(at + 1) for at in range(9)} | {0x24EA: "0", 0x2776: "1"}
NARROW = str.maketrans(
    FULL_WIDTH | {0x3000: " ", 0x2003: " ", 0x2009: " "} | dict.fromkeys(DASHES, "-") | dict.fromkeys(UNSEEN, "\u00a0") | CIRCLED
)
SPELT = str.maketrans("〇零○OoＯ一壹幺二贰两三叁四肆五伍六陆七柒八捌九玖", "00000011122233445566778899")
FIGURE = "[\\d〇零○Oo一壹幺二贰两三叁四肆五伍六陆七柒八捌九玖]"
RUN = re.compile(f"{FIGURE}(?:[ \\-\u00a0.·]?{FIGURE}){{6,}}")


class Simplified(dict[int, str]):
    """Each character in its simplified form, looked up once."""

    def __missing__(self, code: int) -> str:
        simple = plain(chr(code)) if 0x3400 <= code < 0xA000 else ""
        self[code] = simple if len(simple) == 1 else chr(code)
        return self[code]


SIMPLE = Simplified()


def narrow(text: str) -> str:
    """Half width, plain dashes and blanks, simplified characters; what cannot be seen is a blank too."""
    return text.translate(NARROW).translate(SIMPLE)


def figures(narrowed: str) -> str:
    """The same with longer runs of spelt figures (一三八〇〇…) in digits."""
    return RUN.sub(lambda run: run[0].translate(SPELT), narrowed)
