"""What every page of the product has to keep."""

from collections import Counter
from itertools import pairwise

import html5lib
from bs4 import BeautifulSoup

OWN = ("/", "#", "?", "data:", "mailto:", "tel:", "webcal:")


class Page(BeautifulSoup):
    """A fetched page; making one fails when the page breaks a rule."""

    def __init__(self, html: str, url: str) -> None:
        html5lib.HTMLParser(strict=True).parse(html)
        super().__init__(html, "html.parser")
        self.url = url
        self._check_headings()
        self._check_ids()
        self._check_sources()
        self._check_controls()

    def _check_headings(self) -> None:
        [heading] = self.select("h1")
        title = " ".join(self.title.text.split())
        assert heading.text.strip(), f"{self.url}: empty h1"
        assert title.startswith(" ".join(heading.text.split())), f"{self.url}: title and h1 differ: {title}"
        levels = [int(tag.name[1]) for tag in self.select("h1, h2, h3, h4, h5, h6")]
        jumps = [f"h{b} after h{a}" for a, b in pairwise(levels) if b > a + 1]
        assert not jumps, f"{self.url}: {jumps}"
        assert self.html.get("lang"), f"{self.url}: no language"
        assert self.html.get("dir"), f"{self.url}: no direction"
        assert len(self.select("main")) == 1, f"{self.url}: not one main"

    def _check_ids(self) -> None:
        ids = Counter(tag["id"] for tag in self.select("[id]"))
        repeated = [id_ for id_, count in ids.items() if count > 1]
        assert not repeated, f"{self.url}: repeated ids {repeated}"
        for attribute in ("aria-describedby", "aria-labelledby", "for"):
            for tag in self.select(f"[{attribute}]"):
                missing = set(tag[attribute].split() if isinstance(tag[attribute], str) else tag[attribute]) - set(ids)
                assert not missing, f"{self.url}: {attribute} points to nothing: {missing}"

    def _check_sources(self) -> None:
        inline = self.select("[style], style, script:not([src], [type='application/ld+json'])")
        assert not inline, f"{self.url}: inline style or script {inline[:1]}"
        handlers = [tag.name for tag in self.find_all(True) if any(name.startswith("on") for name in tag.attrs)]
        assert not handlers, f"{self.url}: inline handlers on {handlers}"
        for tag in self.select("[src], link[href]"):
            address = tag.get("src") or tag.get("href")
            is_own = address.startswith(OWN) or tag.get("rel") == ["canonical"]
            assert is_own, f"{self.url}: loads {address}"

    def _check_controls(self) -> None:
        for control in self.select("input:not([type=hidden]):not([type=submit]), textarea, select"):
            named = self.select_one(f'label[for="{control.get("id")}"]') or control.get("aria-label")
            assert named, f"{self.url}: {control} has no label"
        for button in self.select("button, a[href]"):
            named = button.text.strip() or button.get("aria-label") or button.select("img[alt]")
            assert named, f"{self.url}: {button} has no name"
        for image in self.select("img"):
            assert image.has_attr("alt"), f"{self.url}: {image} has no alternative text"
