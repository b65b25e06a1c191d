"""Whether a PDF keeps a standard, and what stands in it."""

import re
import subprocess

import page

# The validator takes a line break that ends a stream's data for the end of the line, so about one file in twenty is
# refused for nothing. The streams are measured here instead.
MISTAKEN = "PDFA2A-STREAM-LENGTH-001"
STREAM = re.compile(rb"/Length (\d+)[^>]*>>\s*stream\r?\n")


def failures(pdf: bytes, profile: str) -> list[str]:
    """The rules of "ua1" or "2a" that are broken; empty when it conforms."""
    report = page.validate_pdf_bytes(pdf, profile=profile)
    broken = [failure.rule_id for failure in report.failures]
    assert report.is_compliant == (not broken)
    return [rule for rule in broken if rule != MISTAKEN or not _streams_are_as_long_as_they_say(pdf)]


def text_of(pdf: bytes, *options: str) -> str:
    done = subprocess.run(["pdftotext", *options, "-", "-"], input=pdf, capture_output=True, check=True)
    return done.stdout.decode()


def _streams_are_as_long_as_they_say(pdf: bytes) -> bool:
    found = list(STREAM.finditer(pdf))
    ends = [pdf[start.end() + int(start[1]) :].lstrip(b"\r\n")[:9] for start in found]
    return len(found) == pdf.count(b"endstream") and set(ends) == {b"endstream"}
