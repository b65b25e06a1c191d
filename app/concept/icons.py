"""The signs of sections: a few line drawings of our own, chosen by name. They decorate; words say what a section is."""

from enum import StrEnum

from flask_babel import lazy_gettext as _


class SectionIcon(StrEnum):
    """Editions hold these names, so none of them ever goes."""

    NONE = ""
    SPEECH = "speech"
    WORK = "work"
    BOOK = "book"
    HOUSE = "house"
    HEART = "heart"
    MUSIC = "music"
    PEOPLE = "people"
    HAND = "hand"
    TOWN = "town"
    DOOR = "door"
    BALANCE = "balance"
    STAR = "star"

    @property
    def path(self) -> str:
        """What an SVG of 24 by 24 draws, in lines."""
        return PATHS[self]

    @property
    def svg(self) -> str:
        """The whole drawing, for print."""
        return (
            '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="none" stroke="#1e3a5f" '
            f'stroke-width="1.6" stroke-linecap="round" stroke-linejoin="round"><path d="{self.path}"/></svg>'
        )


ICON_LABELS = {
    SectionIcon.NONE: _("ohne Zeichen"),
    SectionIcon.SPEECH: _("Sprechblase"),
    SectionIcon.WORK: _("Aktentasche"),
    SectionIcon.BOOK: _("Buch"),
    SectionIcon.HOUSE: _("Haus"),
    SectionIcon.HEART: _("Herz"),
    SectionIcon.MUSIC: _("Noten"),
    SectionIcon.PEOPLE: _("Menschen"),
    SectionIcon.HAND: _("helfende Hand"),
    SectionIcon.TOWN: _("Häuser einer Gemeinde"),
    SectionIcon.DOOR: _("offene Tür"),
    SectionIcon.BALANCE: _("Waage"),
    SectionIcon.STAR: _("Stern"),
}
PATHS = {
    SectionIcon.NONE: "",
    SectionIcon.SPEECH: "M4 5h16v11h-9l-5 4v-4H4z M8 9h8 M8 12h5",
    SectionIcon.WORK: "M3 8h18v11H3z M9 8V5h6v3 M3 13h18 M12 12v2",
    SectionIcon.BOOK: "M12 6C10 4.5 7 4 3.5 4v14c3.5 0 6.5.5 8.5 2 2-1.5 5-2 8.5-2V4C17 4 14 4.5 12 6z M12 6v14",
    SectionIcon.HOUSE: "M3 11.5l9-8 9 8 M5.5 9.5V20h13V9.5 M10 20v-6h4v6",
    SectionIcon.HEART: "M12 20C5.5 15.5 3 12.5 3 9a4.5 4.5 0 0 1 9-1 4.5 4.5 0 0 1 9 1c0 3.5-2.5 6.5-9 11z",
    SectionIcon.MUSIC: (
        "M9 17V6l11-2v11 M9 17a2.5 2.5 0 1 1-5 0 2.5 2.5 0 0 1 5 0z M20 15a2.5 2.5 0 1 1-5 0 2.5 2.5 0 0 1 5 0z"
    ),
    SectionIcon.PEOPLE: (
        "M8.5 11a3 3 0 1 0 0-6 3 3 0 0 0 0 6z M2.5 20c0-4 2.5-6 6-6s6 2 6 6 M15 5.3a3 3 0 0 1 0 5.4 M17 "
        "14.3c3 .6 4.5 2.7 4.5 5.7"
    ),
    SectionIcon.HAND: (
        "M12 11C9.5 9 8.5 7.8 8.5 6.4A1.8 1.8 0 0 1 12 5.6a1.8 1.8 0 0 1 3.5.8c0 1.4-1 2.6-3.5 4.6z M3 "
        "14h4l3 2h4a1.5 1.5 0 0 1 0 3h-4 M14.5 17.5L19 15a1.5 1.5 0 0 1 1.5 2.6L14.5 21H8l-5-1.5"
    ),
    SectionIcon.TOWN: "M2 20h20 M4 20v-9l4-3.5L12 11v9 M12 20V4h7v16 M8 14v2 M15.5 8v.01 M15.5 12v.01 M15.5 16v.01",
    SectionIcon.DOOR: "M3 21h18 M6 21V3h8v18 M14 5l5 2v14 M11 12v.01",
    SectionIcon.BALANCE: "M12 4v16 M8 20h8 M5 7h14 M5.5 7L3 13a2.7 2.7 0 0 0 5 0z M18.5 7L16 13a2.7 2.7 0 0 0 5 0z",
    SectionIcon.STAR: "M12 3.5l2.6 5.4 5.9.8-4.3 4.1 1.1 5.9L12 16.9l-5.3 2.8 1.1-5.9-4.3-4.1 5.9-.8z",
}
