"""Walks the questionnaire in a browser as a person does: by what stands on the page."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import axe_playwright_python
from playwright.sync_api import Page

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
WIDTHS = (360, 1280)

Look = Callable[[Page], None]


def pass_by(_: Page) -> None:
    """Look at nothing."""


@dataclass
class Walker:
    """A person at a page, with the answers in mind; ``look`` is called on every page."""

    page: Page
    origin: str
    language: str
    answers: Mapping[str, object]
    look: Look = pass_by
    asked: list[str] = field(default_factory=list)

    def start(self) -> None:
        """Open the start page and begin."""
        self.page.goto(f"{self.origin}/{self.language}/")
        self.look(self.page)
        self.press('form[action*="/start/"] button')

    def walk(self) -> None:
        """Answer every question that is asked, until none is left."""
        while "/q/" in self.page.url:
            self.look(self.page)
            name = self.page.url.split("/q/")[1].split("?")[0]
            assert name not in self.asked, f"{name} is asked a second time"
            self.asked.append(name)
            self.answer(self.answers[name])
            self.save()

    def answer(self, raw: object) -> None:
        """Fill in the form of the page."""
        given = raw if isinstance(raw, dict) else {"answer": raw}
        chosen, because = given["answer"], str(given.get("because", ""))
        for value in chosen if isinstance(chosen, list) else [chosen]:
            choice = self.page.locator(f'main input[value="{value}"]')
            if choice.count():
                choice.first.check()
            else:
                self.page.locator('main [name="answer"]:not([type="radio"])').first.fill(str(value))
        if because:
            self.page.locator('main [name="because"]').fill(because)

    def save(self) -> None:
        """Press the one button of the form."""
        self.press('main form[method="post"] button')

    def submit(self) -> None:
        """From the page that shows all answers to the result."""
        self.look(self.page)
        self.press('form[action*="/submit"] button')
        self.look(self.page)

    def press(self, button: str) -> None:
        """Press the first such button and wait until the page that follows stands."""
        # A click returns when the next page begins: its document may not be there yet.
        with self.page.expect_event("domcontentloaded"):
            self.page.locator(button).first.click()

    def fetch(self, path: str) -> bytes:
        """Fetch a link of the page with its cookies, as a download does."""
        answer = self.page.context.request.get(self.origin + path)
        assert answer.ok, f"{path}: {answer.status}"
        return answer.body()


_LOOK = """
async () => {
  // No colour hangs on the width (tests/static/test_colours.py), so that each text is judged once:
  // most of the time goes into that, and what was hidden at one width is judged at the next.
  const judged = (window.judgedTexts ??= new Set());
  const contrast = { runOnly: ["color-contrast"], elementRef: true };
  const others = await axe.run({ rules: { "color-contrast": { enabled: false } } });
  const isText = (part) => part.nodeType === Node.TEXT_NODE && part.data.trim();
  const holdsText = (one) => one.matches("input, select, textarea")
    || [...one.childNodes].some(isText);
  const isNew = (one) => !judged.has(one) && holdsText(one);
  const texts = [...document.body.querySelectorAll("*")].filter(isNew);
  if (!texts.length) return others.violations;
  const seen = await axe.run(texts, contrast);
  for (const { nodes } of [...seen.passes, ...seen.violations])
    for (const { element } of nodes) judged.add(element);
  for (const one of seen.violations) for (const node of one.nodes) delete node.element;
  return [...others.violations, ...seen.violations];
}"""


def violations(page: Page) -> list[str]:
    """What axe finds wrong with the page, at the width of a phone and of a desktop."""
    found: list[str] = []
    page.evaluate(AXE)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        wide = page.evaluate("document.documentElement.scrollWidth")
        if wide > width:
            found.append(f"{page.url} at {width} px: {wide} px wide")
        for one in page.evaluate(_LOOK):
            targets = [node["html"] for node in one["nodes"]][:3]
            found.append(f"{page.url} at {width} px: {one['id']}: {one['help']}: {targets}")
    return found
