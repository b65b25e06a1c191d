"""What every page of the product has to keep."""

from collections import Counter
from itertools import pairwise

import html5lib
from bs4 import BeautifulSoup, Tag

OWN = ("/", "#", "?", "data:", "mailto:", "tel:", "webcal:")
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")


class Page(BeautifulSoup):
    """A fetched page; making one fails when the page breaks a rule."""

    def __init__(self, html: str, url: str) -> None:
        html5lib.HTMLParser(strict=True).parse(html)
        super().__init__(html, "html.parser")
        self.url = url
        self.tags = self.find_all(True)
        self._check_headings()
        self._check_ids()
        self._check_sources()
        self._check_controls()

    def _check_headings(self) -> None:
        [heading] = self._named("h1")
        title = " ".join(self.title.text.split())
        assert heading.text.strip(), f"{self.url}: empty h1"
        assert title.startswith(" ".join(heading.text.split())), f"{self.url}: title and h1 differ: {title}"
        levels = [int(tag.name[1]) for tag in self._named(*HEADINGS)]
        jumps = [f"h{b} after h{a}" for a, b in pairwise(levels) if b > a + 1]
        assert not jumps, f"{self.url}: {jumps}"
        assert self.html.get("lang"), f"{self.url}: no language"
        assert self.html.get("dir"), f"{self.url}: no direction"
        assert len(self._named("main")) == 1, f"{self.url}: not one main"

    def _check_ids(self) -> None:
        ids = Counter(tag["id"] for tag in self.tags if tag.has_attr("id"))
        repeated = [id_ for id_, count in ids.items() if count > 1]
        assert not repeated, f"{self.url}: repeated ids {repeated}"
        for attribute in ("aria-describedby", "aria-labelledby", "for"):
            for tag in (each for each in self.tags if each.has_attr(attribute)):
                missing = set(tag[attribute].split() if isinstance(tag[attribute], str) else tag[attribute]) - set(ids)
                assert not missing, f"{self.url}: {attribute} points to nothing: {missing}"

    def _check_sources(self) -> None:
        for tag in self.tags:
            is_code = tag.name == "script" and not tag.has_attr("src") and tag.get("type") != "application/ld+json"
            is_inline = tag.name == "style" or tag.has_attr("style") or is_code
            assert not is_inline, f"{self.url}: inline style or script {tag}"
            handlers = [name for name in tag.attrs if name.startswith("on")]
            assert not handlers, f"{self.url}: inline handlers on {tag}"
            address = tag.get("src") or (tag.name == "link" and tag.get("href")) or "/"
            is_own = address.startswith(OWN) or tag.get("rel") == ["canonical"]
            assert is_own, f"{self.url}: loads {address}"

    def _check_controls(self) -> None:
        labelled = {label.get("for") for label in self._named("label")}
        for control in self._named("input", "textarea", "select"):
            is_seen = control.get("type") not in {"hidden", "submit"}
            named = control.get("id") in labelled - {None} or control.get("aria-label")
            assert named or not is_seen, f"{self.url}: {control} has no label"
        for button in self._named("button", "a"):
            is_active = button.name == "button" or button.has_attr("href")
            words = button.get_text(strip=True, types=None)  # also inside of a template
            named = words or button.get("aria-label") or button.select("img[alt]")
            assert named or not is_active, f"{self.url}: {button} has no name"
        for image in self._named("img"):
            assert image.has_attr("alt"), f"{self.url}: {image} has no alternative text"

    def _named(self, *names: str) -> list[Tag]:
        return [tag for tag in self.tags if tag.name in names]
