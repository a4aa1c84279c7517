"""The sandbox's page in a real browser, as a person uses it: look, write, press, fill a form."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from playwright.sync_api import Browser, Error, Locator, Page, expect, sync_playwright

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
WIDTH, HEIGHT = 1400, 900
PATIENCE_MS = 10_000


@contextmanager
def browser() -> Iterator[Browser]:
    """The system's Chromium, without a window."""
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    assert found, "Chromium is not installed; `make test` installs it"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=found, args=ARGUMENTS)
        try:
            yield chromium
        finally:
            chromium.close()


class SlackPage:
    """One tab with the sandbox's page. Whoever waits here waits ten seconds at most.

    `faults` gathers what the page's own script complained of. Pictures go to `album`, if there is one.
    """

    def __init__(self, tab: Page, url: str, album: Path | None = None) -> None:
        self.tab = tab
        self.faults: list[str] = []
        self._album = album
        tab.set_default_timeout(PATIENCE_MS)
        tab.on("pageerror", lambda error: self.faults.append(str(error)))
        tab.on("dialog", lambda dialog: dialog.accept())
        tab.goto(url)
        expect(self.channel).to_be_visible(timeout=PATIENCE_MS)

    # Where one is

    def start_over(self) -> None:
        """Be the marketer in the marketing channel, with nothing open, whatever was before."""
        self.faults.clear()
        if self.form.is_visible():
            self.cancel()
        self.close_thread()
        self.act_as("Marketer")
        self.open_channel("marketing")

    def act_as(self, name: str) -> None:
        """Be somebody else: Marketer, Liaison, IT Manager …"""
        self.tab.get_by_label("Act as").select_option(label=name)

    def open_channel(self, name: str) -> None:
        """Look at a channel, or at the direct messages with somebody."""
        items = self.tab.locator("button.sidebar-item:not(:has(.app-dot))")
        items.filter(has_text=re.compile(rf"^\W*{re.escape(name)}$")).click()

    def open_home(self) -> Locator:
        """Look at the bot's Home, drawn anew."""
        self.open_channel("marketing")
        self.tab.locator("button.sidebar-item:has(.app-dot)").click()
        return self.home

    def open_thread(self, message: Locator) -> Locator:
        """Open the thread under a message of the channel."""
        for patience_ms in (1000, 1000, PATIENCE_MS):  # what comes in above moves it away from under the mouse
            message.hover()
            with suppress(Error):
                message.get_by_title("Reply in thread").click(timeout=patience_ms)
                break
        return self.thread

    def close_thread(self) -> None:
        """Close the thread that is open, if one is."""
        if self.thread.is_visible():
            self.tab.locator(".thread-x").click()

    # What one sees

    @property
    def channel(self) -> Locator:
        """The channel's messages."""
        return self.tab.locator(".messages")

    @property
    def thread(self) -> Locator:
        """The open thread."""
        return self.tab.locator(".thread-pane")

    @property
    def home(self) -> Locator:
        """The bot's Home."""
        return self.tab.locator(".home")

    @property
    def form(self) -> Locator:
        """The open form."""
        return self.tab.locator(".modal")

    def message(self, words: str, where: Locator | None = None) -> Locator:
        """The newest message that holds `words`, in the channel unless `where` says otherwise; waits for it."""
        found = (where or self.channel).locator(".msg").filter(has_text=words).last
        expect(found).to_be_visible(timeout=PATIENCE_MS)
        return found

    def sees(self, words: str, where: Locator) -> None:
        """Wait until `words` are there."""
        expect(where).to_contain_text(words, timeout=PATIENCE_MS)

    def errors(self) -> dict[str, str]:
        """What the open form complains of, by field; waits for a complaint."""
        complaints = self.form.locator(".modal-error")
        expect(complaints.first).to_be_visible(timeout=PATIENCE_MS)
        found = (one.partition(": ") for one in complaints.all_inner_texts())
        return {field: words for field, _, words in found}

    # What one does

    def say(self, text: str) -> None:
        """Write a message in the channel, or type a command."""
        self._write(self.tab.locator("main .composer"), text)

    def reply(self, text: str) -> None:
        """Write in the open thread."""
        self._write(self.thread.locator(".composer"), text)

    def command(self, text: str) -> None:
        """Type `/itcheck …` in the channel."""
        self.say(f"/itcheck {text}".rstrip())

    def open_by_check(self, tool: str) -> None:
        """Ask about a tool that no other test opens a ticket for, and press the button that opens the form for one."""
        self.command(f"new-tool {tool}")
        self.press("Open a ticket", self.message(f"🧰 {tool}"))

    def press(self, label: str, where: Locator) -> None:
        """Press a button."""
        where.get_by_role("button", name=label, exact=True).click()

    def choose(self, label: str, where: Locator) -> None:
        """Choose from the menu behind the buttons."""
        where.locator("select.bk-overflow").select_option(label=label)

    def fill_form(self, title: str, answers: Mapping[str, str]) -> None:
        """Wait for the form with this title, and answer its fields, named by their labels."""
        expect(self.form.locator(".modal-title")).to_contain_text(title, timeout=PATIENCE_MS)
        for label, answer in answers.items():
            field = self.form.locator(".bk-input").filter(has=self.tab.get_by_text(label, exact=True))
            element = field.locator("input, select, textarea")
            if element.evaluate("one => one.tagName") == "SELECT":
                element.select_option(label=answer)
            else:
                element.fill(answer)

    def submit(self) -> None:
        """Send the open form and wait until it is taken."""
        self.send_form()
        expect(self.form).to_be_hidden(timeout=PATIENCE_MS)

    def send_form(self) -> None:
        """Send the open form; what comes of it is for the caller to see."""
        self.form.locator(".modal-btn.primary").click()

    def cancel(self) -> None:
        """Close the open form without sending it."""
        self.form.locator(".modal-x").click()
        expect(self.form).to_be_hidden(timeout=PATIENCE_MS)

    def picture(self, name: str) -> None:
        """Keep a picture of the page as it is, where pictures are kept."""
        if self._album is not None:
            self.tab.mouse.move(WIDTH // 2, 10)
            self.tab.wait_for_timeout(200)
            self.tab.screenshot(path=self._album / f"{name}.png")

    def _write(self, composer: Locator, text: str) -> None:
        composer.locator("textarea").fill(text)
        composer.get_by_role("button", name="Send").click()
