from app.accounts.models import Role
from app.demo import loading, moderation
from app.demo.cli import FOLDER
from app.demo.world import World
from app.moderation import queries
from app.moderation.models import BlockKind


def test_load_brings_blocks_of_every_kind_and_words_to_look_at(tmp_path):
    (tmp_path / "moderation_steps.csv").write_text("step,statement,words,reason\n")
    for name in ("text_blocks.csv", "watch_words.csv"):
        (tmp_path / name).write_bytes((FOLDER / name).read_bytes())

    moderation.load(tmp_path, World(today=None, accounts=loading.create_accounts()))

    assert [len(queries.text_blocks(kind)) for kind in BlockKind] == [4, 2, 3]
    assert len(queries.watch_words()) == 3
    assert Role.ORGANISER in loading.ACCOUNTS
