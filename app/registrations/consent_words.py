"""What consent is asked for in the words of the house, as long as an event has none of its own."""

from flask_babel import lazy_gettext as _

from app.registrations.models import ConsentPurpose

# As they are called in addresses
PURPOSES = {"bedarf": ConsentPurpose.NEEDS, "fotos": ConsentPurpose.PHOTOS, "liste": ConsentPurpose.CONTACTS}
NAMES = {purpose: name for name, purpose in PURPOSES.items()}
DEFAULT_WORDS = {
    ConsentPurpose.NEEDS: _(
        "Ich bin einverstanden, dass das Team dieser Veranstaltung meine Angaben zum Bedarf speichert, um ihn zu "
        "erfüllen. Nur das Team sieht sie. 14 Tage nach der Veranstaltung werden sie gelöscht. "
        "Ich kann das jederzeit zurücknehmen; dann werden sie gleich gelöscht."
    ),
    ConsentPurpose.PHOTOS: _(
        "Ich bin einverstanden, dass Fotos von der Veranstaltung, auf denen ich zu erkennen bin, auf dieser Website "
        "erscheinen. Ohne mein Ja wird kein solches Foto gezeigt. Ich kann das jederzeit zurücknehmen; "
        "dann nehmen wir die Fotos herunter."
    ),
    ConsentPurpose.CONTACTS: _(
        "Ich bin einverstanden, dass mein Name auf der Liste steht, die alle bekommen, die dabei waren. "
        "Ich kann das jederzeit zurücknehmen; dann steht er auf keiner neuen Liste mehr."
    ),
}
