"""What people say, in their words; moderation, condensation, decisions, answers, and being told what became of it."""
