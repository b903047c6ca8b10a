"""What a page is like without a mouse, and for the eye: what Tab does not come to, and what a reader stumbles over."""

from pathlib import Path

from playwright.sync_api import Page

HERE = Path(__file__).parent
REACHED, BROKEN = ((HERE / name).read_text("utf-8") for name in ("reached.js", "broken.js"))
AT_ONCE = 20  # presses of Tab before the page is asked where the focus stands


def unreached(page: Page) -> list[str]:
    """What the mouse can operate and Tab does not come to, or comes to without its being seen."""
    page.evaluate(REACHED)
    before = -1
    for _step in range(page.evaluate("reached.most") // AT_ONCE + 1):
        for _press in range(AT_ONCE):
            page.keyboard.press("Tab")
        come, _ = page.evaluate("reached.stands()")
        if come == before:
            break
        before = come
    return [f"{page.url}: {one}" for one in page.evaluate("reached.told()")]


def broken(page: Page) -> list[str]:
    """Words in slivers, cut off or split, dates split, things outside of the page or one upon another."""
    return [f"{page.url}: {what}: {where}" for what, where in page.evaluate(BROKEN)]
