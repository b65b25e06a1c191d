"""`python -m app` is the command `teilhabe`."""

from app.cli import main

main()
