"""What can be done with what is printed: pictures, and the files that go out with a paper."""

from app.publishing.services.pictures import add_picture
from app.publishing.services.sending import keep_sent_files

__all__ = ["add_picture", "keep_sent_files"]
