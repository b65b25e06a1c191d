"""The pages of a PDF as pictures: from stdin into the folder named as argument, page-0001-1414x2000.jpg and so on.

A process of its own with little memory and time (see app/calls/scans.py): PDFium is not made for several threads, and a
small file may unfold to more than a server holds. It imports nothing of this project, so that it starts quickly.
"""

import resource
import sys
from pathlib import Path

import pypdfium2

MOST_MEMORY = 1536 * 1024 * 1024  # bytes
MOST_SECONDS = 60
MOST_PAGES = 60
LONGER_SIDE = 2000  # pixels: 170 to the inch of A4
ENCRYPTED, TOO_MANY_PAGES, NO_PAGES = 3, 4, 5  # how the process ends


def main(folder: Path) -> int:
    try:
        pdf = pypdfium2.PdfDocument(sys.stdin.buffer.read())
    except pypdfium2.PdfiumError as error:
        if error.err_code == pypdfium2.raw.FPDF_ERR_PASSWORD:
            return ENCRYPTED
        raise
    if len(pdf) > MOST_PAGES:
        return TOO_MANY_PAGES
    for number in range(len(pdf)):
        page = pdf[number]
        picture = page.render(scale=LONGER_SIDE / max(*page.get_size(), 1)).to_pil().convert("RGB")
        picture.save(folder / f"page-{number + 1:04d}-{picture.width}x{picture.height}.jpg", "JPEG", quality=80)
        page.close()
    return 0 if len(pdf) else NO_PAGES


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
    sys.exit(main(Path(sys.argv[1])))
