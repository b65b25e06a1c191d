"""`python -m app` is the command `teilhabe`."""

from app.cli import main

if __name__ == "__main__":
    main()
