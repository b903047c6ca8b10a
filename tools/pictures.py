"""Pictures of the house: every role's main pages at 1440 and 390 px, with what axe-core and the console complain about.

    python -m tools.pictures http://127.0.0.1:8000 FOLDER     # on a running `make demo`
"""

import sys
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from tests.browser import Complaints, opened, sign_in, violations

PASSWORD = "mdm-demo-2026"  # noqa: S105  printed by `make demo`
SIZES = {"1440": {"width": 1440, "height": 900}, "390": {"width": 390, "height": 844}}
# role → name of the picture → address; {code} is the round of the article, {matter} … are found on its pages
PAGES = {
    "": {
        "public": "/public/",
        "public-round": "/public/{code}",
        "public-matters": "/public/{code}/matters",
        "public-pictures": "/public/{code}/pictures",
        "public-data": "/public/data",
        "public-journal": "/public/journal",
        "public-alerts": "/public/alerts",
        "login": "/accounts/login/",
    },
    "office": {
        "desk-office": "/",
        "round": "/solicitation/{code}",
        "intake": "/intake/{code}",
        "upload": "/intake/{code}/upload",
        "triage": "/triage/{code}",
        "funnel": "/desk/{code}/funnel",
        "ledger": "/desk/ledger",
        "wall": "/desk/{code}/wall",
        "wall-matters": "/desk/{code}/wall?rows=matters",
        "wall-unit": "/desk/{code}/wall?unit=traffic_police",
        "rollup": "/desk/levels",
        "briefing": "/desk/{code}/briefing",
        "public-manage": "/public/{code}/manage",
        "public-drafts": "/public/{code}/drafts",
        "public-gallery": "/public/{code}/gallery",
        "taskforce": "/taskforce/{code}/",
        "plans-compared": "/taskforce/{code}/compare/",
        "meetings": "/meeting/",
        "lookback": "/lookback/",
        "outcomes": "/outcomes/{code}",
        "manage": "/public/{code}/manage",
    },
    "traffic": {"desk-unit": "/", "mine": "/ledger/"},
    "supervisor": {"desk-supervisor": "/", "supervision": "/supervision/"},
    "visitor": {"desk-visitor": "/", "lookback-visitor": "/lookback/"},
    "leader": {"desk-leader": "/", "screen": "/desk/{code}/screen", "screen-wall": "/desk/{code}/screen?page=4"},
    "deputy": {"desk-deputy": "/"},
    "press": {"desk-press": "/"},
    "system": {"desk-system": "/", "persons": "/people/"},
    "audit": {"desk-audit": "/", "journal": "/people/journal"},
    "security": {"desk-security": "/"},
}

# role → name of the picture → (page, part of the address of the link to follow)
FOLLOWED = {
    "office": {
        "matter-office": ("/desk/ledger", "/ledger/"),
        "walk": ("/desk/{code}/submissions/distilled", "/desk/submissions/"),
    },
    "traffic": {"matter-unit": ("/ledger/", "/ledger/")},
    "visitor": {"lookback-matter": ("/lookback/", "/lookback/")},
    "leader": {"supervised": ("/supervision/", "/supervision/")},
}


def shoot(page: Page, name: str, url: str, folder: Path) -> list[str]:
    """Picture one page in both widths; returns what axe found."""
    found: list[str] = []
    for size, view in SIZES.items():
        page.set_viewport_size(view)  # type: ignore[arg-type]
        page.goto(url)
        page.wait_for_timeout(300)
        page.screenshot(path=str(folder / f"{name}-{size}.png"), full_page=size == "390" and not name.startswith("screen"))
        found += violations(page)
        wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        found += [f"{url}: {wide} px too wide at {size}"] if wide > 0 else []
    return found


def main(base: str, folder: Path, code: str) -> int:
    """Picture everything; one line a complaint."""
    folder.mkdir(parents=True, exist_ok=True)
    faults: list[str] = []
    with sync_playwright() as playwright, opened(playwright) as chrome:
        for role, pages in PAGES.items():
            complaints = Complaints()
            context = chrome.new_context(base_url=base, locale="zh-CN", viewport=SIZES["1440"])  # type: ignore[arg-type]
            page = context.new_page()
            complaints.listen(page)
            if role:
                sign_in(page, role, PASSWORD)
            for name, url in pages.items():
                faults += shoot(page, name, url.format(code=code), folder)
            for name, (start, link) in FOLLOWED.get(role, {}).items():
                page.goto(start.format(code=code))
                links = page.locator(f"main a[href*='{link}']")
                if links.count():
                    faults += shoot(page, name, links.first.get_attribute("href") or "/", folder)
                else:
                    faults.append(f"{page.url}: no link to {link}")
            faults += complaints.heard
            context.close()
    sys.stdout.write("".join(f"{fault}\n" for fault in faults) + f"{len(faults)} complaints\n")
    return bool(faults)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1], Path(sys.argv[2]), sys.argv[3]))
